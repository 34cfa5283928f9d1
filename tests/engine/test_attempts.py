from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import pytest

from grader.calls import Absent, Died, Forward, Request, Returned, TimedOut
from grader.engine.attempts import Attempts
from grader.errors import SandboxError

if TYPE_CHECKING:
    from grader.calls import Observation

OK = Returned(container="tuple", count=2, values=())
HANG = TimedOut(seconds=1.0)
DEATH = Died(cause="signal", detail="SIGSEGV")
REQUEST = Request(arrays=(), steps=(Forward(arrays=(), options=None, slot=0),))


class Scripted:
    """A worker that gives the answers it was told to give, in order."""

    def __init__(self, *answers: Observation | SandboxError) -> None:
        self.answers = list(answers)

    def run(self, request: Request) -> tuple[Observation, ...]:
        del request
        answer = self.answers.pop(0)
        if isinstance(answer, SandboxError):
            raise answer
        return (answer,)

    def load(self) -> Any:  # noqa: ANN401 (never called here)
        raise NotImplementedError

    def output(self) -> str:
        return ""

    def seconds(self) -> float:
        return 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to end."""


def run(attempts: Attempts, regime: str = "a") -> Observation:
    return attempts.run(REQUEST, regime=regime)[0]


def test_an_answer_is_asked_for_once() -> None:
    attempts = Attempts(worker=Scripted(OK))
    assert run(attempts) == OK
    assert attempts.calls == 1


@pytest.mark.parametrize("ending", [DEATH, HANG])
def test_one_unexplained_ending_changes_nothing(ending: Observation) -> None:
    attempts = Attempts(worker=Scripted(ending, OK, OK))
    assert run(attempts) == OK
    assert run(attempts) == OK


def test_a_second_death_is_the_students() -> None:
    attempts = Attempts(worker=Scripted(DEATH, DEATH, OK))
    assert run(attempts) == DEATH
    assert run(attempts) == OK


def test_a_hang_costs_the_rest_of_its_regime_unrun() -> None:
    attempts = Attempts(worker=Scripted(HANG, HANG, OK))
    assert run(attempts, "a") == HANG
    assert run(attempts, "a") == Absent()
    assert run(attempts, "b") == OK


def test_nothing_is_asked_after_three_hangs() -> None:
    attempts = Attempts(worker=Scripted(HANG, HANG, HANG))
    assert [run(attempts, regime) for regime in "abc"] == [HANG, HANG, Absent()]


def test_a_sandbox_that_breaks_once_is_asked_again() -> None:
    attempts = Attempts(worker=Scripted(SandboxError("gone"), OK))
    assert run(attempts) == OK


def test_a_sandbox_that_breaks_twice_is_our_fault() -> None:
    attempts = Attempts(worker=Scripted(SandboxError("gone"), SandboxError("again")))
    with pytest.raises(SandboxError, match="again"):
        run(attempts)
