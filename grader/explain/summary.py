"""Put what was found into the sentences that a student reads: where, what, look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grader.explain.boundary import How
from grader.explain.lost import condition_message
from grader.explain.problems import BACKWARD, FORWARD, Subject
from grader.explain.raised import ASKED, look_at
from grader.explain.same import merged
from grader.messages import render
from grader.records import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.explain.boundary import Guess
    from grader.explain.memory import Memory
    from grader.explain.problems import Problem
    from grader.records import MessageValue
    from grader.report import Diagnosis

#: What the first sentence may show of the smallest failing case.
SHOWN_WHERE: Final = ("tensor", "error", "got", "expected")
#: What names that changed places explain: wrong numbers, and none.
COMPUTED: Final = frozenset({Subject.WRONG, Subject.RAISES, Subject.FAILS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One problem with everything that was found out about it."""

    problem: Problem
    boundary: Guess | None
    detail: Message  # what the judge says of the smallest failing case
    memory: Memory | None = None
    diagnoses: tuple[Diagnosis, ...] = ()
    relation: Message | None = None
    same: tuple[str, ...] = ()  # more tensors, of which the same can be said
    others: tuple[Message, ...] = ()  # what else can be said of the other tensors
    footprint: Message | None = None
    passing: Message | None = None  # what output pixels pass on to a gradient
    number: Message | None = None  # one wrong number of the smallest failing case
    mixed_up: Message | None = None  # what backward takes out of cache, if so
    known: Message | None = None  # what reading the code says of an exception


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What is right beside what is wrong."""

    tensors: tuple[str, ...]  # every one of the layer, out first
    cases: int
    right: tuple[str, ...] = ()  # these of them, in all cases
    credited: tuple[str, ...] = ()  # gradients that belong to the own, wrong forward
    read: tuple[Message, ...] = ()  # functions that reading them says all about
    not_run: int = 0  # cases, after something hung
    forward_not_run: int = 0  # those of them in which nothing is known of forward


def summarise(findings: Sequence[Finding], scene: Scene) -> tuple[Message, ...]:
    """Return the sentences in the order in which a student should read them."""
    if not findings and not scene.read:
        return (Message(id="where.all_right", values={"cases": scene.cases}),)
    alone = _is_alone(findings, scene)
    sentences = list(scene.read)
    if not alone:
        sentences += _right(scene)
    for finding in merged(findings):
        sentences.append(_where(finding, scene, alone=alone))
        sentences += _right_when(finding, scene)
        if finding.problem is findings[0].problem and finding.problem.half == FORWARD:
            sentences += _credit(findings, scene)
        sentences += [*_what(finding, told=sentences), *_same(finding)]
        sentences += [*_look(finding), *_rest(finding, scene)]
    return _once(sentences)


def _same(finding: Finding) -> Iterator[Message]:
    """Say of the other tensors what is known of them, by numbers as of the first."""
    if finding.memory is not None or finding.mixed_up is not None:
        return
    if finding.same:
        yield Message(id="same.tensors", values={"tensors": ", ".join(finding.same)})
    yield from finding.others


def _rest(finding: Finding, scene: Scene) -> Iterator[Message]:
    """Say that cases were failed without a run, where that is so."""
    if scene.not_run and finding.problem.subject is Subject.HANGS:
        yield Message(id="rest.not_run", values={"cases": scene.not_run})


def _once(sentences: Sequence[Message]) -> tuple[Message, ...]:
    """Leave out what reads like a sentence before, whatever other values it carries."""
    first: dict[str, Message] = {}
    for sentence in sentences:
        first.setdefault(render(sentence), sentence)
    return tuple(first.values())


def _is_alone(findings: Sequence[Finding], scene: Scene) -> bool:
    """Tell whether one wrong tensor is all there is."""
    if len(findings) != 1 or scene.read:
        return False
    problem = findings[0].problem
    others = {*scene.tensors} - {*problem.tensors}
    wrong = problem.subject is Subject.WRONG and len(problem.tensors) == 1
    return wrong and others <= {*scene.right, *scene.credited}


def _right(scene: Scene) -> Iterator[Message]:
    """Yield praise, which is a fact."""
    out, *gradients = scene.tensors
    right = [tensor for tensor in gradients if tensor in scene.right]
    values: dict[str, MessageValue] = {"cases": scene.cases}
    if set(scene.right) == set(scene.tensors):
        yield Message(id="where.all_right", values=values)
        return
    if out in scene.right and not scene.forward_not_run:
        yield Message(id="right.forward", values=values)
    elif out in scene.right and scene.forward_not_run < scene.cases:
        ran = scene.cases - scene.forward_not_run
        yield Message(id="right.forward_run", values={"cases": ran})
    if right == gradients:
        yield Message(id="right.backward", values=values)
    elif right:
        name = "right.gradient" if len(right) == 1 else "right.gradients"
        yield Message(id=name, values={**values, "tensors": ", ".join(right)})


def _credit(findings: Sequence[Finding], scene: Scene) -> Iterator[Message]:
    """Yield why a gradient of a wrong forward got its points."""
    if scene.credited:
        only = all(finding.problem.half == FORWARD for finding in findings)
        name = "credit.forward_only" if only else "credit.gradients"
        yield Message(id=name, values={"tensors": ", ".join(scene.credited)})


def _where(finding: Finding, scene: Scene, *, alone: bool) -> Message:
    """Say what is right, and the simplest condition under which the rest is wrong."""
    problem, guess = finding.problem, finding.boundary
    values: dict[str, MessageValue] = {
        "tensors": _listed(problem, scene),
        "half": problem.half,
        "wrong": len(problem.failed),
        "cases": scene.cases,
    }
    if problem.subject is Subject.FOLLOWS:
        return Message(id="where.follows", values=values)
    for name in SHOWN_WHERE:
        if name in finding.detail.values:
            values[name] = finding.detail.values[name]
    subject = _subject(finding, alone=alone)
    in_all = len(problem.failed) == scene.cases
    if guess and guess.says_little(len(problem.failed), cases=scene.cases):
        guess = None
    how, more = _how(guess, in_all=in_all, is_remembered=finding.memory is not None)
    return Message(id=f"where.{subject}.{how}", values=values | more)


def _right_when(finding: Finding, scene: Scene) -> Iterator[Message]:
    """Say where what is wrong nearly everywhere is right."""
    guess, problem = finding.boundary, finding.problem
    if guess is None or guess.right_when is None or finding.memory is not None:
        return
    if guess.says_little(len(problem.failed), cases=scene.cases):
        values: dict[str, MessageValue] = {
            "tensors": _listed(problem, scene),
            "condition": condition_message(guess.right_when),
        }
        yield Message(id="right.when", values=values)


def _listed(problem: Problem, scene: Scene) -> str:
    """Return the tensors in the layer's order; the one explained may be a later one."""
    places = {tensor: place for place, tensor in enumerate(scene.tensors)}
    return ", ".join(sorted(problem.tensors, key=lambda each: places.get(each, 0)))


def _how(
    guess: Guess | None, *, in_all: bool, is_remembered: bool
) -> tuple[str, dict[str, MessageValue]]:
    """Return what may be said of the condition, and what the sentence shows of it.

    What an earlier call has left behind decides more than any condition.
    """
    if (in_all and is_remembered) or (guess and not guess.condition.literals):
        return "always", {}
    if guess is None:
        return "all" if in_all else "sometimes", {}
    values: dict[str, MessageValue] = {"condition": condition_message(guess.condition)}
    if guess.how is How.ONLY:
        values |= {"inside": guess.inside, "wrong_inside": guess.wrong_inside}
    if guess.how is How.EXACTLY and is_remembered:
        return How.EXAMPLE.value, values
    return guess.how.value, values


def _subject(finding: Finding, *, alone: bool) -> str:
    problem = finding.problem
    if problem.subject is not Subject.WRONG:
        return problem.subject.value
    if len(problem.tensors) > 1:
        return "several"
    name = "only" if alone else "one"
    return f"{name}_shape" if _tells_shape(finding) else name


def _tells_shape(finding: Finding) -> bool:
    """Tell whether the first sentence shows the wrong shape; a relation may do so."""
    known = finding.relation is not None and "got" in finding.relation.values
    is_shape = finding.detail.id == "tensor.shape"
    return is_shape and (not known or bool(finding.diagnoses))


def _what(finding: Finding, *, told: Sequence[Message]) -> Iterator[Message]:
    """Say what it does instead, only as far as it is known."""
    if finding.problem.subject in {Subject.FOLLOWS, Subject.INPUTS}:
        return
    if finding.mixed_up is not None and finding.problem.subject in COMPUTED:
        yield finding.mixed_up
    elif finding.memory is not None:
        yield _remembered(finding)
    elif finding.diagnoses:
        yield from (diagnosis.behaves_like for diagnosis in finding.diagnoses)
    elif finding.relation is not None:
        yield finding.relation
    elif finding.footprint is not None:
        yield finding.footprint
    elif finding.passing is not None:
        yield finding.passing
    elif finding.number is not None:
        yield finding.number
    elif not _is_told(finding.detail, told):
        yield finding.detail


def _remembered(finding: Finding) -> Message:
    when = finding.memory.when if finding.memory else ""
    values = {"tensor": finding.problem.tensors[0], "half": finding.problem.half}
    return Message(id=f"memory.{when}", values=values)


def _is_told(detail: Message, told: Sequence[Message]) -> bool:
    """Tell whether a sentence before shows this shape already."""
    shape = {name: detail.values.get(name) for name in SHOWN_WHERE}
    return detail.id == "tensor.shape" and any(
        "_shape." in message.id
        and all(message.values.get(name) == value for name, value in shape.items())
        for message in told
    )


def _look(finding: Finding) -> Iterator[Message]:
    """Yield one place or one question; never the line of code."""
    if finding.problem.subject is Subject.FOLLOWS:
        return
    if finding.mixed_up is not None and finding.problem.subject in COMPUTED:
        yield Message(id="look.reading.cache_order")
    elif finding.memory is not None:
        is_again = finding.memory.when == "again"
        yield Message(id="look.memory.again" if is_again else "look.tensor.remembered")
    elif finding.diagnoses:
        yield from (diagnosis.hint for diagnosis in finding.diagnoses)
    elif finding.relation is not None:
        yield _about_relation(finding.relation)
    elif finding.footprint is not None:
        yield Message(id=f"look.{finding.footprint.id}")
    elif finding.known is not None:
        yield finding.known
    elif finding.passing is not None:
        is_at = "row" in finding.passing.values
        name = "look.passing" if is_at else "look.tensor.gradient_value"
        yield Message(id=name, values=finding.passing.values)
    else:
        yield _question(finding)


def _about_relation(relation: Message) -> Message:
    """Return the question for a relation; all parts of dout have one of two."""
    name = relation.id
    for start in ("relation.only", "relation.without"):
        if name.startswith(start):
            name = start
    return Message(id=f"look.{name}", values=relation.values)


def _question(finding: Finding) -> Message:
    detail = finding.detail
    kind = detail.id.removesuffix("_at").removesuffix("_bare")
    if kind in ASKED:
        return look_at(detail)
    if kind == "tensor.shape" and finding.problem.half == BACKWARD:
        kind = "tensor.gradient_shape"
    return Message(id=f"look.{kind}", values=detail.values)
