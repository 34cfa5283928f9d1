"""List what is in a tar, packed by gzip, bzip2, xz, or not."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import tarfile
from typing import TYPE_CHECKING, Final

from grader.loaders.members import (
    MAX_ENTRIES,
    MAX_RATIO,
    MAX_TOTAL,
    UNSUSPECTED,
    Member,
)
from grader.loaders.records import KIB, MIB, refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCK: Final = 512
NEGATIVE: Final = 0xFF
# What is packed by the slower two: more of it takes seconds, and is no code.
MAX_SLOW: Final = 4 * MIB
MAX_MEMORY: Final = 80 * MIB  # that xz may ask for; its own default needs 9
SIZE: Final = slice(124, 136)
KIND: Final = slice(156, 157)
# Headers that carry text of their own, which tarfile reads with patterns that can be
# led to take quadratic time.
EXTENDED: Final = frozenset((b"x", b"g", b"X", b"L", b"K"))
MAX_EXTENDED: Final = 16 * KIB
ODD: Final = re.compile(rb"\d{30}|size=-")


def members_of_gzip(name: str, content: bytes) -> Iterator[Member]:
    """Yield the regular files of a tar.gz.

    Raises:
        SubmissionError: it grows too large, or holds no tar.
    """
    with gzip.GzipFile(fileobj=io.BytesIO(content)) as stream:
        tar = stream.read(MAX_TOTAL + 1)
    yield from _of_unpacked(name, content, tar)


def members_of_bzip2(name: str, content: bytes) -> Iterator[Member]:
    """Yield the regular files of a tar.bz2.

    Raises:
        SubmissionError: it is too large or grows so, or holds no tar.
    """
    yield from _of_slow(name, content, bz2.BZ2Decompressor())


def members_of_xz(name: str, content: bytes) -> Iterator[Member]:
    """Yield the regular files of a tar.xz.

    Raises:
        SubmissionError: it is too large or grows so, or holds no tar.
    """
    yield from _of_slow(name, content, lzma.LZMADecompressor(memlimit=MAX_MEMORY))


def _of_slow(
    name: str, content: bytes, reader: bz2.BZ2Decompressor | lzma.LZMADecompressor
) -> Iterator[Member]:
    if len(content) > MAX_SLOW:
        raise refusal("loading.too_large", file=name, limit=MAX_SLOW // MIB)
    most = min(MAX_TOTAL, max(UNSUSPECTED, MAX_RATIO * len(content)))
    yield from _of_unpacked(name, content, reader.decompress(content, most + 1))


def _of_unpacked(name: str, content: bytes, tar: bytes) -> Iterator[Member]:
    if len(tar) > max(UNSUSPECTED, MAX_RATIO * len(content)):
        raise refusal("loading.bomb", file=name, inside=name)
    if len(tar) > MAX_TOTAL:
        raise refusal("loading.too_large", file=name, limit=MAX_TOTAL // MIB)
    yield from members(name, tar)


def members(name: str, content: bytes) -> Iterator[Member]:
    """Yield the regular files of a tar.

    Raises:
        SubmissionError: it has too many entries, or headers that no tool writes.
    """
    _check_headers(name, content)
    # Left open, because its members are read later, from memory.
    archive = tarfile.open(fileobj=io.BytesIO(content), mode="r:")  # noqa: SIM115
    for count, info in enumerate(archive):
        if count > MAX_ENTRIES:
            raise refusal("loading.too_many_files", file=name, limit=MAX_ENTRIES)
        if info.isreg() and not info.issparse():
            yield _member(archive, info)


def _member(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Member:
    def read(limit: int) -> bytes:
        stream = archive.extractfile(info)
        return stream.read(limit) if stream else b""

    return Member(path=info.name, packed=max(info.size, 1), read=read)


def _check_headers(name: str, content: bytes) -> None:
    """Step from header to header before tarfile looks into any of them."""
    place, count = 0, 0
    while place + BLOCK <= len(content):
        header = content[place : place + BLOCK]
        size = _size(header[SIZE])
        count += 1
        if size < 0:
            raise refusal("loading.archive_broken", file=name)
        if count > MAX_ENTRIES:
            raise refusal("loading.too_many_files", file=name, limit=MAX_ENTRIES)
        text = content[place + BLOCK : place + BLOCK + size]
        is_extended = header[KIND] in EXTENDED
        if is_extended and (size > MAX_EXTENDED or ODD.search(text)):
            raise refusal("loading.archive_broken", file=name)
        place += BLOCK + -(-size // BLOCK) * BLOCK


def _size(field: bytes) -> int:
    """Return a header's size as tarfile reads it: octal digits, or a large number."""
    if field[0] == NEGATIVE:
        return -1  # with which some versions of tarfile go back for ever
    if field[0] & 0x80:
        return int.from_bytes(field[1:], "big")
    digits = field.partition(b"\0")[0].strip() or b"0"
    return int(digits, 8) if re.fullmatch(rb"[0-7]+", digits) else 0
