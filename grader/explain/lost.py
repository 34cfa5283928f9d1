"""Say in one line what a criterion lost, and how it stands where it is not "wrong"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.engine.judge import HYGIENE
from grader.explain.boundary import How
from grader.explain.problems import is_ending
from grader.records import Message, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.explain.boundary import Guess
    from grader.explain.conditions import Condition
    from grader.records import MessageValue
    from grader.report import CriterionScore


def lost_line(
    score: CriterionScore, guess: Guess | None, told: Sequence[Message] = ()
) -> Message | None:
    """Return the line that says what a criterion lost, and in which kinds of case.

    `told` is what the judge said of the cases that failed.
    """
    if score.points is None or score.points == score.max_points:
        return None
    lost: dict[str, MessageValue] = {
        "points": score.max_points - score.points,
        "criterion": score.criterion,
    }
    standing = standing_of(score, told)
    if standing is not None:
        same = standing.id.removeprefix("report.")
        return Message(id=f"lost.{same}", values={**standing.values, **lost})
    failed = [r for r in score.regimes if r.status is not Status.PASSED]
    lost |= {"wrong": len(failed), "kinds": len(score.regimes)}
    name = "lost.kinds"
    if any(len(regime.failed) < regime.cases for regime in failed):
        name = "lost.cases"
        lost["failed"] = sum(len(regime.failed) for regime in failed)
        lost["cases"] = sum(regime.cases for regime in score.regimes)
    if guess is None or guess.how is How.EXAMPLE or not guess.condition.literals:
        return Message(id=name, values=lost)
    lost["condition"] = condition_message(guess.condition)
    return Message(id=f"{name}_when", values=lost)


def standing_of(score: CriterionScore, told: Sequence[Message]) -> Message | None:
    """Return how a failed criterion stands, where "wrong" would not be true of it.

    Cases that were not run are not wrong, and nor are inputs that nothing was computed
    from; they only earn nothing.
    """
    if score.status is not Status.FAILED or not told:
        return None
    seen = _Seen(
        unrun=sum(m.id == "call.not_run" for m in told),
        ended=sum(is_ending(m) for m in told),
        shapeless=sum(m.id == "inputs.no_right_shape" for m in told),
        nothing=sum(m.id == "inputs.nothing_computed" for m in told),
        all=len(told),
    )
    name = seen.of_inputs() if score.criterion == HYGIENE else seen.of_answers()
    if name is None:
        return None
    cases = sum(regime.cases for regime in score.regimes)
    return Message(id=f"report.{name}", values=seen.values(name) | {"cases": cases})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """How many failed cases ended in which way; those not run count as ended too."""

    unrun: int
    ended: int
    shapeless: int
    nothing: int
    all: int

    def of_inputs(self) -> str | None:
        """Return what is to be said of inputs, the first that is true."""
        changed = self.all - self.ended - self.shapeless - self.nothing
        if changed == self.all:
            return None
        if changed:
            return "changed_and_nothing"
        return "no_right_shape" if self.shapeless else "nothing_to_judge"

    def of_answers(self) -> str | None:
        """Return what is to be said of answers, if some cases were not run."""
        if not self.unrun:
            return None
        if self.unrun == self.all:
            return "not_run"
        both = self.ended == self.all
        return "ended_and_not_run" if both else "wrong_and_not_run"

    def values(self, name: str) -> dict[str, MessageValue]:
        """Return the numbers that the sentence shows."""
        if name == "changed_and_nothing":
            nothing = self.ended + self.shapeless + self.nothing
            return {"wrong": self.all - nothing, "nothing": nothing}
        if name in {"no_right_shape", "nothing_to_judge"}:
            return {"nothing": self.all}
        return {"wrong": self.all - self.unrun, "unrun": self.unrun}


def condition_message(condition: Condition) -> Message:
    """Return the condition in words: always, one literal, or two."""
    match condition.literals:
        case ():
            return Message(id="condition.always")
        case (one,):
            return one.message
        case (one, two):
            both = {"one": one.message, "two": two.message}
            return Message(id=f"condition.{condition.joined}", values=both)
        case more:
            raise ValueError(f"{len(more)} literals, wanted two at most")
