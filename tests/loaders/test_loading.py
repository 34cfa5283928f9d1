"""A file, a folder or an archive becomes a submission, or one clear sentence."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from handed_in import BACKWARD, BOTH, FORWARD, extraction, notebook, notes, told
from hypothesis import example, given
from hypothesis import strategies as st

from grader.assignment import DEFAULT
from grader.errors import SubmissionError
from grader.loaders import Submission, load, load_bytes, reading
from grader.report import Identity

LINUX = sys.platform == "linux"


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def names(found: Submission) -> list[str]:
    return [file.name for file in found.files]


def refusal(path: Path) -> str:
    with pytest.raises(SubmissionError) as caught:
        load(path, DEFAULT)
    assert told(caught.value, "ko")
    return told(caught.value)


def test_a_file_is_a_submission(tmp_path: Path) -> None:
    write(tmp_path, {"layers.py": BOTH})
    found = load(tmp_path / "layers.py", DEFAULT)
    assert found.files[0].units[0].source == BOTH
    assert found.identity.submission == "layers.py"
    assert found.identity.files == ("layers.py",)


def test_a_folder_is_a_submission(tmp_path: Path) -> None:
    files = {"cs231n/layers.py": BOTH, "work.ipynb": notebook("x = 1"), "a.txt": "x"}
    assert names(load(write(tmp_path, dict(files)), DEFAULT)) == [
        "cs231n/layers.py",
        "work.ipynb",
    ]


def test_an_archive_in_a_folder_is_unpacked(tmp_path: Path) -> None:
    write(tmp_path, {"readme.txt": "x"})
    with zipfile.ZipFile(tmp_path / "work.zip", "w") as archive:
        archive.writestr("cs231n/layers.py", BOTH)
    found = load(tmp_path, DEFAULT)
    assert names(found) == ["work.zip/cs231n/layers.py"]
    assert extraction(found).program.package == "cs231n"


def test_an_archive_is_a_submission(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "work.zip", "w") as archive:
        archive.writestr("layers.py", BOTH)
    found = load(tmp_path / "work.zip", DEFAULT)
    assert extraction(found).file.endswith("layers.py")


def test_a_text_file_is_read_as_python_where_it_is_all_there_is(tmp_path: Path) -> None:
    write(tmp_path, {"layers.txt": BOTH})
    assert extraction(load(tmp_path, DEFAULT)).file == "layers.txt"
    assert extraction(load(tmp_path / "layers.txt", DEFAULT)).file == "layers.txt"


def test_a_notebook_under_another_name_is_read_and_told() -> None:
    found = load_bytes("layers.py", notebook(BOTH).encode(), DEFAULT)
    assert extraction(found).file == "layers.py.ipynb"
    assert notes(found) == ["loading.note.is_notebook"]


def test_what_was_handed_in_has_one_digest(tmp_path: Path) -> None:
    first = load(write(tmp_path / "a", {"layers.py": BOTH}), DEFAULT)
    same = load(write(tmp_path / "b", {"layers.py": BOTH}), DEFAULT)
    other = load(write(tmp_path / "c", {"layers.py": BOTH + "#"}), DEFAULT)
    assert first.identity.digest == same.identity.digest != other.identity.digest


def test_who_handed_it_in_is_kept(tmp_path: Path) -> None:
    who = Identity(submission="kim", student="Kim", platform_id="7", late="LATE")
    path = write(tmp_path, {"layers.py": BOTH}) / "layers.py"
    found = load(path, DEFAULT, identity=who).identity
    assert (found.student, found.platform_id, found.late) == ("Kim", "7", "LATE")


def test_siblings_are_read_where_they_are_asked_for(tmp_path: Path) -> None:
    call = "from a import *\n" + FORWARD.replace("return x", "return f(x)") + BACKWARD
    files = {"layers.py": call, "a.py": "from b import *\n", "b.py": "def f(x): 1\n"}
    write(tmp_path, {**files, "c.py": "", "d e.py": "", "f.py": b"\0" * 99})
    path = tmp_path / "layers.py"
    assert names(load(path, DEFAULT)) == ["layers.py"]
    with_siblings = load(path, DEFAULT, siblings=True)
    assert names(with_siblings) == ["a.py", "b.py", "layers.py"]
    assert len(extraction(with_siblings).program.modules) == 2


def test_a_sibling_that_is_mentioned_is_not_graded_instead(tmp_path: Path) -> None:
    write(tmp_path, {"conv.py": f"# not as in flip\n{BOTH}", "flip.py": BOTH})
    found = extraction(load(tmp_path / "conv.py", DEFAULT, siblings=True))
    assert found.file == "conv.py"
    assert notes(found) == []


def test_a_sibling_that_the_functions_are_imported_from_is_graded(
    tmp_path: Path,
) -> None:
    names = "conv_forward_naive, conv_backward_naive"
    write(tmp_path, {"main.py": f"from conv import {names}\n", "conv.py": BOTH})
    found = extraction(load(tmp_path / "main.py", DEFAULT, siblings=True))
    assert found.file == "conv.py"


def test_a_sibling_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    write(tmp_path, {"layers.py": "import other\n" + BOTH})
    (tmp_path / "other.py").symlink_to(tmp_path / "layers.py")
    found = load(tmp_path / "layers.py", DEFAULT, siblings=True)
    assert names(found) == ["layers.py"]


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (b"", "is empty"),
        (b"  \n\n", "is empty"),
        (b"\x7fELF" + bytes(99), "is no text"),
        (b"%PDF-1.7", "is PDF, not code"),
        (b"Rar!\x1a\x07", "is RAR, not code"),
        (b"<!doctype html><html>", "is HTML, not code"),
        (b"\x89PNG\r\n", "is PNG, not code"),
        (b"# " + b"x" * 1_100_000, "more than 256 kB"),
    ],
)
def test_what_is_no_code_is_told(content: bytes, wanted: str, tmp_path: Path) -> None:
    assert wanted in refusal(write(tmp_path, {"layers.py": content}) / "layers.py")


@pytest.mark.parametrize(
    ("content", "wanted"),
    [("\n", "is empty"), ("<!DOCTYPE html><p>", "is HTML"), ("%PDF-1.7", "is PDF")],
)
def test_what_is_no_notebook_is_told(content: str, wanted: str, tmp_path: Path) -> None:
    assert wanted in refusal(write(tmp_path, {"a.ipynb": content}) / "a.ipynb")


def test_a_path_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert "No such file" in refusal(tmp_path / "layers.py")
    assert "cannot be opened" in refusal(tmp_path / "layers\0.py")


def test_a_folder_without_code_is_told(tmp_path: Path) -> None:
    assert "holds no Python file" in refusal(write(tmp_path, {".git/a.py": "x = 1"}))


def test_links_are_not_followed(tmp_path: Path) -> None:
    target = write(tmp_path / "there", {"layers.py": BOTH}) / "layers.py"
    here = write(tmp_path / "here", {})
    here.mkdir()
    (here / "layers.py").symlink_to(target)
    (here / "folder").symlink_to(target.parent)
    assert "is a link" in refusal(here / "layers.py")
    assert "is a link" in refusal(here / "folder")
    assert "holds no Python file" in refusal(here)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "layers.py")
    assert "is no regular file" in refusal(tmp_path / "layers.py")
    assert "holds no Python file" in refusal(tmp_path)


@pytest.mark.skipif(not LINUX, reason="the device is Linux's")
def test_a_device_is_not_read() -> None:
    assert "is no regular file" in refusal(Path("/dev/zero"))


@pytest.mark.skipif(not LINUX or os.geteuid() == 0, reason="root may read all")
def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, {"layers.py": BOTH}) / "layers.py"
    path.chmod(0)
    assert "Permission denied" in refusal(path)


def test_a_huge_file_hides_no_other(tmp_path: Path) -> None:
    write(tmp_path, {"layers.py": BOTH})
    with (tmp_path / "huge.ipynb").open("wb") as stream:
        stream.truncate(1 << 40)
    assert extraction(load(tmp_path, DEFAULT)).file == "layers.py"
    assert "larger than" in refusal(tmp_path / "huge.ipynb")


@pytest.mark.parametrize(
    ("name", "wanted"), [("MAX_ENTRIES", "more than 2"), ("MAX_FILES", "more than 2")]
)
def test_too_many_files_are_refused(
    name: str, wanted: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {f"{letter}.py": "x = 1\n" for letter in "abc"})
    monkeypatch.setattr(reading, name, 2)
    assert wanted in refusal(tmp_path)


def test_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_TOTAL", 20)
    write(tmp_path, {"a.py": "x = 1\n" * 2, "b.py": "x = 1\n" * 2})
    assert "larger than" in refusal(tmp_path)


def test_names_in_any_script_are_read(tmp_path: Path) -> None:
    folder = write(tmp_path / "\uae40\ubbfc\uc218", {"\ud569\uc131\uacf1.py": BOTH})
    assert names(load(folder, DEFAULT)) == ["\ud569\uc131\uacf1.py"]


@pytest.mark.skipif(not LINUX, reason="other systems have no such names")
def test_a_name_that_is_no_text_does_no_harm(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.py"))
    path.write_text(BOTH, encoding="utf-8")
    assert load(path, DEFAULT).files
    assert load(tmp_path, DEFAULT).files


LINES = st.sampled_from(
    [
        *(
            b"def conv_forward_naive(x, w, b, conv_param):",
            b"    return x",
            b"\n",
            b"(",
        ),
        *(b"'" * 3, b"\0", b"\xff\xfe", b"PK\x03\x04", b"\x1f\x8b\x08", b"# coding: "),
        *(b'{"cells": [', b"print 'x'", b"import numpy as np", b"from .a import *"),
        *(b"\\", b"-" * 5000, b"9" * 5000),
    ]
)
NAMES = st.sampled_from(["layers.py", "a.ipynb", "a.zip", "a.tar.gz", "a", "\ud800.py"])


@given(st.binary() | st.lists(LINES).map(b"\n".join), NAMES)
@example(b"[" * 200_000, "a.ipynb")
@example(b"a\n" * 120_000, "layers.py")
@example(b"1+" * 100_000 + b"1", "layers.py")
@example(b"(" * 200_000, "layers.py")
def test_for_any_bytes_there_is_a_submission_or_a_sentence(
    content: bytes, name: str
) -> None:
    try:
        extraction(load_bytes(name, content, DEFAULT))
    except SubmissionError as error:
        assert told(error)  # noqa: PT017 (both endings are right)
        assert told(error, "ko")  # noqa: PT017 (the same)


HEAVY = {
    "statements.py": b"a\n" * 33_000,
    "numbers.py": b"[" + b"1," * 49_000 + b"]",
    "assigned.py": b"a=" * 49_000 + b"1",
    "text.py": b"'a' " * 60_000,
    "names.py": b"def f():\n" + b" a=b\n" * 20_000,
    "defined.py": b"def f():0\n" * 14_000,
    "imports.py": b"import a\n" * 22_000,
    "stars.py": b"from numpy import *\n" * 12_000 + BOTH.encode(),
    "chains.py": BOTH.encode() + b"x=[y]\n" * 12_000,
    "calls.py": BOTH.encode().replace(b"x, w\n", b"f(x), w\n") + b"f(a)\n" * 13_000,
    "rebound.py": BOTH.encode() + b"x=x()\n" * 12_000,
    "chained.py": b"".join(b"def f%d():f%d()\n" % (n, n + 1) for n in range(10_000))
    + BOTH.encode().replace(b"return x", b"return f0(x)"),
    "called.py": b"".join(b"def f%d():f%d()\n" % (n, n + 1) for n in range(6_000))
    + BOTH.encode()
    + b"f0()\n" * 2_000,
    "modules.py": BOTH.encode().replace(b"x, w\n", b"math.pi, w\n")
    + b"import math\n" * 18_000,
    "shared.py": BOTH.encode()
    + b"".join(b"a%d=a%d\n" % (n + 1, n) for n in range(9_000)),
    "held.py": BOTH.encode().replace(b"return x", b"return a1")
    + b"".join(b"a%d=[a%d]\na%d.x()\n" % (n + 1, n, n) for n in range(4_000)),
    "hints.py": BOTH.encode() + b"def f(x: a.b[c]) -> d: ...\n" * 8_000,
    "named.ipynb": notebook(
        "import torch\n", BOTH, *["def f(x: torch.T): ...\nf = 7\n"] * 4_000
    ).encode(),
    "many.ipynb": notebook(*["x = 1\n"] * 20_000).encode(),
    "list.ipynb": b'{"cells": [' + b"[]," * 190_000 + b"[]]}",
    "text.ipynb": notebook("x = 1", padding="\U0001f600" * 4_000_000).encode(),
}


QUICK = {"statements.py", "chained.py", "text.ipynb"}
MEASURED = """
import sys, time
from pathlib import Path
from grader.assignment import DEFAULT
from grader.errors import SubmissionError
from grader.exercises import load_exercise
from grader.loaders import extract, load_bytes
name, content, exercise = sys.argv[1], sys.stdin.buffer.read(), load_exercise("conv2d")
graded = DEFAULT.exercises[0]
def most():  # since this program began; rusage also counts who started it
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
before = most()
started = time.process_time()
try:
    found = load_bytes(name, content, DEFAULT)
    extract.program(found, DEFAULT, graded=graded, exercise=exercise)
except SubmissionError as error:
    print(error.message.id, file=sys.stderr)
print(time.process_time() - started)
print((most() - before) / 1024)
"""


@pytest.mark.skipif(not LINUX, reason="memory is measured as Linux counts it")
@pytest.mark.parametrize(
    "name",
    [
        name if name in QUICK else pytest.param(name, marks=pytest.mark.nightly)
        for name in HEAVY
    ],
)
def test_the_heaviest_files_stay_within_time_and_memory(name: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", MEASURED, name],
        input=HEAVY[name],
        capture_output=True,
        check=True,
    )
    seconds, megabytes = map(float, run.stdout.split())
    assert megabytes < 200
    assert seconds < 3  # one is promised; a busy machine gets three
