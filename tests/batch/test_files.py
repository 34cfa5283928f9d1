from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.batch.files import MOST_BYTES, make_folder, safe_name, write_whole
from grader.errors import UsageError

ANY_NAME = st.text(st.characters(codec=None, exclude_categories=()))


@given(names=st.lists(ANY_NAME, unique=True, max_size=8))
def test_no_two_submissions_share_a_file_on_any_system(names: list[str]) -> None:
    taken: set[str] = set()
    for name in names:
        taken.add(safe_name(name, taken=taken).casefold())
    assert len(taken) == len(names)


@given(name=ANY_NAME)
def test_a_safe_name_is_one_plain_file_name(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert not set('/\\:*?"<>|\0\n') & set(safe)
    assert safe[0] not in ".-"
    assert safe[-1] not in ". "
    assert len(safe.encode("utf-8")) <= MOST_BYTES + 10


@pytest.mark.parametrize("name", ["kim_layers.py", "홍길동", "a b@c+d", "Zoë.ipynb"])
def test_a_plain_name_stays_as_it_is(name: str) -> None:
    assert safe_name(name) == name


@pytest.mark.parametrize("name", ["con", "NUL.py", "com1", "lpt9.txt"])
def test_a_device_is_no_name(name: str) -> None:
    device, *_ = name.casefold().split(".")
    kept, *_ = safe_name(name).casefold().split(".")
    assert kept != device


def test_a_name_differs_from_one_that_is_taken_in_other_letters() -> None:
    assert safe_name("Kim", taken={"kim"}) != "Kim"


def test_what_is_written_is_there_whole(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", b"old", lasting=True)
    write_whole(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_whole(tmp_path / "a", b"old")

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(UsageError, match=r"cannot write '.*a': No space left"):
        write_whole(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_others_may_read_what_the_user_lets_them(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        write_whole(tmp_path / "a", b"")
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o644


def test_a_folder_is_cleared_of_what_a_killed_run_left(tmp_path: Path) -> None:
    (tmp_path / ".convgrade-x1").write_bytes(b"half")
    (tmp_path / "kept").write_bytes(b"whole")
    make_folder(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_a_folder_below_a_file_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UsageError, match=r"cannot write into the folder '.*inside'"):
        make_folder(tmp_path / "file" / "inside")
