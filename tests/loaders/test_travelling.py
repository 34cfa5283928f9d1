"""What is sent to another machine is judged there as it would be here."""

from __future__ import annotations

import io
import os
import pickle
import shutil
import sys
import zipfile
from pathlib import Path

import pytest
from handed_in import BOTH, FORWARD, told

from grader.assignment import DEFAULT
from grader.errors import SubmissionError
from grader.loaders import Submission, load_handed_in, with_contents
from grader.loaders.bulk import HandedIn
from grader.loaders.bulk.records import LooseFile
from grader.report import Identity

KIM = Identity(submission="kim")


def zipped(text: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a2/layers.py", text)
    return target.getvalue()


def ending(handed_in: HandedIn) -> Submission | str:
    try:
        return load_handed_in(handed_in, DEFAULT)
    except SubmissionError as error:
        return told(error)


def sent(handed_in: HandedIn, *, without: Path) -> Submission | str:
    """Judge it after everything that it was read from is gone."""
    packed = pickle.dumps(with_contents(handed_in))
    if without.is_dir() and not without.is_symlink():
        shutil.rmtree(without)
    else:
        without.unlink(missing_ok=True)
    arrived: HandedIn = pickle.loads(packed)  # noqa: S301 (our own)
    assert arrived.path is None
    assert not arrived.files
    return ending(arrived)


# By name: an archive's bytes hold the time, and so would the name of its test.
FILES = {
    "layers.py": BOTH.encode(),
    "empty.py": b"",
    "binary.py": b"\xff\x00\xfe",
    "kim.zip": zipped(BOTH),
    "cut.zip": zipped(BOTH)[:40],
    "broken.ipynb": b"{",
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_reads_there_as_here(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name])
    handed_in = HandedIn(identity=KIM, path=path)
    here = ending(handed_in)
    assert sent(handed_in, without=path) == here


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_what_is_no_file_is_refused_there_in_the_same_words(tmp_path: Path) -> None:
    link, pipe = tmp_path / "link.py", tmp_path / "pipe.py"
    link.symlink_to("/etc/passwd")
    os.mkfifo(pipe)
    for path in (link, pipe, tmp_path / "gone.py"):
        handed_in = HandedIn(identity=KIM, path=path)
        here = ending(handed_in)
        assert isinstance(here, str)
        assert sent(handed_in, without=path) == here


def test_folders_and_loose_files_travel_whole(tmp_path: Path) -> None:
    folder = tmp_path / "kim"
    folder.mkdir()
    (folder / "layers.py").write_text(BOTH)
    (folder / "more.py").write_text(FORWARD)
    loose = LooseFile(name="layers.py", path=folder / "layers.py", given="kim_1_2.py")
    both = (
        HandedIn(identity=KIM, path=folder),
        HandedIn(identity=KIM, files=(loose,)),
    )
    here = [ending(each) for each in both]
    packed = [with_contents(each) for each in both]
    shutil.rmtree(folder)
    assert [ending(each) for each in packed] == here


def test_what_is_nested_too_deep_is_told_and_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_deep(path: Path) -> dict[str, bytes]:
        raise RecursionError(path)

    monkeypatch.setattr("grader.loaders.loading.contents_of", too_deep)
    assert "kim.py" in str(ending(HandedIn(identity=KIM, path=tmp_path / "kim.py")))
