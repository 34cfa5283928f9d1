"""Say in one screen how a batch came out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from rich.console import Group
from rich.table import Table
from rich.text import Text

from grader.report import Outcome
from grader.reports import to_csv, wording
from grader.reports.foreign import visible_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from grader.batch.grade import Batch
    from grader.batch.records import Entry

MOST_ROWS: Final = 50  # more do not fit a screen, and grades.csv has them all
WIDEST_NAME: Final = 40
STYLES: Final = {
    Outcome.GRADED: "",
    Outcome.UNDECIDED: "yellow",
    Outcome.UNREADABLE: "red",
    Outcome.MISSING: "dim",
}


def of(batch: Batch, *, graded: int) -> RenderableType:
    """Return a line for each submission, if they are few, and the totals."""
    found = [batch.entries[name] for name in sorted(batch.entries)]
    parts: list[RenderableType] = []
    if len(found) <= MOST_ROWS:
        parts += [_table(found), ""]
    kept = len(found) - graded
    parts += [
        Text(_totals(found)),
        Text(f"{graded} graded now, {kept} unchanged since an earlier run."),
        Text(visible_line(f"Results: {batch.out}"), no_wrap=True, overflow="ignore"),
    ]
    return Group(*parts)


def has_undecided(batch: Batch) -> bool:
    """Say whether the grader itself failed on a submission."""
    return any(e.outcome is Outcome.UNDECIDED for e in batch.entries.values())


def _table(found: Sequence[Entry]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True, overflow="ellipsis", max_width=WIDEST_NAME)
    table.add_column(no_wrap=True, min_width=max(map(len, Outcome)))
    scores = [wording.out_of(entry.score, entry.max_score) for entry in found]
    table.add_column(no_wrap=True, justify="right", min_width=max(map(len, scores)))
    table.add_column(no_wrap=True, overflow="ellipsis")
    for entry, score in zip(found, scores, strict=True):
        table.add_row(
            Text(visible_line(entry.name)),
            Text(entry.outcome.value, STYLES[entry.outcome]),
            score,
            Text(_remark(entry), "dim"),
        )
    return table


def _remark(entry: Entry) -> str:
    """Why there is no grade, else where points were lost."""
    row = dict(entry.row)
    if entry.outcome is not Outcome.GRADED:
        return row["note"]
    criteria = len(row) - len(to_csv.FIRST) - len(to_csv.LAST)
    if len(entry.lost) == criteria > 1:
        return "wrong in everything"
    return ", ".join(entry.lost)


def _totals(found: Sequence[Entry]) -> str:
    counts = Counter(entry.outcome for entry in found)
    told = [f"{counts[o]} {o.value}" for o in Outcome if counts[o]]
    shares = [e.score / e.max_score for e in found if e.score is not None]
    mean = f"; {100 * sum(shares) / len(shares):.1f} % on average" if shares else ""
    return f"{len(found)} submissions: {', '.join(told)}{mean}."
