from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from grader.batch.sources import digest, find
from grader.errors import UsageError
from grader.loaders.bulk import Found, HandedIn
from grader.loaders.bulk.records import LooseFile
from grader.report import Identity


@pytest.fixture
def here(tmp_path: Path) -> Path:
    for name in ("a/kim.py", "a/lee.ipynb", "a/park/layers.py", "b/kim.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    return tmp_path


def found(*paths: Path, out: Path) -> Found:
    return find(paths, out=out, scratch=out.parent / "scratch")


def names(*paths: Path, out: Path) -> list[str]:
    handed_in = found(*paths, out=out).handed_in
    return [each.identity.submission for each in handed_in]


def digest_of(path: Path) -> str:
    return digest(HandedIn(identity=Identity(submission="kim"), path=path))


def test_a_folder_holds_a_submission_a_file_and_a_folder(here: Path) -> None:
    assert names(here / "a", out=here / "out") == ["kim.py", "lee.ipynb", "park"]


def test_a_file_is_a_submission(here: Path) -> None:
    assert names(here / "a/kim.py", out=here / "out") == ["kim.py"]


def test_equal_names_are_told_apart_by_their_folders(here: Path) -> None:
    seen = names(here / "a", here / "b", out=here / "out")
    assert seen == ["a/kim.py", "b/kim.py", "lee.ipynb", "park"]


def test_equal_files_are_told_apart_by_their_folders(here: Path) -> None:
    seen = names(here / "a/kim.py", here / "b/kim.py", out=here / "out")
    assert seen == ["a/kim.py", "b/kim.py"]


def test_equal_folders_too_are_told_apart(here: Path) -> None:
    (here / "c/a").mkdir(parents=True)
    (here / "c/a/kim.py").write_text("", encoding="utf-8")
    seen = names(here / "a/kim.py", here / "c/a/kim.py", out=here / "out")
    assert len(set(seen)) == 2


def test_the_same_path_twice_is_one_submission(here: Path) -> None:
    assert names(here / "b", here / "b", out=here / "out") == ["kim.py"]


def test_results_are_no_submission(here: Path) -> None:
    assert names(here / "a", out=here / "a" / "park") == ["kim.py", "lee.ipynb"]


def test_what_is_no_submission_is_told(here: Path) -> None:
    for name in ("README.md", ".hidden.py", "Thumbs.db"):
        (here / "a" / name).write_text("", encoding="utf-8")
    (here / "a" / "__pycache__").mkdir()
    seen = found(here / "a", out=here / "out")
    assert [path.name for path in seen.ignored] == ["README.md"]
    assert len(seen.handed_in) == 3


@pytest.mark.parametrize("path", ["nowhere", "nowhere/at/all.py"])
def test_a_missing_path_is_named(here: Path, path: str) -> None:
    with pytest.raises(UsageError, match=r"nowhere.*: .+; wanted a submission"):
        found(here / path, out=here / "out")


def test_an_empty_folder_is_named(here: Path) -> None:
    (here / "empty").mkdir()
    with pytest.raises(UsageError, match=r"no submissions in '.*empty'"):
        found(here / "empty", out=here / "out")


def test_a_digest_sees_every_byte_and_every_name(here: Path) -> None:
    first = digest_of(here / "a")
    assert first == digest_of(here / "a")
    (here / "a/park/layers.py").write_text("other", encoding="utf-8")
    second = digest_of(here / "a")
    (here / "a/park/layers.py").rename(here / "a/park/moved.py")
    assert len({first, second, digest_of(here / "a")}) == 3


def test_what_tools_leave_behind_is_not_in_the_digest(here: Path) -> None:
    before = digest_of(here / "a")
    (here / "a/park/__pycache__").mkdir()
    (here / "a/park/__pycache__/layers.pyc").write_bytes(b"x")
    (here / "a/.git").mkdir()
    (here / "a/.git/HEAD").write_bytes(b"x")
    assert digest_of(here / "a") == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_neither_links_nor_pipes_are_followed(here: Path) -> None:
    os.mkfifo(here / "a/park/pipe.py")
    (here / "a/park/link.py").symlink_to("/etc/passwd")
    (here / "a/endless.py").symlink_to("endless.py")
    assert digest_of(here / "a")
    assert "endless.py" in names(here / "a", out=here / "out")


def test_loose_files_have_a_digest_by_the_names_that_students_gave(here: Path) -> None:
    def loose(name: str, path: str) -> HandedIn:
        file = LooseFile(name=name, path=here / path, given=path)
        return HandedIn(identity=Identity(submission="kim"), files=(file,))

    first = digest(loose("layers.py", "a/kim.py"))
    assert first == digest(loose("layers.py", "a/kim.py"))
    assert first != digest(loose("other.py", "a/kim.py"))
    assert first != digest(loose("layers.py", "b/kim.py"))


@pytest.mark.skipif(sys.platform != "linux", reason="others refuse such names")
def test_names_that_cannot_be_shown_stay_apart(here: Path) -> None:
    for name in ("kim\n.py", "kim\\n.py"):
        (here / "b" / name).write_text(name, encoding="utf-8")
    seen = names(here / "b", out=here / "out")
    assert seen == ["kim.py", "kim\\n.py", "kim\\n.py (2)"]
