"""Pack files into a zip that is the same bytes whenever it is packed."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can tell
REGULAR: Final = 0o100000
UNIX: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file, by its path with slashes."""

    path: str
    content: bytes
    is_executable: bool = False


def zipped(files: Iterable[File]) -> bytes:
    """Return a zip of the files, in their order, with their rights."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            known = zipfile.ZipInfo(file.path, LONG_AGO)
            known.compress_type = zipfile.ZIP_DEFLATED
            known.create_system = UNIX
            rights = 0o755 if file.is_executable else 0o644
            known.external_attr = (REGULAR | rights) << 16
            archive.writestr(known, file.content)
    return packed.getvalue()
