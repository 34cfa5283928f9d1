"""Keep lines that are wrapped for a terminal from becoming commands to a runner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.segment import Segment

from grader.reports.foreign import without_broken_commands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console, ConsoleOptions, RenderableType


@dataclass(frozen=True, slots=True)
class Printed:
    """What is shown, line by line; a line that looks like a command is spelled.

    Foreign text is made visible before, but a break may put any word of it first.
    """

    shown: RenderableType

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[Segment]:
        for line in Segment.split_lines(console.render(self.shown, options)):
            kept = _without_end_blanks(line)
            text = "".join(segment.text for segment in kept)
            harmless = without_broken_commands(text)
            yield from kept if harmless == text else [Segment(harmless)]
            yield Segment.line()


def _without_end_blanks(line: list[Segment]) -> list[Segment]:
    """Tables are filled up with blanks, which a file or a copied line would keep."""
    kept = list(line)
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        last = kept[-1]
        kept[-1] = Segment(last.text.rstrip(), last.style, last.control)
    return kept
