"""Ask a worker everything that one case needs, in the order that finds hidden state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grader.calls import (
    Absent,
    Again,
    Backward,
    Died,
    Forward,
    Inputs,
    Request,
    TimedOut,
)
from grader.remembering import Remembered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.calls import Observation, Step
    from grader.corpus import Entry

FIRST: Final = 0  # slot and data set
SECOND: Final = 1
OTHER: Final = 2  # slot of the case that comes between


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRun:
    """What the worker did with one case, by what was asked.

    `forward` and `backward` have an observation for each data set that was asked of,
    the first one first; what was not asked is empty or None. `between` is the case for
    which forward was called before backward was; what that returned is not judged.
    """

    entry: Entry
    between: Entry | None = None
    forward: tuple[Observation, ...]
    again: Observation | None = None
    backward: tuple[Observation, ...] = ()
    inputs: Observation | None = None


def ask(entry: Entry, between: Entry | None = None) -> Request:
    """Return the request for one case; the same object for the same entries.

    Backward is called on the second data set before the first, and forward for another
    case before both, so that a program that keeps its state outside the cache answers
    the wrong question.
    """
    return _asked(entry, between)


def _ask(entry: Entry, between: Entry | None) -> Request:
    count = len(entry.first.arrays)
    arrays = (*entry.first.arrays.values(), *entry.second.arrays.values())
    first_dout, second_dout = len(arrays), len(arrays) + 1
    arrays = (*arrays, entry.first.dout, entry.second.dout)
    steps: tuple[Step, ...] = (
        Forward(arrays=tuple(range(count)), options=entry.options, slot=FIRST),
        Forward(
            arrays=tuple(range(count, 2 * count)), options=entry.options, slot=SECOND
        ),
        *_other(between, start=len(arrays)),
        Again(slot=FIRST),
        Backward(dout=second_dout, slot=SECOND),
        Backward(dout=first_dout, slot=FIRST),
        Inputs(),
    )
    others = () if between is None else tuple(between.first.arrays.values())
    return Request(arrays=(*arrays, *others), steps=steps)


def _other(between: Entry | None, *, start: int) -> tuple[Step, ...]:
    """Return the call of forward for another case, whose arrays start there."""
    if between is None:
        return ()
    places = tuple(range(start, start + len(between.first.arrays)))
    return (Forward(arrays=places, options=between.options, slot=OTHER),)


_asked: Final = Remembered(_ask, most=128)


def read(
    entry: Entry, observations: Sequence[Observation], between: Entry | None = None
) -> CaseRun:
    """Give each observation of `ask` its place."""
    one, two, *other, again, back_two, back_one, inputs = observations
    if other and isinstance(other[0], Died | TimedOut):
        two = other[0]  # a call of forward that was due, and the last that was made
    if isinstance(back_one, Absent) and isinstance(back_two, Died | TimedOut):
        back_one = back_two  # what ended the process is the reason for both
    return CaseRun(
        entry=entry,
        between=between,
        forward=(one, two),
        again=again,
        backward=(back_one, back_two),
        inputs=inputs,
    )


def ask_briefly(entry: Entry, *, backward: bool) -> Request:
    """Return the request for the first data set alone: one call, or two."""
    arrays = tuple(entry.first.arrays.values())
    forward = Forward(
        arrays=tuple(range(len(arrays))), options=entry.options, slot=FIRST
    )
    if not backward:
        return Request(arrays=arrays, steps=(forward,))
    steps = (forward, Backward(dout=len(arrays), slot=FIRST))
    return Request(arrays=(*arrays, entry.first.dout), steps=steps)


def read_briefly(entry: Entry, observations: Sequence[Observation]) -> CaseRun:
    """Give each observation of `ask_briefly` its place."""
    forward, *backward = observations
    return CaseRun(entry=entry, forward=(forward,), backward=tuple(backward))


def ask_interrupted(entry: Entry, between: Entry) -> Request:
    """Return the request for forward, forward for another case, and then backward."""
    request = ask_briefly(entry, backward=True)
    forward, backward = request.steps
    other = _other(between, start=len(request.arrays))
    return Request(
        arrays=(*request.arrays, *between.first.arrays.values()),
        steps=(forward, *other, backward),
    )


def read_interrupted(
    entry: Entry, observations: Sequence[Observation], between: Entry
) -> CaseRun:
    """Give each observation of `ask_interrupted` its place."""
    forward, _, backward = observations
    return CaseRun(
        entry=entry, between=between, forward=(forward,), backward=(backward,)
    )
