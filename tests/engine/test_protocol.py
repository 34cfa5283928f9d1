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
