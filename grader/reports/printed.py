"""Keep lines that are wrapped for a terminal from becoming commands to a runner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.segment import Segment

from grader.reports.foreign import without_commands

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
            text = "".join(segment.text for segment in line)
            harmless = without_commands(text)
            yield from line if harmless == text else [Segment(harmless)]
            yield Segment.line()
