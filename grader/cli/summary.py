"""Say in one screen how a batch came out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from rich.console import Group
from rich.constrain import Constrain
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.cli import terminal
from grader.report import Outcome
from grader.reports import wording
from grader.reports.foreign import visible_line
from grader.reports.printed import Printed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from grader.batch.grade import Batch
    from grader.batch.records import Entry

MOST_ROWS: Final = 50  # more do not fit a screen, and grades.csv has them all
WIDTH: Final = 78
STYLES: Final = {
    Outcome.GRADED: "",
    Outcome.UNDECIDED: "yellow",
    Outcome.UNREADABLE: "red",
    Outcome.MISSING: "dim",
}


def of(batch: Batch, *, graded: int) -> RenderableType:
    """Return a line for each submission, if they are few, and the totals."""
    found = sorted(batch.entries.values(), key=lambda entry: entry.shown)
    parts: list[RenderableType] = []
    if len(found) <= MOST_ROWS:
        parts += [*_lines(found), ""]
    kept = max(0, sum(e.outcome is not Outcome.MISSING for e in found) - graded)
    parts += [
        Text(_totals(found)),
        Text(f"{graded} graded now, {kept} unchanged since an earlier run."),
        Text(visible_line(f"Results: {batch.out}"), no_wrap=True, overflow="ignore"),
    ]
    return Printed(Group(*parts))


def has_undecided(batch: Batch) -> bool:
    """Say whether the grader itself failed on a submission."""
    return any(e.outcome is Outcome.UNDECIDED for e in batch.entries.values())


def _lines(found: Sequence[Entry]) -> Iterator[RenderableType]:
    """A line for each submission; why it has not all points stands below it."""
    scores = [wording.out_of(entry.score, entry.max_score) for entry in found]
    widest = max(map(len, scores), default=0)
    for entry, score in zip(found, scores, strict=True):
        line = Table.grid(expand=True, padding=(0, 1))
        line.add_column(ratio=1, overflow="fold")
        line.add_column(no_wrap=True, width=max(map(len, Outcome)))
        line.add_column(no_wrap=True, width=widest, justify="right")
        status = Text(entry.outcome.value, STYLES[entry.outcome])
        line.add_row(Text(visible_line(entry.shown)), status, score)
        yield Constrain(line, WIDTH)
        if remark := dict(entry.row)["note"]:
            yield Constrain(Padding(Text(remark, "dim"), (0, 0, 0, 4)), WIDTH)


def _totals(found: Sequence[Entry]) -> str:
    counts = Counter(entry.outcome for entry in found)
    missing = counts.pop(Outcome.MISSING, 0)
    told = [f"{counts[o]} {o.value}" for o in Outcome if counts[o]]
    graded = [e for e in found if e.outcome is Outcome.GRADED and e.max_score]
    shares = [(e.score or 0.0) / e.max_score for e in graded]
    average = 100 * sum(shares) / len(shares) if shares else 0.0
    mean = f"; {average:.1f} % on average" if shares else ""
    rest = f" {missing} handed in nothing." if missing else ""
    all_of_them = f"{counts.total()} submission{terminal.plural(counts.total())}"
    return f"{all_of_them}: {', '.join(told)}{mean}.{rest}"
