from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from commands import Run

from grader.cli import corpus
from grader.exercise import Frozen
from grader.exercises.conv2d import CONV2D


def test_the_published_cases_are_shown(convgrade: Run) -> None:
    ran = convgrade(["corpus"])
    assert ran.code == 0
    assert "conv2d: 24 cases" in ran.out
    assert ran.out.count("general") == 8


def test_an_assignment_may_add_or_narrow_cases(convgrade: Run, tmp_path: Path) -> None:
    file = tmp_path / "assignment.toml"
    file.write_text('[[exercise]]\nremainder = "floor"\n', encoding="utf-8")
    assert "conv2d: 30 cases" in convgrade(["corpus", "--assignment", file]).out


def test_freezing_again_writes_nothing(convgrade: Run) -> None:
    ran = convgrade(["corpus", "--freeze"])
    assert (ran.code, ran.out) == (
        0,
        "conv2d.json holds what the strategy gives; nothing to write\n",
    )


def freezing(monkeypatch: pytest.MonkeyPatch, frozen: Frozen | None) -> None:
    """Let the layer have another table; making its own anew takes a while."""
    exercise = replace(CONV2D, frozen=frozen)
    monkeypatch.setattr("grader.exercises.conv2d.CONV2D", exercise)


FAKE = Frozen(package="any", file="conv2d.json", regenerate=lambda: "a table")


def test_a_layer_without_a_table_has_nothing_to_freeze(
    convgrade: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    freezing(monkeypatch, None)
    ran = convgrade(["corpus", "--freeze"])
    assert (ran.code, ran.out) == (
        0,
        "conv2d has its cases in its code; nothing to write\n",
    )


def test_another_table_is_written(
    convgrade: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "conv2d.json"
    file.write_text("{}", encoding="utf-8")
    monkeypatch.setattr(corpus, "files", lambda _: tmp_path)
    freezing(monkeypatch, FAKE)
    assert convgrade(["corpus", "--freeze"]).out.startswith("wrote ")
    assert file.read_text("utf-8") == FAKE.regenerate()


def test_a_table_that_cannot_be_written_is_named(
    convgrade: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "conv2d.json").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(corpus, "files", lambda _: tmp_path)
    freezing(monkeypatch, FAKE)

    def refuse(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "write_bytes", refuse)
    ran = convgrade(["corpus", "--freeze"])
    assert ran.code == 2
    assert "conv2d.json': Read-only file system" in ran.err
