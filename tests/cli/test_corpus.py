from __future__ import annotations

from pathlib import Path

import pytest
from commands import Run

from grader.cli import corpus


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


def test_a_layer_without_a_table_cannot_be_frozen(
    convgrade: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corpus, "TABLES", {"relu": ("", "")})
    ran = convgrade(["corpus", "--freeze"])
    assert ran.code == 2
    assert "layer 'conv2d' has no table to freeze; wanted one of relu" in ran.err


class FakeTable:
    """Stands in for the module that chooses cases, which takes its time."""

    @staticmethod
    def regenerate() -> str:
        return "a table"


def test_another_table_is_written(
    convgrade: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "conv2d.json"
    file.write_text("{}", encoding="utf-8")
    monkeypatch.setattr(corpus, "files", lambda _: tmp_path)
    monkeypatch.setattr(corpus, "import_module", lambda _: FakeTable)
    assert convgrade(["corpus", "--freeze"]).out.startswith("wrote ")
    assert file.read_bytes() == FakeTable.regenerate().encode("utf-8")


def test_a_table_that_cannot_be_written_is_named(
    convgrade: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "conv2d.json").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(corpus, "files", lambda _: tmp_path)
    monkeypatch.setattr(corpus, "import_module", lambda _: FakeTable)

    def refuse(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "write_bytes", refuse)
    ran = convgrade(["corpus", "--freeze"])
    assert ran.code == 2
    assert "conv2d.json': Read-only file system" in ran.err
