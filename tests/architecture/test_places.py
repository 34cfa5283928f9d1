"""Both packages come from one place, and pytest sees to it."""

from __future__ import annotations

from pathlib import Path

import pytest

import grader
import reference

ROOT = Path(__file__).parents[2]


def test_both_packages_come_from_one_place() -> None:
    assert Path(grader.__file__).parents[1] == Path(reference.__file__).parents[1]


def test_pytest_imports_test_files_without_touching_the_path(
    pytestconfig: pytest.Config,
) -> None:
    assert pytestconfig.getoption("importmode") == "importlib"


def test_no_test_folder_is_a_package() -> None:
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_coverage_starts_before_pytest_and_its_plugins() -> None:
    assert "-m coverage run -m pytest" in (ROOT / ".ci" / "run").read_text("utf-8")
