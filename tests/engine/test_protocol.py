from __future__ import annotations

import pytest
from judging import corpus_of

from grader.calls import Absent, Died, Observation, Returned, TimedOut, Value
from grader.engine import protocol

DONE = Returned(container="tuple", count=1, values=(Value(type_name="int"),))


@pytest.mark.parametrize(
    "ending", [Died(cause="exit", detail="exit status 0"), TimedOut(seconds=1.0)]
)
def test_backward_ends_for_the_reason_that_ended_its_other_call(
    ending: Observation,
) -> None:
    # The second data set's call is made first; the first one's is never made then.
    observations = (DONE, DONE, DONE, ending, Absent(), Absent())
    run = protocol.read(corpus_of().entries[0], observations)
    assert run.backward == (ending, ending)
    assert run.inputs == Absent()


def test_backward_that_was_never_reached_has_no_reason_of_its_own() -> None:
    observations = (TimedOut(seconds=1.0), *(Absent(),) * 5)
    run = protocol.read(corpus_of().entries[0], observations)
    assert run.backward == (Absent(), Absent())


@pytest.mark.parametrize(
    "ending", [Died(cause="exit", detail="exit status 0"), TimedOut(seconds=1.0)]
)
def test_a_forward_that_ends_between_ends_the_case(ending: Observation) -> None:
    one, other, *_ = corpus_of().entries
    observations = (DONE, DONE, ending, *(Absent(),) * 4)
    run = protocol.read(one, observations, other)
    assert run.forward == (DONE, ending)
    assert run.between is other


def test_forward_for_another_case_comes_before_backward() -> None:
    one, other, *_ = corpus_of().entries
    request = protocol.ask(one, other)
    slots = [getattr(step, "slot", None) for step in request.steps]
    assert slots == [0, 1, protocol.OTHER, 0, 1, 0, None]
    assert protocol.ask(one, other) is request
    assert protocol.ask(one) is not request
