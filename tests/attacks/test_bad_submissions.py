"""Things that are no submission at all: each is its own verdict, in one sentence."""

from __future__ import annotations

import gzip
import io
import json
import os
import socket
import stat
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from attacking import graded, setting
from in_process import InProcessSandbox
from programs import RIGHT, changed

from grader.messages import LANGUAGES, render
from grader.report import Outcome, Report
from grader.reports import RENDERERS, renderer

TEMPLATE: Final = Path(__file__).parents[2] / "submissions" / "template_unfilled.py"
LARGE: Final = 30 << 20
HOSTILE_NAME: Final = "\x1b[31m<b>&\u202e{x}\n.py"


def cell(source: object) -> dict[str, object]:
    return {"cell_type": "code", "source": source, "metadata": {}, "outputs": []}


def notebook(*cells: object, **fields: object) -> bytes:
    made = {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps({**made, **fields}).encode()


def old_notebook(source: str) -> bytes:
    inside = {"cell_type": "code", "input": source, "outputs": [], "language": "python"}
    sheets = [{"cells": [inside]}]
    return json.dumps(
        {"worksheets": sheets, "metadata": {}, "nbformat": 3, "nbformat_minor": 0}
    ).encode()


def zipped(*members: tuple[str, bytes | str], mode: int = 0) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = mode << 16
            archive.writestr(info, content)
    return made.getvalue()


def nested(depth: int) -> bytes:
    content = zipped(("layers.py", RIGHT))
    for _ in range(depth):
        content = zipped(("more.zip", content))
    return content


def tarred(
    name: str, *, kind: bytes = tarfile.REGTYPE, size: int | None = None
) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, "/etc/passwd"
        content = RIGHT.encode()
        info.size = len(content) if kind == tarfile.REGTYPE else 0
        archive.addfile(info, io.BytesIO(content))
    found = bytearray(made.getvalue())
    if size is not None:
        found[124:136] = b"\xff" * 12
    return bytes(found)


def chained(count: int) -> str:
    """Functions that call one another, so that each is needed for the one before."""
    lines = "".join(f"def g{n}(): return g{n + 1}()\n" for n in range(count))
    return lines + changed("    s, p =", "    _ = g0\n    s, p =")


CONTENTS: Final[dict[str, tuple[str, bytes | str, str]]] = {
    # what it is: (file name, content, how the message's id begins)
    "empty": ("layers.py", "", "loading.empty"),
    "white space": ("layers.py", " \n\t\n", "loading.empty"),
    "binary": ("layers.py", bytes(range(256)) * 99, "loading.not_text"),
    "a picture": ("layers.py", b"\x89PNG\r\n\x1a\n" + bytes(99), "loading.other_kind"),
    "a codec that is no encoding": (
        "layers.py",
        f"# coding: rot13\n{RIGHT}",
        "loading.encoding",
    ),
    "another encoding than it says": (
        "layers.py",
        b"# coding: utf-16\n" + RIGHT.encode(),
        "loading.encoding",
    ),
    "a zero byte": ("layers.py", f"{RIGHT}\0", "loading.not_text"),
    "no Python": ("layers.py", "def conv_forward_naive(:", "loading.syntax"),
    "Python 2": (
        "layers.py",
        changed("    s, p =", "    print x.shape\n    s, p ="),
        "loading.python2.print",
    ),
    "no such function": ("layers.py", "def convolve(): pass", "loading.no_function"),
    "nothing defined": ("layers.py", "conv_forward_naive", "loading.no_functions"),
    "huge": ("layers.py", f"{RIGHT}# {'x' * LARGE}", "loading.too_much_code"),
    "nested too deeply": ("layers.py", f"{RIGHT}\nz = {'-' * 50000}1", "loading.too"),
    "brackets without end": (
        "layers.py",
        f"{RIGHT}\nz = {'(' * 9000}1",
        "loading.syntax",
    ),
    "an attribute of attributes": (
        "layers.py",
        changed("    s, p =", f"    x{'.b' * 20_000}\n    s, p ="),
        "loading.too_deep",
    ),
    "aliases without end": (
        "layers.py",
        "a0 = 1\n" + "".join(f"a{n + 1} = a{n}\n" for n in range(9000)) + RIGHT,
        "loading.too_tangled",
    ),
    "calls without end": ("layers.py", chained(4000), "loading.too_tangled"),
    "a number of 200000 digits": (
        "layers.py",
        f"{RIGHT}\nz = {'9' * 200000}",
        "loading.syntax",
    ),
    "no zip": ("handed_in.zip", b"PK\x03\x04 and so on", "loading.archive_broken"),
    "half a zip": (
        "handed_in.zip",
        zipped(("layers.py", RIGHT))[:200],
        "loading.archive_broken",
    ),
    "a path out of a zip": (
        "handed_in.zip",
        zipped(("../layers.py", RIGHT)),
        "loading.unsafe_path",
    ),
    "an absolute path in a zip": (
        "handed_in.zip",
        zipped(("/etc/layers.py", RIGHT)),
        "loading.unsafe_path",
    ),
    "a path of Windows out of a zip": (
        "handed_in.zip",
        zipped(("..\\layers.py", RIGHT)),
        "loading.unsafe_path",
    ),
    "a link in a zip": (
        "handed_in.zip",
        zipped(("layers.py", "/etc/passwd"), mode=stat.S_IFLNK | 0o777),
        "loading.no_code",
    ),
    "a zip bomb": (
        "handed_in.zip",
        zipped(("layers.py", bytes(LARGE // 2))),
        "loading.bomb",
    ),
    "a zip of too many files": (
        "handed_in.zip",
        zipped(*((f"{n}.py", "") for n in range(6000))),
        "loading.too_many_files",
    ),
    "zips in zips": ("handed_in.zip", nested(9), "loading.nested"),
    "a path out of a tar": (
        "handed_in.tar",
        tarred("../layers.py"),
        "loading.unsafe_path",
    ),
    "a link in a tar": (
        "handed_in.tar",
        tarred("layers.py", kind=tarfile.SYMTYPE),
        "loading.no_code",
    ),
    "a tar of negative size": (
        "handed_in.tar",
        tarred("layers.py", size=-1),
        "loading.archive_broken",
    ),
    "a gzip bomb": ("handed_in.tar.gz", gzip.compress(bytes(LARGE)), "loading.bomb"),
    "half a notebook": ("n.ipynb", notebook(cell(RIGHT))[:99], "loading.notebook_"),
    "a notebook that is a list": ("n.ipynb", b"[1]", "loading.notebook_broken"),
    "a notebook of brackets": ("n.ipynb", b"[" * 99999, "loading.notebook_broken"),
    "a notebook with a number of 99999 digits": (
        "n.ipynb",
        b'{"cells": [], "nbformat": ' + b"9" * 99999 + b"}",
        "loading.notebook_broken",
    ),
    "a notebook without code": (
        "n.ipynb",
        notebook({"cell_type": "markdown", "source": RIGHT}),
        "loading.no_code_cell",
    ),
    "an old notebook of nonsense": (
        "n.ipynb",
        b'{"worksheets": [{"cells": [{"cell_type": [1]}]}], "nbformat": 3}',
        "loading.notebook_broken",
    ),
}


@pytest.fixture(scope="module")
def grade() -> Callable[[Path], Report]:
    given = setting(InProcessSandbox(), every=24)
    return lambda path: graded(path, given)


def check_unreadable(report: Report, message: str) -> None:
    assert (report.outcome, report.score) == (Outcome.UNREADABLE, 0.0)
    assert report.reason is not None
    assert report.reason.id.startswith(message)
    for language in LANGUAGES:
        sentence = render(report.reason, language)
        assert len(sentence) < 500
        assert sentence.count("\n") == 0


@pytest.mark.parametrize("kind", CONTENTS)
def test_what_cannot_be_read_is_told_in_one_sentence(
    grade: Callable[[Path], Report], tmp_path: Path, kind: str
) -> None:
    name, content, message = CONTENTS[kind]
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    check_unreadable(grade(path), message)
    assert [each.name for each in tmp_path.iterdir()] == [name]


def link(path: Path) -> None:
    path.symlink_to(TEMPLATE)


def pipe(path: Path) -> None:
    os.mkfifo(path)


def a_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))


def folder_of_a_link(path: Path) -> None:
    path.mkdir()
    (path / "layers.py").symlink_to(TEMPLATE)
    (path / "again").symlink_to(path)


def empty_folder(path: Path) -> None:
    path.mkdir()


def nothing(path: Path) -> None:
    assert not path.exists()


PLACES: Final[dict[str, tuple[Callable[[Path], None], str]]] = {
    "a link": (link, "loading.link"),
    "a pipe": (pipe, "loading.not_regular"),
    "a socket": (a_socket, "loading.not_regular"),
    "a folder of links": (folder_of_a_link, "loading.no_code"),
    "an empty folder": (empty_folder, "loading.no_code"),
    "nothing": (nothing, "loading.no_access"),
}


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such files")
@pytest.mark.parametrize("kind", PLACES)
def test_what_is_no_file_is_not_opened(
    grade: Callable[[Path], Report], tmp_path: Path, kind: str
) -> None:
    make, message = PLACES[kind]
    path = tmp_path / "layers.py"
    make(path)
    check_unreadable(grade(path), message)


ODD_AND_RIGHT: Final[dict[str, tuple[str, bytes]]] = {
    "Korean of Windows": ("layers.py", f"# 합성곱\n{RIGHT}".encode("cp949")),
    "UTF-16": ("layers.py", RIGHT.encode("utf-16")),
    "an old notebook": ("n.ipynb", old_notebook(RIGHT)),
    "a notebook with odd cells": ("n.ipynb", notebook(3, None, cell([1, RIGHT]))),
    "a cell that writes outside": (
        "n.ipynb",
        notebook(cell("%%writefile ../../../evil.py\nx = 1"), cell(RIGHT)),
    ),
    "a program that would end everything": (
        "layers.py",
        f"{RIGHT}\nif __name__ == '__main__':\n    __import__('os')._exit(1)".encode(),
    ),
}


@pytest.mark.parametrize("kind", ODD_AND_RIGHT)
def test_what_is_odd_and_right_has_all_points(
    grade: Callable[[Path], Report], tmp_path: Path, kind: str
) -> None:
    name, content = ODD_AND_RIGHT[kind]
    (tmp_path / name).write_bytes(content)
    report = grade(tmp_path / name)
    assert report.score == report.max_score
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_the_template_has_no_points_and_is_called_unfilled(
    grade: Callable[[Path], Report],
) -> None:
    report = grade(TEMPLATE)
    assert (report.outcome, report.score) == (Outcome.GRADED, 0.0)
    assert report.exercises[0].summary[0].id == "loading.hint.unfilled"


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such names")
def test_a_hostile_name_takes_no_page_over(
    grade: Callable[[Path], Report], tmp_path: Path
) -> None:
    path = tmp_path / HOSTILE_NAME
    path.write_text(changed("    s, p =", "    1 / 0\n    s, p ="), "utf-8")
    report = grade(path)
    for kind in RENDERERS:
        for language in LANGUAGES:
            shown = renderer(kind)(report, language=language)
            assert "\x1b" not in shown
            assert "<b>" not in shown or kind not in {"html", "junit"}
