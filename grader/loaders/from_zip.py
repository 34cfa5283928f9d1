"""List what is in a zip."""

from __future__ import annotations

import io
import stat
import zipfile
from typing import TYPE_CHECKING, Final

from grader.loaders.members import MAX_ENTRIES, Member
from grader.loaders.records import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

ENTRY: Final = b"PK\x01\x02"
UTF8_FLAG: Final = 0x800
LOCKED_FLAG: Final = 0x1
OFFICE: Final = "[Content_Types].xml"


def members(name: str, content: bytes) -> Iterator[Member]:
    """Yield the regular files of a zip.

    Raises:
        SubmissionError: there are too many, or it is an Office document.
    """
    # Counted before zipfile makes an object of each.
    if content.count(ENTRY) > MAX_ENTRIES:
        raise refusal("loading.too_many_files", file=name, limit=MAX_ENTRIES)
    archive = zipfile.ZipFile(io.BytesIO(content))
    if OFFICE in archive.namelist():
        raise refusal("loading.other_kind", file=name, kind="Office")
    for info in archive.infolist():
        mode = info.external_attr >> 16
        is_regular = stat.S_IFMT(mode) in {0, stat.S_IFREG}
        if is_regular and not info.is_dir():
            yield _member(archive, info)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Member:
    def read(limit: int) -> bytes:
        with archive.open(info) as stream:
            return stream.read(limit)

    return Member(
        path=name_of(info),
        packed=info.compress_size,
        read=read,
        is_locked=bool(info.flag_bits & LOCKED_FLAG),
    )


def name_of(info: zipfile.ZipInfo) -> str:
    """Return the name as its maker saw it; old zips do not say their encoding."""
    if info.flag_bits & UTF8_FLAG:
        return info.filename
    try:
        raw = info.filename.encode("cp437")  # as which zipfile has read it
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "cp949"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename
