"""Render a report as a GitHub job summary, which must not be too long."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.reports import to_markdown
from grader.reports.words import NO_SENTENCES, Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.report import Report

#: GitHub drops a step's whole summary above 1024 KiB; other writers may add to it.
MOST_BYTES: Final = 512 * 1024


def render(
    report: Report,
    *,
    language: str = "en",
    sentences: Mapping[str, str] = NO_SENTENCES,
) -> str:
    """Return the Markdown; blocks that do not fit are left out, and it says so."""
    words = Words(language=language, own=sentences)
    kept: list[str] = []
    blocks = to_markdown.blocks(report, words=words)
    room = MOST_BYTES
    for block in blocks:
        size = len(block.encode()) + 2
        if size <= room:
            kept.append(block)
            room -= size
    if len(kept) < len(blocks):
        kept.append(words.label("cut"))
    return "\n\n".join(kept) + "\n"
