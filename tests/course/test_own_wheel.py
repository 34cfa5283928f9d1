from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

from grader.course import own_wheel
from grader.errors import UsageError

ROOT = Path(__file__).parents[2]


def names(wheel: own_wheel.Wheel) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(wheel.content)).namelist()


def test_it_holds_both_packages_whole_and_nothing_compiled() -> None:
    packed = set(names(own_wheel.own_wheel()))
    for package in ("grader", "reference"):
        for path in (ROOT / package).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert path.relative_to(ROOT).as_posix() in packed
    assert not [name for name in packed if "__pycache__" in name]


def test_it_is_the_same_bytes_each_time() -> None:
    assert own_wheel.own_wheel() == own_wheel.own_wheel()


def test_pip_installs_it_and_its_command_runs(tmp_path: Path) -> None:
    wheel = own_wheel.own_wheel()
    (tmp_path / wheel.name).write_bytes(wheel.content)
    quietly = ("--quiet", "--no-deps", "--no-index", "--disable-pip-version-check")
    arguments = ("install", *quietly, "--target", "to", wheel.name)
    subprocess.run([sys.executable, "-m", "pip", *arguments], cwd=tmp_path, check=True)
    assert (tmp_path / "to" / "bin" / "convgrade").exists() or (
        tmp_path / "to" / "Scripts" / "convgrade.exe"
    ).exists()
    told = subprocess.run(
        [sys.executable, "-S", "-c", "import grader; print(grader.__file__)"],
        cwd=tmp_path / "to",
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(told.stdout.strip()).is_relative_to(tmp_path)
    assert version("convgrade") in wheel.name


def test_what_was_never_installed_cannot_be_pinned(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing(_: str) -> None:
        raise PackageNotFoundError

    monkeypatch.setattr(own_wheel, "distribution", missing)
    with pytest.raises(UsageError, match="convgrade is not installed here"):
        own_wheel.own_wheel()


def test_a_package_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_wheel, "PACKAGES", ("grader_that_is_not",))
    with pytest.raises(UsageError, match="package 'grader_that_is_not' is missing"):
        own_wheel.own_wheel()
