"""Of what one student handed in several times, keep the latest and name the others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from grader.loaders.records import message

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from grader.loaders.bulk.records import HandedIn
    from grader.records import Message

    Placed = tuple[HandedIn, Path]  # and the folder that it lies in


def latest(found: Sequence[Placed]) -> list[Placed]:
    """Return the pairs without those that a later one of the same student replaces.

    Only where the platform says who it was and in which order it came: two files of
    a plain folder are never taken for the same student's.
    """
    by_student: dict[tuple[str, str], list[Placed]] = {}
    kept: list[Placed] = []
    for pair in found:
        handed_in = pair[0]
        if handed_in.order and handed_in.identity.platform_id:
            who = (handed_in.platform, handed_in.identity.platform_id)
            by_student.setdefault(who, []).append(pair)
        else:
            kept.append(pair)
    for same in by_student.values():
        *earlier, last = sorted(same, key=lambda pair: pair[0].order)
        notes = [_named(last, before) for before in earlier]
        kept.append((replace(last[0], notes=(*notes, *last[0].notes)), last[1]))
    return kept


def _named(last: Placed, before: Placed) -> Message:
    return message(
        "loading.note.handed_in_again", file=_place(last), other=_place(before)
    )


def _place(placed: Placed) -> str:
    handed_in, below = placed
    names = [file.path.name for file in handed_in.files]
    return f"{below.name}/{', '.join(names) or handed_in.identity.submission}"
