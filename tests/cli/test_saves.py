from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.cli import saves


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "layers.py"
    path.write_text("one = 1\n", "utf-8")
    return path


@pytest.fixture(params=[True, False], ids=["watchfiles", "looking"])
def moments(
    request: pytest.FixtureRequest, file: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[bool]:
    if not request.param:
        monkeypatch.setattr(saves, "find_spec", lambda _: None)
    found = saves.moments(file)
    assert next(found)
    return found


def test_a_save_is_noticed(file: Path, moments: Iterator[bool]) -> None:
    file.write_text("two = 2\n", "utf-8")
    assert next(moments)


def test_a_save_by_renaming_is_noticed(file: Path, moments: Iterator[bool]) -> None:
    other = file.with_name("layers.py~")
    other.write_text("two = 2\n", "utf-8")
    other.replace(file)
    assert next(moments)


def test_a_file_that_vanishes_is_told_and_may_come_back(
    file: Path, moments: Iterator[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saves, "MOST_PATIENCE", 0.2)
    file.unlink()
    assert not next(moments)
    file.write_text("two = 2\n", "utf-8")
    assert next(moments)


def test_a_file_that_is_emptied_first_is_waited_for(
    file: Path, moments: Iterator[bool]
) -> None:
    def save() -> None:
        file.write_text("", "utf-8")
        time.sleep(0.4)
        file.write_text("two = 2\n", "utf-8")

    saving = threading.Thread(target=save)
    saving.start()
    assert next(moments)
    assert file.read_text("utf-8") == "two = 2\n"
    saving.join()


def test_a_folder_is_watched_with_all_that_is_in_it(tmp_path: Path) -> None:
    inside = tmp_path / "cs231n"
    inside.mkdir()
    (inside / "layers.py").write_text("one = 1\n", "utf-8")
    before = saves.stamp(tmp_path)
    (inside / "layers.py").write_text("three = 3\n", "utf-8")
    assert saves.stamp(tmp_path) != before


def test_what_is_no_code_is_not_looked_at(file: Path) -> None:
    before = saves.stamp(file)
    file.with_name("notes.txt").write_text("no code", "utf-8")
    after = saves.stamp(file)
    assert {name for name in after if name.endswith(".txt")} == set()
    assert before == after


def test_a_file_that_is_just_replaced_is_left_out(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = str(file.parent / "gone.py")
    monkeypatch.setattr(saves, "_names", lambda _: [str(file), gone])
    assert set(saves.stamp(file)) == {str(file)}
