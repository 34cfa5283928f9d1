from __future__ import annotations

import sys
from pathlib import Path

import pytest

from grader.course.archive import File
from grader.course.writing import write_new
from grader.errors import UsageError

FILES = tuple(File(path=f"a/{n}.txt", content=b"new") for n in range(7))


def test_files_are_written_with_their_folders(tmp_path: Path) -> None:
    write_new(tmp_path / "new", FILES)
    assert (tmp_path / "new" / "a" / "0.txt").read_bytes() == b"new"


def test_one_file_that_is_there_keeps_all_from_being_written(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "3.txt").write_text("mine")
    with pytest.raises(UsageError, match=r"already has 'a/3.txt'; nothing was written"):
        write_new(tmp_path, FILES)
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["3.txt"]
    assert (tmp_path / "a" / "3.txt").read_text() == "mine"


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_to_nowhere_is_a_file_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "3.txt").symlink_to(tmp_path / "gone")
    with pytest.raises(UsageError, match="already has"):
        write_new(tmp_path, FILES)


def test_a_long_list_is_cut(tmp_path: Path) -> None:
    write_new(tmp_path, FILES)
    with pytest.raises(UsageError, match="and 2 more; nothing"):
        write_new(tmp_path, FILES)


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(UsageError, match="cannot write into the folder"):
        write_new(tmp_path / "file", FILES)
