"""One file of an archive, and how much of an archive is taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grader.loaders.records import KIB, MIB

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_ENTRIES: Final = 5_000
MAX_FILE: Final = 20 * MIB
MAX_TOTAL: Final = 40 * MIB
MAX_RATIO: Final = 200  # honest text is packed to a tenth
UNSUSPECTED: Final = 256 * KIB  # below this a high ratio is no bomb


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One file of an archive, not yet unpacked."""

    path: str
    packed: int  # bytes in the archive
    read: Callable[[int], bytes]  # at most so many bytes
    is_locked: bool = False
