"""What `pip install .` puts on a machine: both packages whole, and no tests."""

from __future__ import annotations

import json
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

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


@pytest.mark.parametrize("version", ["1.26.0", "2.0.0", "2.4.6", "3.1"])
def test_installing_into_a_kernel_moves_no_numpy(version: str) -> None:
    """Any NumPy since 1.26 satisfies every requirement, so pip leaves it alone."""
    wanted = map(Requirement, distribution("convgrade").requires or ())
    numpy = [each for each in wanted if each.name == "numpy"]
    assert numpy
    assert all(version in each.specifier for each in numpy)
