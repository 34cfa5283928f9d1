"""Choose another case for which forward is called between a case's two functions.

In a network with two layers of a kind, backward of one comes after forward of both. A
program that keeps sizes or options of its last forward outside the cache is right in
every case by itself, and wrong there.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from grader.calls import Returned
from grader.engine.judge import GENERAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.corpus import Entry
    from grader.engine.protocol import CaseRun


def choose_between(entry: Entry, before: Iterable[CaseRun]) -> Entry | None:
    """Return the case whose sizes and options differ most, of those that ran before.

    It is one of the same regime that forward has answered: who raises or hangs in it
    has paid for that already, and partial credit stays where the mistake is. General
    cases are the costly ones, and left out.
    """
    others = [
        run.entry
        for run in before
        if run.entry.case.regime == entry.case.regime
        and run.entry.case.role != GENERAL
        and _is_answered(run)
        and _sizes(run.entry) != _sizes(entry)
    ]
    return max(others, key=lambda other: _difference(other, entry), default=None)


def waves(entries: Sequence[Entry]) -> list[list[int]]:
    """Return the places of the entries in groups that can be run at once.

    For no entry will another one of its own group be chosen: all that may be are in
    the groups before. Within a group and a regime the order stays.
    """
    found: list[list[int]] = []
    others: Counter[str] = Counter()  # so many that may be chosen, by regime
    for place, entry in enumerate(entries):
        wave = others[entry.case.regime]
        if wave == len(found):
            found.append([])
        found[wave].append(place)
        others[entry.case.regime] += entry.case.role != GENERAL
    return found


def _is_answered(run: CaseRun) -> bool:
    return all(isinstance(o, Returned) for o in run.forward)


def _sizes(entry: Entry) -> list[tuple[int, ...]]:
    return [array.shape for array in entry.first.arrays.values()]


def _difference(one: Entry, other: Entry) -> tuple[int, int]:
    """Return how many options differ, and how many sizes."""
    mine, yours = one.options or {}, other.options or {}
    options = sum(mine[name] != yours[name] for name in mine)
    axes, others = one.case.axes, other.case.axes
    return options, sum(axes[axis] != others[axis] for axis in axes)
