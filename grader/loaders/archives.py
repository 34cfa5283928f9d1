"""Unpack a student's archive in memory: nothing is written, everything is capped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from grader.errors import SubmissionError
from grader.loaders import from_tar, from_zip
from grader.loaders.files import (
    is_code,
    is_litter,
    may_hold_code,
    refuse_other_kinds,
)
from grader.loaders.members import MAX_FILE, MAX_RATIO, MAX_TOTAL, UNSUSPECTED
from grader.loaders.records import MIB, refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from grader.loaders.members import Member

MAX_DEPTH: Final = 2  # archives in archives
ENDINGS: Final = re.compile(
    r"\.(zip|tar|tgz|tbz2?|txz|tar\.(gz|bz2|xz))$", re.IGNORECASE
)
ABSOLUTE: Final = re.compile(r"^(/|[A-Za-z]:)")
# By the first bytes.
STARTS: Final[Mapping[bytes, Callable[[str, bytes], Iterator[Member]]]] = {
    b"PK\x03\x04": from_zip.members,
    b"PK\x05\x06": from_zip.members,
    b"\x1f\x8b": from_tar.members_of_gzip,
    b"BZh": from_tar.members_of_bzip2,
    b"\xfd7zXZ\0": from_tar.members_of_xz,
}


def is_archive(name: str) -> bool:
    """Tell whether a file is an archive by its name."""
    return ENDINGS.search(name) is not None


def unpacked(name: str, content: bytes, *, depth: int = 0) -> dict[str, bytes] | None:
    """Return the code files of an archive by path; None if it is no archive.

    Archives inside it are unpacked too; their files' paths begin with their names.

    Raises:
        SubmissionError: it is broken, locked, too large, or leaves its folder.
    """
    reader = _reader_for(content)
    if reader is None:
        if is_archive(name):
            refuse_other_kinds(name, content)
            raise refusal("loading.archive_broken", file=name)
        return None
    if depth > MAX_DEPTH:
        raise refusal("loading.nested", file=name, limit=MAX_DEPTH)
    found: dict[str, bytes] = {}
    try:
        for path, inner in _within_bounds(name, list(reader(name, content))):
            deeper = unpacked(path, inner, depth=depth + 1)
            if deeper is None:
                found[path] = inner
            else:
                found |= {f"{path}/{each}": text for each, text in deeper.items()}
    except SubmissionError:
        raise
    except Exception as error:  # damage makes the readers raise anything
        raise refusal("loading.archive_broken", file=name) from error
    return found


def _reader_for(content: bytes) -> Callable[[str, bytes], Iterator[Member]] | None:
    readers = (reader for start, reader in STARTS.items() if content.startswith(start))
    found = next(readers, None)
    if found is None and content[257:262] == b"ustar":
        return from_tar.members
    return found


def _within_bounds(name: str, members: list[Member]) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of what may be code, checked as it is unpacked."""
    paths = [_safe(name, member.path) for member in members]
    kept = [
        (path, member)
        for path, member in zip(paths, members, strict=True)
        if not is_litter(path)
    ]
    code = [pair for pair in kept if is_code(pair[0]) or is_archive(pair[0])]
    texts = [pair for pair in kept if may_hold_code(pair[0])]
    total = 0
    for path, member in code or texts:
        if member.is_locked:
            raise refusal("loading.locked", file=name)
        inner = member.read(MAX_FILE + 1)
        total += len(inner)
        if len(inner) > MAX_FILE or total > MAX_TOTAL:
            raise refusal("loading.too_large", file=name, limit=MAX_FILE // MIB)
        if len(inner) > max(UNSUSPECTED, MAX_RATIO * member.packed):
            raise refusal("loading.bomb", file=name, inside=path)
        yield path, inner


def _safe(name: str, path: str) -> str:
    """Return the path with "/" only; it must stay inside the archive."""
    path = path.replace("\\", "/")
    if ABSOLUTE.match(path) or ".." in path.split("/"):
        raise refusal("loading.unsafe_path", file=name, inside=path)
    return path.removeprefix("./")
