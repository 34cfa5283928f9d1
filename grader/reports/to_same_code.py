"""Render the staff's page of functions that are the same in several submissions.

It says what is the same and shows how it was written, and never why that may be.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grader.reports.pages import page
from grader.reports.words import NO_SENTENCES, Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MOST_DIFFS: Final = 30  # of one group; more of the same is read by nobody
MOST_LINES: Final = 2_000  # of one diff


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One submission, and how its function is written."""

    submission: str
    student: str
    text: str

    @property
    def name(self) -> str:
        """What a teacher calls it."""
        return (
            f"{self.student} ({self.submission})" if self.student else self.submission
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A function that is the same in these submissions."""

    function: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a diff: "+", "-", "@" or a blank before it, and its text."""

    sign: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """How the first of a group and another one are written; no lines: the same."""

    first: str
    other: str
    lines: tuple[Line, ...]


def render(
    groups: Sequence[Group],
    *,
    language: str = "en",
    sentences: Mapping[str, str] = NO_SENTENCES,
) -> str:
    """Return the page of these groups."""
    return page(
        "same_code.html.j2",
        words=Words(language=language, own=sentences),
        scripts=("page.js",),
        groups=[(group, list(_diffs(group))) for group in groups],
        most=MOST_DIFFS,
    )


def _diffs(group: Group) -> Iterator[Diff]:
    first, *others = group.members
    for other in others[:MOST_DIFFS]:
        lines = difflib.unified_diff(
            first.text.split("\n")[:MOST_LINES],
            other.text.split("\n")[:MOST_LINES],
            lineterm="",
        )
        # The first two name files, which these are not.
        kept = [Line(sign=line[:1], text=line) for line in list(lines)[2:]]
        yield Diff(first=first.name, other=other.name, lines=tuple(kept))
