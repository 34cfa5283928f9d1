"""Find out whether a wrong answer comes from what an earlier call has left behind.

The smallest failing case is asked again as the very first thing in a fresh process.
Where it is right there, a call before it is looked for that makes it wrong.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from grader.corpus import case_seed, pose
from grader.explain.fresh import fresh_cases
from grader.explain.problems import failure_of, without_cache
from grader.records import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.corpus import Entry
    from grader.explain.minimise import Smallest
    from grader.explain.probe import Probe, Seen
    from grader.records import Case

#: So many calls are tried as the one before.
TRIED: Final = 6
#: So often the very same call is made again: chance may spare it once or twice.
REPEATED: Final = 5
#: So many small cases are tried, each with another one between forward and backward.
PAIRS: Final = 8


#: What is wrong with numbers, whatever their shape.
NUMBERS: Final = frozenset({"tensor.value", "tensor.not_finite"})


class When(StrEnum):
    """When a case is wrong that is right as a first call."""

    AGAIN = "again"  # the very same call was made before
    BETWEEN = "between"  # forward for other numbers came between forward and backward
    NEXT = "next"  # a call for other numbers came before
    INTERRUPTED = "interrupted"  # the same, for another case
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
    if not _is_right(_asked_first(probe, entry)):
        return None
    for _ in range(REPEATED):
        if (again := probe.ask(entry)).message is not None:
            return Memory(when=When.AGAIN, seen=again)
    _begin(probe)
    both = _of_two_fillings(probe, entry)
    whole = probe.ask_all(both)
    if whole.message is not None:
        return _next(probe, both) or Memory(when=When.BETWEEN, seen=whole)
    if (interrupted := _interrupted(probe, smallest)) is not None:
        return Memory(when=When.INTERRUPTED, seen=interrupted)
    for before in _calls_before(probe, entry):
        _asked_first(probe, before)
        seen = probe.ask(entry)
        if seen.message is not None:
            return Memory(when=When.AFTER, seen=seen, before=before)
    return Memory(when=When.LATER)


def _next(probe: Probe, both: Entry) -> Memory | None:
    """Return that a call for other numbers, all of it, spoils the next one."""
    before = replace(both, first=both.second)
    if not _is_right(_asked_first(probe, before)):
        return None  # these numbers are wrong by themselves
    seen = probe.ask(both)
    if seen.message is None:
        return None
    return Memory(when=When.NEXT, seen=seen, before=before)


def find_numbers(probe: Probe, smallest: Smallest, entry: Entry) -> Smallest | None:
    """Return the second numbers of the case if they are wrong by themselves.

    Then nothing is kept from the call before, and it is right for some numbers only.
    Raise SandboxError.
    """
    seen = _asked_first(probe, replace(entry, first=entry.second))
    if seen.message is None or seen.message.id not in NUMBERS:
        return None
    if seen.message.id == "tensor.value":
        message = Message(id="tensor.by_numbers", values=seen.message.values)
        seen = replace(seen, message=message)
    return replace(smallest, entry=seen.run.entry, seen=seen)


def _interrupted(probe: Probe, smallest: Smallest) -> Seen | None:
    """Return what comes of a call for another case before backward, if it is wrong.

    Smaller cases than those that the judge asked are looked for, then it is these.
    """
    judged = smallest.seen.run.between
    if judged is None:
        return None
    wanted = failure_of(probe.problem.message)
    for entry, between in (*_small_pairs(probe), (smallest.entry, judged)):
        seen = probe.ask_interrupted(entry, between)
        is_alike = seen.message is not None and failure_of(seen.message) == wanted
        if is_alike and _is_right(probe.ask(entry)):
            return seen
    return None


def _is_right(seen: Seen) -> bool:
    """Is the case right? It is not where forward left nothing to begin with."""
    return seen.message is None and not without_cache([seen.run])


def _small_pairs(probe: Probe) -> Iterator[tuple[Entry, Entry]]:
    """Yield small cases, each with the smallest one that has no size in common."""
    corpus = probe.engine.corpus
    small = sorted(fresh_cases(corpus), key=lambda case: sum(case.axes.values()))
    for case in small[:PAIRS]:
        other = max(small, key=lambda each: _difference(each, case))
        pair = (
            pose(corpus.exercise, c, seed=case_seed(c, seed=corpus.seed))
            for c in (case, other)
        )
        yield next(pair), next(pair)


def _difference(one: Case, other: Case) -> int:
    return sum(size != other.axes[axis] for axis, size in one.axes.items())


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
