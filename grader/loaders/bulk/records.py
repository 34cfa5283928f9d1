"""One submission of many: who handed it in, and where its files lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from grader.records import Message
    from grader.report import Identity


@dataclass(frozen=True, slots=True, kw_only=True)
class LooseFile:
    """A file that a platform has renamed, and the name that its student gave it."""

    name: str
    path: Path
    given: str  # the platform's name, with what it says


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The code of a submission as bytes, or why there is none."""

    name: str  # what sentences call all of it
    files: Mapping[str, bytes]  # by path inside it
    refusal: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """One submission, not yet read: a path, or loose files that belong together.

    With its contents it can be graded where those paths are not.
    """

    identity: Identity
    path: Path | None = None
    files: tuple[LooseFile, ...] = ()
    notes: tuple[Message, ...] = ()
    platform: str = ""  # whose download it is from
    order: str = ""  # grows with the time it was handed in; blank: not known
    contents: Contents | None = None  # None: they lie where the paths say
