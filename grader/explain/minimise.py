"""Make a failing case small, then its numbers readable, in at most 60 calls.

The search goes over sizes and options, never over the numbers: one axis after the
other to its least value, as long as the program still fails in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from grader.corpus import case_seed, pose, pose_with
from grader.explain.fillings import plain_fillings, posed_plainly
from grader.explain.probe import WHOLE
from grader.explain.problems import failure_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.corpus import Entry
    from grader.exercise import Axes
    from grader.explain.probe import Probe, Seen
    from grader.records import Case

CALLS_ALLOWED: Final = 60
#: A death costs a process; so many others than the one that is looked for.
DEATHS_TO_CLIMB: Final = 2
#: Kept back for finding readable numbers.
CALLS_TO_REFILL: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Smallest:
    """The smallest failing case that was found, as it was last seen."""

    entry: Entry
    seen: Seen
    calls: int


def minimise(probe: Probe, start: Case, drawn: Sequence[Case]) -> Smallest | None:
    """Return the smallest case that fails as the start does, or None.

    None where the start itself does not fail once more. `drawn` are cases that
    Hypothesis drew; with what is left of the calls the smaller ones among them are
    tried. Raise SandboxError.
    """
    before = probe.calls
    search = _Search(probe=probe, limit=before + CALLS_ALLOWED - CALLS_TO_REFILL)
    smallest = search.fails(start)
    if smallest is None:
        return None
    smallest = search.descend(smallest)
    for case in sorted(drawn, key=lambda case: _weight(case.axes)):
        if _weight(case.axes) >= _weight(smallest.entry.case.axes):
            break
        smaller = search.fails(case)
        if smaller is not None:
            smallest = smaller
            break
    smallest = _readable(probe, smallest, limit=before + CALLS_ALLOWED)
    return replace(smallest, calls=probe.calls - before)


def climb(probe: Probe, start: Smallest, cases: Iterable[Case]) -> Smallest | None:
    """Return the first of the smaller cases that fails as the start does, or None.

    The smallest are tried first: of a program that hangs or dies whatever does not
    fail costs little, and one that does ends the search. Raise SandboxError.
    """
    before, deaths = probe.calls, probe.engine.attempts.deaths
    least = _weight(start.entry.case.axes)
    smaller = [case for case in cases if _weight(case.axes) < least]
    for case in sorted(smaller, key=lambda case: _weight(case.axes)):
        attempts = probe.engine.attempts
        spent = probe.calls - before + probe.cost > CALLS_ALLOWED
        if spent or attempts.is_over or attempts.deaths > deaths + DEATHS_TO_CLIMB:
            break
        # A kind of case in which something hung is not run any more.
        alone = replace(case, name="smallest", regime="")
        found = _seen(probe, posed_plainly(probe.engine.corpus.exercise, alone))
        if found is not None:
            return replace(found, calls=probe.calls - before)
    return None


@dataclass(slots=True)
class _Search:
    probe: Probe
    limit: int

    def fails(self, case: Case) -> Smallest | None:
        """Run the case if calls are left; None if it is right or fails otherwise."""
        if self.probe.calls + self.probe.cost > self.limit:
            return None
        corpus = self.probe.engine.corpus
        seed = case_seed(case, seed=corpus.seed)
        entry = pose(corpus.exercise, case, seed=seed, data="lattice")
        return _seen(self.probe, entry)

    def descend(self, smallest: Smallest) -> Smallest:
        """Take every step down that still fails, boldest first."""
        corpus = self.probe.engine.corpus
        tried = {_key(smallest.entry.case.axes)}
        while True:
            for axes in corpus.exercise.smaller(
                smallest.entry.case.axes, corpus.domain
            ):
                if _key(axes) in tried:
                    continue
                tried.add(_key(axes))
                case = replace(smallest.entry.case, axes=axes, name="smallest")
                smaller = self.fails(case)
                if smaller is not None:
                    smallest = smaller
                    break
            else:
                return smallest


def _seen(probe: Probe, entry: Entry) -> Smallest | None:
    seen = probe.ask(entry)
    wanted = failure_of(probe.problem.message)
    if seen.message is None or failure_of(seen.message) != wanted:
        return None
    return Smallest(entry=entry, seen=seen, calls=0)


def _key(axes: Axes) -> tuple[int, ...]:
    return tuple(axes.values())


def _weight(axes: Axes) -> int:
    """How much there is to look at: the sum of all sizes and options."""
    return sum(axes.values())


def _readable(probe: Probe, smallest: Smallest, *, limit: int) -> Smallest:
    """Refill the case with the plainest numbers on which it still fails."""
    if probe.problem.kind in WHOLE:
        return smallest
    exercise, entry = probe.engine.corpus.exercise, smallest.entry
    for filled in plain_fillings(exercise, entry.case):
        if probe.calls + probe.cost > limit:
            break
        posed = pose_with(exercise, entry.case, filled, seed=entry.seed)
        refilled = _seen(probe, posed)
        if refilled is not None:
            return refilled
    return smallest
