"""What `pip install .` puts on a machine: both packages whole, and no tests."""

from __future__ import annotations

import json
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("grader", "reference")


@pytest.fixture(scope="module")
def installed() -> set[str]:
    found = distribution("convgrade")
    if is_editable(found):
        pytest.skip("convgrade is installed in editable mode")
    return {path.as_posix() for path in found.files or ()}


def is_editable(found: Distribution) -> bool:
    origin = json.loads(found.read_text("direct_url.json") or "{}")
    return bool(origin.get("dir_info", {}).get("editable"))


def test_every_file_of_both_packages_is_installed(installed: set[str]) -> None:
    ours = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert ours <= installed


def test_nothing_else_is_installed(installed: set[str]) -> None:
    tops = {name.split("/")[0] for name in installed if not name.startswith("..")}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(PACKAGES)
