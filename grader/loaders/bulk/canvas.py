"""Read the names of Canvas's bulk download: one flat folder, a file an attachment.

`<name, lower case, no spaces>[_LATE]_<user id>_<attachment id>_<file>`, anonymous
`[LATE_]anon_<id>_<attachment id>_<file>`. A file that is handed in again is called
`layers-1.py`, then `layers-2.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from grader.loaders.bulk.records import HandedIn, LooseFile
from grader.loaders.records import message
from grader.report import Identity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from grader.records import Message

NAMED: Final = re.compile(
    r"(?P<early>LATE_)?(?P<name>[^_].*?)_(?P<late>LATE_)?(?P<user>\d+)_"
    r"(?P<attachment>\d+)_(?P<file>.+)",
    re.DOTALL,
)
AGAIN: Final = re.compile(r"(?P<stem>.+?)-(?P<count>\d{1,3})(?P<ending>(\.[^.]+)+)")
ANONYMOUS: Final = "anon"
PLATFORM: Final = "canvas"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """One file, and what its name says."""

    path: Path
    name: str
    user: str
    number: int
    late: bool
    file: str  # as the student called it
    count: int  # how often it was handed in before

    @property
    def row(self) -> str:
        """What the submission is called."""
        return f"{self.name}_{self.user}"


def attachment(path: Path) -> Attachment | None:
    """Return what the name of a file says, if it is one of Canvas's."""
    found = NAMED.fullmatch(path.name)
    if found is None:
        return None
    again = AGAIN.fullmatch(found["file"])
    return Attachment(
        path=path,
        name=found["name"],
        user=found["user"],
        number=int(found["attachment"]),
        late=bool(found["early"] or found["late"]),
        file=f"{again['stem']}{again['ending']}" if again else found["file"],
        count=int(again["count"]) if again else 0,
    )


def together(attachments: Sequence[Attachment]) -> Iterator[HandedIn]:
    """Yield a submission for every user; of a file handed in again, the last."""
    ordered = sorted(attachments, key=lambda each: each.row)
    for row, group in groupby(ordered, key=lambda each: each.row):
        yield _submission(row, list(group))


def _submission(row: str, files: list[Attachment]) -> HandedIn:
    latest: dict[str, Attachment] = {}
    earlier: list[Attachment] = []
    for each in sorted(files, key=lambda each: (each.count, each.number)):
        if before := latest.get(each.file):
            earlier.append(before)
        latest[each.file] = each
    kept = sorted(latest.values(), key=lambda each: each.path.name)
    return HandedIn(
        identity=_identity(row, kept),
        files=tuple(
            LooseFile(name=each.file, path=each.path, given=each.path.name)
            for each in kept
        ),
        notes=tuple(_again(latest[each.file], each) for each in earlier),
        platform=PLATFORM,
        # Attachments are numbered as they come.
        order=f"{max(each.number for each in kept):030d}",
    )


def _identity(row: str, kept: list[Attachment]) -> Identity:
    first = kept[0]
    return Identity(
        submission=row,
        student="" if first.name == ANONYMOUS else first.name,
        platform_id=first.user,
        late="LATE" if any(each.late for each in kept) else "",
    )


def _again(last: Attachment, before: Attachment) -> Message:
    return message(
        "loading.note.handed_in_again", file=last.path.name, other=before.path.name
    )
