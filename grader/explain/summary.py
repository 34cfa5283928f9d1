"""Put what was found into the sentences that a student reads: where, what, look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.explain.boundary import How
from grader.explain.problems import GRADIENTS, INPUTS
from grader.records import Message, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.explain.boundary import Condition, Guess
    from grader.explain.problems import Problem
    from grader.records import MessageValue
    from grader.report import CriterionScore, Diagnosis


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One problem with everything that was found out about it."""

    problem: Problem
    boundary: Guess | None
    detail: Message  # what the judge says of the smallest failing case
    diagnosis: Diagnosis | None = None
    relation: Message | None = None
    footprint: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What is right beside what is wrong."""

    tensors: tuple[str, ...]  # every one of the layer, out first
    cases: int


def summarise(findings: Sequence[Finding], scene: Scene) -> tuple[Message, ...]:
    """Return the sentences in the order in which a student should read them."""
    if not findings:
        return (Message(id="where.all_right", values={"cases": scene.cases}),)
    sentences: list[Message] = []
    for finding in findings:
        alone = len(findings) == 1 and len(finding.problem.tensors) == 1
        told = (
            _where(finding, scene, alone=alone),
            *_what(finding),
            _look(finding),
        )
        sentences += [sentence for sentence in told if sentence not in sentences]
    return tuple(sentences)


def _where(finding: Finding, scene: Scene, *, alone: bool) -> Message:
    """Say what is right, and the simplest condition under which the rest is wrong."""
    problem, guess = finding.problem, finding.boundary
    values: dict[str, MessageValue] = {
        "tensors": ", ".join(problem.tensors),
        "wrong": len(problem.failed),
        "cases": scene.cases,
    }
    if problem.kind.startswith("call.timed_out"):
        values["function"] = problem.message.values["function"]
        return Message(id="where.hangs", values=values)
    subject = _subject(problem, scene, alone=alone)
    if guess is None:
        return Message(id=f"where.{subject}.sometimes", values=values)
    if not guess.condition.literals:
        return Message(id=f"where.{subject}.always", values=values)
    values["condition"] = condition_message(guess.condition)
    values |= {"inside": guess.inside, "wrong_inside": guess.wrong_inside}
    return Message(id=f"where.{subject}.{guess.how}", values=values)


def _subject(problem: Problem, scene: Scene, *, alone: bool) -> str:
    if problem.tensors == (INPUTS,):
        return "inputs"
    if problem.tensors == (GRADIENTS,):
        return "gradients"
    if problem.kind.startswith("call."):
        return "forward_ends" if problem.tensors[0] == scene.tensors[0] else "ends"
    if alone:
        return "only"
    return "one" if len(problem.tensors) == 1 else "several"


def _what(finding: Finding) -> tuple[Message, ...]:
    """Say what it does instead, only as far as it is known."""
    if finding.diagnosis is not None:
        return (finding.detail, finding.diagnosis.behaves_like)
    known = (finding.relation, finding.footprint)
    told = [message for message in known if message is not None]
    return (finding.detail, *told[:1])


def _look(finding: Finding) -> Message:
    """Return one place or one question; never the line of code."""
    if finding.diagnosis is not None:
        return finding.diagnosis.hint
    if finding.relation is not None:
        return Message(id=f"look.{finding.relation.id}", values=finding.relation.values)
    if finding.footprint is not None:
        return Message(id="look.footprint")
    kind = finding.problem.kind.removesuffix("_at")
    return Message(id=f"look.{kind}", values=finding.detail.values)


def lost_line(score: CriterionScore, guess: Guess | None) -> Message | None:
    """Return the line that says what a criterion lost, and in which kinds of case."""
    if score.points is None or score.points == score.max_points:
        return None
    failed = [r for r in score.regimes if r.status is not Status.PASSED]
    values: dict[str, MessageValue] = {
        "points": score.max_points - score.points,
        "criterion": score.criterion,
        "wrong": len(failed),
        "kinds": len(score.regimes),
    }
    if guess is None or guess.how is How.EXAMPLE or not guess.condition.literals:
        return Message(id="lost.kinds", values=values)
    values["condition"] = condition_message(guess.condition)
    return Message(id="lost.kinds_when", values=values)


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
