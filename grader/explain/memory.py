"""Find out whether a wrong answer comes from what an earlier call has left behind.

The smallest failing case is asked again as the very first thing in a fresh process.
Where it is right there, a call before it is looked for that makes it wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from grader.corpus import case_seed, pose
from grader.explain.boundary import fresh_cases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.corpus import Entry
    from grader.explain.minimise import Smallest
    from grader.explain.probe import Probe, Seen
    from grader.records import Case

#: So many calls are tried as the one before.
TRIED: Final = 6


class When(StrEnum):
    """When a case is wrong that is right as a first call."""

    BETWEEN = "between"  # forward for other numbers came between forward and backward
    AFTER = "after"  # another case came before
    LATER = "later"  # after more calls than were tried


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What an earlier call does to a case; `before` is the case of that call."""

    when: When
    seen: Seen | None = None
    before: Entry | None = None


def find_memory(probe: Probe, smallest: Smallest) -> Memory | None:
    """Return what makes the case wrong; None where it is wrong by itself.

    Raise SandboxError.
    """
    entry = smallest.entry
    if _asked_first(probe, entry).message is not None:
        return None
    _begin(probe)
    whole = probe.ask_all(_of_two_fillings(probe, entry))
    if whole.message is not None:
        return Memory(when=When.BETWEEN, seen=whole)
    for before in _calls_before(probe, entry):
        _asked_first(probe, before)
        seen = probe.ask(entry)
        if seen.message is not None:
            return Memory(when=When.AFTER, seen=seen, before=before)
    return Memory(when=When.LATER)


def _of_two_fillings(probe: Probe, entry: Entry) -> Entry:
    """Return the case with other numbers to call forward with in between."""
    if entry.first is not entry.second:
        return entry
    return pose(probe.engine.corpus.exercise, entry.case, seed=entry.seed)


def _asked_first(probe: Probe, entry: Entry) -> Seen:
    _begin(probe)
    return probe.ask(entry)


def _begin(probe: Probe) -> None:
    """Let the next call be the first one; a broken load answers that call."""
    probe.engine.attempts.worker.load()


def _calls_before(probe: Probe, entry: Entry) -> Iterator[Entry]:
    """Yield small cases, other options first, and what the judge began with."""
    corpus = probe.engine.corpus
    options = corpus.exercise.options

    def order(case: Case) -> tuple[bool, int]:
        alike = options(case.axes) == options(entry.case.axes)
        return alike, sum(case.axes.values())

    others = [c for c in fresh_cases(corpus) if dict(c.axes) != dict(entry.case.axes)]
    for case in sorted(others, key=order)[: TRIED - 1]:
        seed = case_seed(case, seed=corpus.seed)
        yield pose(corpus.exercise, case, seed=seed)
    yield corpus.entries[0]
