"""Unpack an archive of many submissions into a folder, under names that are safe.

The archive is the teacher's, its contents are not: no link, nothing outside the
folder. Of what is neither code, an archive, nor what names the students only the
beginning is kept: who handed in a PDF has handed in something, and is told what it is.
"""

from __future__ import annotations

import re
import stat
import tarfile
import unicodedata
import zipfile
from typing import TYPE_CHECKING, Final

from grader.errors import SubmissionError, UsageError
from grader.loaders.archives import is_archive, unpacked
from grader.loaders.bulk.gradescope import METADATA
from grader.loaders.files import is_code, is_litter, may_hold_code
from grader.loaders.from_zip import name_of
from grader.loaders.reading import read_file
from grader.loaders.records import KIB, MIB

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import IO

MAX_FILE: Final = 41 * MIB  # a byte more than a submission may have tells that it has
MAX_METADATA: Final = 500 * MIB
MAX_OTHER: Final = 4 * KIB
MAX_TOTAL: Final = 8_000 * MIB
MAX_FILES: Final = 200_000
CHUNK: Final = MIB
# What one system or another does not take in a name.
UNSAFE: Final = re.compile(r"[<>:\"|?*\x00-\x1f\x7f]")
RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
LONGEST: Final = 120  # letters of one name


def unpack(archive: Path, folder: Path) -> None:
    """Write what may belong to a submission below the folder.

    Raises:
        UsageError: the archive is broken, locked, or larger than any course.
    """
    try:
        total = count = 0
        for name, stream in _files(archive):
            target = _place(folder, name)
            if target is not None:
                count += 1
                total += _copy(stream, target)
                _check(archive, total=total, count=count)
    except UsageError:
        raise
    except Exception as error:  # damage makes the readers raise anything
        raise UsageError(f"archive {str(archive)!r} is broken: {error}") from error


def _check(archive: Path, *, total: int, count: int) -> None:
    if total > MAX_TOTAL or count > MAX_FILES:
        raise UsageError(
            f"archive {str(archive)!r} holds more than {MAX_TOTAL // MIB} MB or"
            f" {MAX_FILES} files of code; wanted the submissions of one course"
        )


def names_in(archive: Path) -> list[str]:
    """Return the names of the files in an archive, as far as they can be read."""
    try:
        if zipfile.is_zipfile(archive):
            with zipfile.ZipFile(archive) as zipped:
                return [name_of(info) for info in zipped.infolist()]
        with tarfile.open(archive) as tar:
            return tar.getnames()
    except Exception:  # damage makes the readers raise anything  # noqa: BLE001
        return []


def defines(archive: Path, functions: Sequence[str]) -> int:
    """Return how many entries of the archive define one of the functions.

    An entry is what lies at the top, or in the one folder that is there. A broken or
    locked archive has none that could be told.
    """
    try:
        return len(set(_defining_entries(archive, functions)))
    except Exception:  # damage makes the readers raise anything  # noqa: BLE001
        return 0


def _defining_entries(archive: Path, functions: Sequence[str]) -> Iterator[str]:
    names = [name.strip("/").split("/") for name in names_in(archive)]
    tops = {parts[0] for parts in names if not is_litter("/".join(parts))}
    depth = 1 if len(tops) == 1 and any(len(parts) > 1 for parts in names) else 0
    defined = _defining(functions)
    for name, stream in _files(archive) if functions else ():
        parts = name.replace("\\", "/").split("/")
        if len(parts) > depth and not is_litter(name):
            texts = {name: stream.read(MAX_FILE)}
            if is_archive(name):
                texts = _inside(name, texts[name])
            if any(is_code(each) and defined.search(texts[each]) for each in texts):
                yield parts[depth]


def defined_in(path: Path, functions: Sequence[str]) -> bool:
    """Tell whether a plain file defines one of the functions, as far as it is text."""
    if not functions:
        return False
    try:
        content = read_file(path)
    except (OSError, SubmissionError):
        return False
    return _defining(functions).search(content) is not None


def _defining(functions: Sequence[str]) -> re.Pattern[bytes]:
    known = "|".join(re.escape(name.partition(".")[0]) for name in functions)
    return re.compile(rf"\b(?:def|class)\s+(?:{known})\b".encode())


def _inside(name: str, content: bytes) -> dict[str, bytes]:
    try:
        return unpacked(name, content) or {}
    except SubmissionError:
        return {}


def _files(archive: Path) -> Iterator[tuple[str, IO[bytes]]]:
    if zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as zipped:
            for info in zipped.infolist():
                kind = stat.S_IFMT(info.external_attr >> 16)
                if not info.is_dir() and kind in {0, stat.S_IFREG}:
                    with zipped.open(info) as stream:
                        yield name_of(info), stream
        return
    with tarfile.open(archive) as tar:
        for member in tar:
            if member.isreg() and (inside := tar.extractfile(member)):
                yield member.name, inside


def _place(folder: Path, name: str) -> Path | None:
    """Return where a file goes; None: nowhere, nobody has handed it in."""
    parts = name.replace("\\", "/").split("/")
    plain = "/".join(part for part in parts if part not in {"", "."})
    if ".." in parts or is_litter(plain):
        return None
    return folder.joinpath(*map(_safe, plain.split("/")))


def _safe(part: str) -> str:
    part = UNSAFE.sub("_", unicodedata.normalize("NFC", part)).rstrip(". ") or "_"
    if RESERVED.match(part):
        part = f"_{part}"
    return (
        part if len(part) <= LONGEST else part[: LONGEST // 2] + part[-LONGEST // 2 :]
    )


def _copy(stream: IO[bytes], target: Path) -> int:
    limit = MAX_OTHER
    if may_hold_code(target.name) or is_archive(target.name):
        limit = MAX_FILE
    if target.name == METADATA:
        limit = MAX_METADATA
    target.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    with target.open("wb") as written:
        while size <= limit and (chunk := stream.read(min(CHUNK, limit + 1 - size))):
            written.write(chunk)
            size += len(chunk)
    return size
