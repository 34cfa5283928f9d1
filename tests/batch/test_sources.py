from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from grader.batch.sources import digest, find
from grader.errors import UsageError


@pytest.fixture
def here(tmp_path: Path) -> Path:
    for name in ("a/kim.py", "a/lee.ipynb", "a/park/layers.py", "b/kim.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    return tmp_path


def names(*paths: Path, out: Path) -> list[str]:
    return [source.name for source in find(paths, out=out).sources]


def test_a_folder_holds_a_submission_a_file_and_a_folder(here: Path) -> None:
    assert names(here / "a", out=here / "out") == ["kim.py", "lee.ipynb", "park"]


def test_a_file_is_a_submission(here: Path) -> None:
    assert names(here / "a/kim.py", out=here / "out") == ["kim.py"]


def test_equal_names_are_told_apart_by_their_folders(here: Path) -> None:
    found = names(here / "a", here / "b", out=here / "out")
    assert found == ["a/kim.py", "b/kim.py", "lee.ipynb", "park"]


def test_equal_files_are_told_apart_by_their_folders(here: Path) -> None:
    found = names(here / "a/kim.py", here / "b/kim.py", out=here / "out")
    assert found == ["a/kim.py", "b/kim.py"]


def test_equal_folders_too_are_told_apart(here: Path) -> None:
    (here / "c/a").mkdir(parents=True)
    (here / "c/a/kim.py").write_text("", encoding="utf-8")
    found = names(here / "a/kim.py", here / "c/a/kim.py", out=here / "out")
    assert len(set(found)) == 2


def test_the_same_path_twice_is_one_submission(here: Path) -> None:
    assert names(here / "b", here / "b", out=here / "out") == ["kim.py"]


def test_results_are_no_submission(here: Path) -> None:
    assert names(here / "a", out=here / "a" / "park") == ["kim.py", "lee.ipynb"]


def test_what_is_no_submission_is_told(here: Path) -> None:
    for name in ("README.md", ".hidden.py", "Thumbs.db"):
        (here / "a" / name).write_text("", encoding="utf-8")
    (here / "a" / "__pycache__").mkdir()
    found = find([here / "a"], out=here / "out")
    assert [path.name for path in found.ignored] == ["README.md"]
    assert len(found.sources) == 3


@pytest.mark.parametrize("path", ["nowhere", "nowhere/at/all.py"])
def test_a_missing_path_is_named(here: Path, path: str) -> None:
    with pytest.raises(UsageError, match=r"nowhere.*: .+; wanted a submission"):
        find([here / path], out=here / "out")


def test_an_empty_folder_is_named(here: Path) -> None:
    (here / "empty").mkdir()
    with pytest.raises(UsageError, match=r"no submissions in '.*empty'"):
        find([here / "empty"], out=here / "out")


def test_a_digest_sees_every_byte_and_every_name(here: Path) -> None:
    first = digest(here / "a")
    assert first == digest(here / "a")
    (here / "a/park/layers.py").write_text("other", encoding="utf-8")
    second = digest(here / "a")
    (here / "a/park/layers.py").rename(here / "a/park/moved.py")
    assert len({first, second, digest(here / "a")}) == 3


def test_what_tools_leave_behind_is_not_in_the_digest(here: Path) -> None:
    before = digest(here / "a")
    (here / "a/park/__pycache__").mkdir()
    (here / "a/park/__pycache__/layers.pyc").write_bytes(b"x")
    (here / "a/.git").mkdir()
    (here / "a/.git/HEAD").write_bytes(b"x")
    assert digest(here / "a") == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_neither_links_nor_pipes_are_followed(here: Path) -> None:
    os.mkfifo(here / "a/park/pipe.py")
    (here / "a/park/link.py").symlink_to("/etc/passwd")
    (here / "a/endless.py").symlink_to("endless.py")
    assert digest(here / "a")
    assert "endless.py" in names(here / "a", out=here / "out")
