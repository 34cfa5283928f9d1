from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import pytest

from grader.calls import Absent, Died, Forward, Request, Returned, TimedOut
from grader.engine.attempts import Attempts
from grader.errors import SandboxError

if TYPE_CHECKING:
    from collections.abc import Sequence

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


class Hurrying(Scripted):
    """One that answers so many of several requests in one go."""

    def __init__(self, quick: int, *answers: Observation | SandboxError) -> None:
        super().__init__(*answers)
        self.quick = quick
        self.goes = 0
        self.made_up = 0

    def run_several(
        self, requests: Sequence[Request]
    ) -> tuple[tuple[Observation, ...], ...]:
        self.goes += 1
        return ((OK,),) * min(self.quick, len(requests))

    def make_up(self) -> None:
        self.made_up += 1


def run_several(attempts: Attempts, count: int) -> list[Observation]:
    done = attempts.in_one_go([REQUEST] * count)
    rest = range(len(done), count)
    answers = [*done, *(attempts.run(REQUEST, regime=str(n)) for n in rest)]
    return [seen for (seen,) in answers]


def test_what_is_answered_in_one_go_is_not_asked_again() -> None:
    attempts = Attempts(worker=Hurrying(3))
    assert run_several(attempts, 3) == [OK] * 3
    assert attempts.calls == 3


def test_what_was_not_answered_in_one_go_is_asked_by_itself_and_counts_then() -> None:
    worker = Hurrying(1, HANG, HANG, DEATH, OK)
    attempts = Attempts(worker=worker)
    assert run_several(attempts, 3) == [OK, HANG, OK]
    assert attempts.hangs == 2
    assert attempts.calls == 1 + 2 + 2


def test_who_has_stumbled_once_is_hurried_no_more() -> None:
    worker = Hurrying(1, OK, OK)
    attempts = Attempts(worker=worker)
    assert run_several(attempts, 2) == run_several(attempts, 1) * 2
    assert worker.goes == 1


def test_a_worker_that_cannot_hurry_is_asked_one_by_one() -> None:
    assert run_several(Attempts(worker=Scripted(OK, OK)), 2) == [OK, OK]


@pytest.mark.parametrize(
    ("answers", "made_up"), [((HANG, OK), 0), ((HANG, HANG), 1), ((DEATH, DEATH), 0)]
)
def test_only_who_hung_twice_makes_up_for_lost_time(
    answers: tuple[Observation, ...], made_up: int
) -> None:
    worker = Hurrying(0, *answers)
    run(Attempts(worker=worker))
    assert worker.made_up == made_up
