"""Archives are unpacked in memory, and whatever is wrong with one is its own."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
from collections.abc import Callable, Mapping

import pytest
from handed_in import BOTH, told
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import SubmissionError
from grader.loaders import members
from grader.loaders.archives import unpacked

CODE = BOTH.encode()


def zipped(files: Mapping[str, bytes], *, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packing) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def tarred(files: Mapping[str, bytes], *, packed: bool = True) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return gzip.compress(buffer.getvalue()) if packed else buffer.getvalue()


def refusal(content: bytes, name: str = "work.zip") -> str:
    with pytest.raises(SubmissionError) as caught:
        unpacked(name, content)
    assert told(caught.value, "ko")
    return told(caught.value)


SLOW = (bz2.compress, lzma.compress)
FILES = {"cs231n/layers.py": CODE, "notes.txt": b"hello", "a.ipynb": b"{}"}


SLOWLY_PACKED = [pack(tarred(FILES, packed=False)) for pack in SLOW]


@pytest.mark.parametrize(
    "content",
    [zipped(FILES), tarred(FILES), tarred(FILES, packed=False), *SLOWLY_PACKED],
    ids=["zip", "tar.gz", "tar", "tar.bz2", "tar.xz"],
)
def test_the_code_of_an_archive_is_unpacked(content: bytes) -> None:
    assert unpacked("work.zip", content) == {
        "cs231n/layers.py": CODE,
        "a.ipynb": b"{}",
    }


def test_an_archive_is_known_by_its_bytes_not_its_name() -> None:
    assert unpacked("work.py", zipped({"layers.py": CODE})) == {"layers.py": CODE}


@pytest.mark.parametrize("pack", SLOW)
def test_what_is_slow_to_unpack_is_taken_only_while_small(
    pack: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "grows to a size" in refusal(pack(bytes(50_000_000)), "a.tar.xz")
    monkeypatch.setattr("grader.loaders.from_tar.MAX_SLOW", 10)
    assert "larger than" in refusal(pack(tarred(FILES, packed=False)))


def test_another_kind_under_an_archive_s_name_is_named() -> None:
    assert refusal(b"Rar!\x1a\x07\x00").startswith("'work.zip' is RAR, not code")


@pytest.mark.parametrize("name", ["conv.ipynb.json", "layers", "layers.pyw"])
def test_renamed_code_is_taken_where_there_is_no_other(name: str) -> None:
    assert unpacked("a.zip", zipped({name: CODE, "r.pdf": b"%PDF"})) == {name: CODE}


def test_what_is_no_archive_is_none() -> None:
    assert unpacked("layers.py", CODE) is None


def test_text_is_taken_where_there_is_no_code() -> None:
    assert unpacked("a.zip", zipped({"layers.txt": CODE})) == {"layers.txt": CODE}


def test_what_systems_add_is_passed_over() -> None:
    litter = ["__MACOSX/._layers.py", ".git/a.py", "x/.ipynb_checkpoints/a.ipynb"]
    litter += ["a-checkpoint.ipynb", "venv/lib/a.py", "__pycache__/a.py"]
    assert unpacked("a.zip", zipped(dict.fromkeys(litter, CODE))) == {}


def test_an_archive_in_an_archive_is_unpacked_under_its_name() -> None:
    inner = zipped({"layers.py": CODE})
    assert unpacked("a.zip", zipped({"b.zip": inner})) == {"b.zip/layers.py": CODE}


def test_archives_in_archives_in_archives_have_an_end() -> None:
    content = zipped({"layers.py": CODE})
    for _ in range(4):
        content = zipped({"a.zip": content})
    assert "in more than 2 others" in refusal(content)


@pytest.mark.parametrize(
    "path", ["../layers.py", "a/../../layers.py", "/etc/layers.py", "C:\\x\\layers.py"]
)
@pytest.mark.parametrize("packer", [zipped, tarred])
def test_a_path_out_of_the_archive_is_refused(path: str, packer: object) -> None:
    assert callable(packer)
    assert "leads out of its folder" in refusal(packer({path: CODE}))


def test_paths_of_other_systems_are_read() -> None:
    assert unpacked("a.zip", zipped({"cs231n\\layers.py": CODE})) == {
        "cs231n/layers.py": CODE
    }


@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_names_in_the_encodings_of_old_zips_are_read(encoding: str) -> None:
    raw = "\ud569\uc131\uacf1.py".encode(encoding)
    placeholder = b"x" * (len(raw) - 3) + b".py"
    content = zipped({placeholder.decode(): CODE}).replace(placeholder, raw)
    assert list(unpacked("a.zip", content) or {}) == ["\ud569\uc131\uacf1.py"]


def test_a_bomb_is_refused() -> None:
    bomb = {"layers.py": b"\0" * 10_000_000}
    assert "grows to a size" in refusal(zipped(bomb))
    assert "grows to a size" in refusal(tarred(bomb), "a.tar.gz")


def test_a_large_archive_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.loaders.archives.MAX_FILE", 10)
    assert "larger than" in refusal(zipped(FILES))
    monkeypatch.setattr("grader.loaders.from_tar.MAX_TOTAL", 10)
    assert "larger than" in refusal(tarred(FILES))


def test_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("from_zip", "from_tar"):
        monkeypatch.setattr(f"grader.loaders.{module}.MAX_ENTRIES", 2)
    assert "more than 2 files" in refusal(zipped(FILES))
    assert "more than 2 files" in refusal(tarred(FILES))


def test_a_locked_zip_is_refused() -> None:
    content = bytearray(zipped({"layers.py": CODE}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert "locked with a password" in refusal(bytes(content))


def test_a_zip_packed_by_an_unknown_method_is_refused() -> None:
    content = bytearray(zipped({"layers.py": CODE}))
    content[content.index(b"PK\x01\x02") + 10] = 97
    assert "is broken" in refusal(bytes(content))


def test_a_document_is_no_archive() -> None:
    office = {"[Content_Types].xml": b"", "word/document.xml": b""}
    assert "is Office, not code" in refusal(zipped(office), "work.docx")


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08", b"hello", CODE]
)
def test_a_file_that_is_only_called_an_archive_is_refused(content: bytes) -> None:
    assert "is broken" in refusal(content)


def test_links_in_archives_are_passed_over() -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE):
            info = tarfile.TarInfo("layers.py")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    assert unpacked("a.tar", buffer.getvalue()) == {}


def test_a_link_in_a_zip_is_passed_over() -> None:
    info = zipfile.ZipInfo("layers.py")
    info.external_attr = 0o120777 << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    assert unpacked("a.zip", buffer.getvalue()) == {}


def header(kind: bytes, size: bytes) -> bytes:
    block = bytearray(512)
    block[:9] = b"layers.py"
    block[124:136] = size.ljust(12, b"\0")
    block[156:157] = kind
    block[257:265] = b"ustar\x0000"
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


@pytest.mark.parametrize(
    "content",
    [
        header(b"0", b"\xff" * 12),
        header(b"0", b"\x80" + struct.pack(">3xQ", 1 << 62)),
        header(b"x", b"%o" % 600) + b"9" * 600 + bytes(424),
        header(b"x", b"13") + b"11 size=-1\n".ljust(512, b"\0"),
        header(b"x", b"%o" % 70_000) + bytes(70_144),
        header(b"0", b"zzz") + bytes(100),
    ],
    ids=range(6),
)
def test_headers_that_no_tool_writes_do_no_harm(content: bytes) -> None:
    try:
        assert unpacked("a.tar", content + bytes(1024)) in ({}, {"layers.py": b""})
    except SubmissionError as error:
        assert told(error)  # noqa: PT017 (both endings are right)


PACKED = [zipped(FILES), tarred(FILES), tarred(FILES, packed=False)]


@given(st.sampled_from(PACKED), st.data())
def test_a_damaged_archive_is_read_or_refused(
    content: bytes, data: st.DataObject
) -> None:
    damaged = bytearray(content)
    places = st.integers(0, len(damaged) - 1)
    for place in data.draw(st.lists(places, max_size=5)):
        damaged[place] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(0, len(damaged)))
    try:
        unpacked("a.zip", bytes(damaged[:end] if data.draw(st.booleans()) else damaged))
    except SubmissionError as error:
        assert told(error)  # noqa: PT017 (both endings are right)


def test_a_file_may_be_as_large_as_a_notebook() -> None:
    assert members.MAX_FILE == 20 * 1024 * 1024
