from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.course import dependencies
from grader.course.own_wheel import Wheel
from grader.course.pins import Pins
from grader.errors import UsageError

Pip = Callable[..., subprocess.CompletedProcess[str]]
WHEEL = Wheel(name="convgrade-1-py3-none-any.whl", content=b"a wheel")
PINS = Pins(convgrade="1", numpy="2.4", python="3.12")


def pip(code: int, said: str, seen: list[list[str]]) -> Pip:
    """A pip that puts one wheel where it is told to, or says why it cannot."""

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        seen.append(command)
        folder = Path(command[command.index("--dest") + 1])
        folder.mkdir()
        (folder / "numpy.whl").write_bytes(b"theirs")
        return subprocess.CompletedProcess(command, code, stdout="", stderr=said)

    return run


def test_wheels_are_asked_for_the_platform_not_for_this_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[list[str]] = []
    monkeypatch.setattr(subprocess, "run", pip(0, "", seen))
    [file] = dependencies.fetched(WHEEL, PINS)
    assert (file.path, file.content) == ("wheels/numpy.whl", b"theirs")
    [command] = seen
    assert command[command.index("--python-version") + 1] == "3.12"
    assert {"manylinux_2_28_x86_64", "numpy==2.4", "pyseccomp>=0.1.2"} <= set(command)


def test_what_pip_says_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    said = "WARNING: x\nERROR: no matching distribution\n"
    monkeypatch.setattr(subprocess, "run", pip(1, said, []))
    with pytest.raises(UsageError, match=r"Linux: ERROR: no matching distribution$"):
        dependencies.fetched(WHEEL, PINS)


def test_a_missing_pip_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", pip(1, "No module named pip", []))
    with pytest.raises(UsageError, match="No module named pip"):
        dependencies.fetched(WHEEL, PINS)
