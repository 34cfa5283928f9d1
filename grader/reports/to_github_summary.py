"""Render a report as a GitHub job summary, which must not be too long."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.reports import to_markdown
from grader.reports.words import Words

if TYPE_CHECKING:
    from grader.report import Report

#: GitHub drops a step's whole summary above 1024 KiB; other writers may add to it.
MOST_BYTES: Final = 512 * 1024


def render(report: Report, *, language: str = "en") -> str:
    """Return the Markdown, cut between two blocks where it is too long."""
    text = to_markdown.render(report, language=language)
    if len(text.encode()) <= MOST_BYTES:
        return text
    kept: list[str] = []
    room = MOST_BYTES
    for block in text.split("\n\n"):
        room -= len(block.encode()) + 2
        if room < 0:
            break
        kept.append(block)
    return "\n\n".join([*kept, Words(language=language).label("cut")]) + "\n"
