"""Count over a batch: scores, failures by kind of case, misconceptions, the slowest."""

from __future__ import annotations

import statistics
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grader.report import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.reports.class_rows import ClassList, ClassRow

TO: Final = "\N{EN DASH}"
BUCKETS: Final = 10  # of a tenth each; full marks have one of their own
MOST_SLOW: Final = 10
MOST_LINKS: Final = 12
MOST_REASONS: Final = 100
MOST_FREQUENT: Final = 12
SHADES: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """How many submissions got between these percentages, the upper one excluded."""

    label: str
    count: int

    @property
    def pair(self) -> tuple[str, int]:
        """Label and count, as the chart takes them."""
        return self.label, self.count


@dataclass(frozen=True, slots=True, kw_only=True)
class Heat:
    """How many submissions lost something for one criterion in one kind of case."""

    column: int
    kind: int  # its place in the column
    wrong: int
    judged: int
    shade: int  # 0 (none) to SHADES (all)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequent:
    """One misconception, and the submissions that show it."""

    name: str
    rows: tuple[ClassRow, ...]

    @property
    def first(self) -> tuple[ClassRow, ...]:
        """As many of them as are worth linking."""
        return self.rows[:MOST_LINKS]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ungraded:
    """Submissions that could not be graded for one reason."""

    rows: tuple[ClassRow, ...]

    @property
    def first(self) -> tuple[ClassRow, ...]:
        """As many of them as are worth linking."""
        return self.rows[:MOST_LINKS]


def outcomes(listed: ClassList) -> dict[Outcome, int]:
    """Return how many submissions ended in each way, in the order of `Outcome`."""
    counts = Counter(row.outcome for row in listed.rows)
    return {outcome: counts[outcome] for outcome in Outcome if counts[outcome]}


def shares(listed: ClassList) -> list[float]:
    """Return the score of every submission that was graded, as a part of 1."""
    return [
        row.score / row.max_score
        for row in listed.rows
        if row.outcome is Outcome.GRADED and row.score is not None and row.max_score
    ]


def distribution(listed: ClassList) -> tuple[Bucket, ...]:
    """Return the buckets of a histogram of scores in percent."""
    counts = Counter(max(0, min(BUCKETS, int(s * BUCKETS))) for s in shares(listed))
    labels = [f"{10 * i}{TO}{10 * i + 9}" for i in range(BUCKETS)] + ["100"]
    return tuple(
        Bucket(label=label, count=counts[place]) for place, label in enumerate(labels)
    )


def average(listed: ClassList) -> tuple[float, float] | None:
    """Return mean and median in percent, None if nothing was graded."""
    known = shares(listed)
    if not known:
        return None
    return 100 * statistics.fmean(known), 100 * statistics.median(known)


def heat(listed: ClassList) -> tuple[tuple[Heat, ...], ...]:
    """Return for each column its kinds of case, with how many are wrong there."""
    return tuple(
        tuple(_heat(listed, column=column, kind=kind) for kind in range(len(it.kinds)))
        for column, it in enumerate(listed.columns)
    )


def _heat(listed: ClassList, *, column: int, kind: int) -> Heat:
    entries = (row.entries[column] for row in listed.rows)
    letters = Counter(entry.kinds[kind] for entry in entries if entry is not None)
    wrong, judged = (
        letters["f"] + letters["h"],
        letters["f"] + letters["h"] + letters["p"],
    )
    shade = -(-SHADES * wrong // judged) if judged else 0
    return Heat(column=column, kind=kind, wrong=wrong, judged=judged, shade=shade)


def frequent(listed: ClassList) -> tuple[Frequent, ...]:
    """Return the misconceptions, the most frequent first."""
    by_name: dict[str, list[ClassRow]] = {}
    for row in listed.rows:
        for name in row.mistakes:
            by_name.setdefault(name, []).append(row)
    found = (Frequent(name=name, rows=tuple(rows)) for name, rows in by_name.items())
    return tuple(sorted(found, key=lambda it: (-len(it.rows), it.name)))


def ungraded(listed: ClassList) -> tuple[Ungraded, ...]:
    """Return what could not be graded by its reason, our own faults first."""
    order = list(Outcome)
    by_reason: dict[tuple[int, str], list[ClassRow]] = {}
    for row in listed.rows:
        if row.outcome is not Outcome.GRADED:
            why = "" if row.reason is None else repr(row.reason)
            by_reason.setdefault((order.index(row.outcome), why), []).append(row)
    found = sorted(by_reason.items(), key=lambda it: (it[0][0], -len(it[1]), it[0][1]))
    return tuple(Ungraded(rows=tuple(rows)) for _, rows in found[:MOST_REASONS])


def slowest(listed: ClassList) -> Sequence[ClassRow]:
    """Return the submissions that took longest, the slowest first."""
    ran = [row for row in listed.rows if row.seconds > 0]
    return sorted(ran, key=lambda row: -row.seconds)[:MOST_SLOW]
