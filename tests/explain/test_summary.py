from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from grader.exercise import Literal
from grader.explain.boundary import Guess, How
from grader.explain.conditions import Condition
from grader.explain.memory import Memory, When
from grader.explain.problems import Problem, Subject
from grader.explain.summary import (
    Finding,
    Scene,
    summarise,
)
from grader.messages import LANGUAGES, render
from grader.records import Message
from grader.report import Diagnosis

if TYPE_CHECKING:
    from grader.records import MessageValue

TENSORS = ("out", "dx", "dw", "db")
PAD = Literal(
    name="pad = 0",
    message=Message(id="conv2d.literal.pad = 0"),
    holds=lambda axes: axes["pad"] == 0,
)
RAISED: dict[str, MessageValue] = {"error": "KeyError", "text": "'pad'"}
CALL: dict[str, MessageValue] = {"function": "f", "case": "x (1,)"}
DETAILS: dict[Subject, tuple[str, dict[str, MessageValue]]] = {
    Subject.WRONG: ("tensor.value", {"wrong": 1, "size": 4}),
    Subject.FAILS: ("tensor.value", {"wrong": 1, "size": 4}),
    Subject.RESULTS: ("results.not_two", {"function": "f", "got": "x"}),
    Subject.RAISES: ("call.raised", {**RAISED, "function": "f"}),
    Subject.HANGS: ("call.timed_out", {**CALL, "seconds": 1.0}),
    Subject.ENDS: ("call.died.signal", {**CALL, "detail": "SIGSEGV"}),
    Subject.INPUTS: ("inputs.changed", {}),
    Subject.FOLLOWS: ("call.raised", {**RAISED, "function": "g"}),
}  # fmt: skip
HOWS = ("exactly", "only", "example", "always", "all", "sometimes")


def guess(how: str) -> Guess | None:
    if how in {"all", "sometimes"}:
        return None
    literals = () if how == "always" else (PAD,)
    kind = How.EXACTLY if how == "always" else How(how)
    return Guess(
        condition=Condition(literals=literals), how=kind, inside=9, wrong_inside=8
    )


def detail(subject: Subject, tensor: str) -> Message:
    name, values = DETAILS[subject]
    return Message(id=name, values={"tensor": tensor, **values})


def finding(
    subject: Subject = Subject.WRONG,
    *,
    tensors: tuple[str, ...] = ("dx",),
    how: str = "exactly",
    told: Message | None = None,
) -> Finding:
    message = told or detail(subject, tensors[0])
    problem = Problem(
        subject=subject,
        criterion="backward.dx",
        tensors=tensors,
        failed=frozenset(map(str, range(24 if how == "all" else 3))),
        message=message,
    )
    return Finding(problem=problem, boundary=guess(how), detail=message)


def scene(*wrong: str, credited: tuple[str, ...] = ()) -> Scene:
    right = tuple(t for t in TENSORS if t not in (*wrong, *credited))
    return Scene(tensors=TENSORS, cases=24, right=right, credited=credited)


def shape(tensor: str) -> Message:
    values = {"tensor": tensor, "got": "(1, 2)", "expected": "(1, 1)"}
    return Message(id="tensor.shape", values=values)


def wheres() -> dict[str, Message]:
    """Return the first sentence of every kind of finding, by its id."""
    told: list[Message] = []
    for how in HOWS:
        tested = how in {"exactly", "only", "all"}
        for wrong in (None, shape("dx")):
            told += summarise([finding(how=how, told=wrong)], scene("dx"))
            told += summarise([finding(how=how, told=wrong)], scene("dx", "db"))
        told += summarise([finding(tensors=("dx", "dw"), how=how)], scene("dx", "dw"))
        for subject in Subject:
            # Nothing more is asked of a program that hangs.
            if subject is not Subject.HANGS or not tested:
                told += summarise([finding(subject, how=how)], scene("dx"))
    told += summarise([], scene())
    return {m.id: m for m in told if m.id.startswith("where.")}


def test_of_what_is_wrong_nearly_everywhere_the_exception_is_told() -> None:
    told = finding(how="example")
    assert told.boundary is not None
    rare = replace(told.boundary, right_when=Condition(literals=(PAD,)))
    everywhere = replace(told.problem, failed=frozenset(map(str, range(23))))
    seen = summarise([replace(told, problem=everywhere, boundary=rare)], scene("dx"))
    assert [m.id for m in seen][:2] == ["where.only.sometimes", "right.when"]
    seldom = summarise([replace(told, boundary=rare)], scene("dx"))
    assert "right.when" not in [message.id for message in seldom]


def test_every_first_sentence_can_be_said_and_is_said() -> None:
    written = {name for name in LANGUAGES["en"] if name.startswith("where.")}
    assert wheres().keys() == written


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_first_sentence_is_whole(language: str) -> None:
    for name, message in wheres().items():
        said = render(message, language)
        assert "{" not in said, name
        assert said.endswith(".")


def ids(*findings: Finding, within: Scene) -> list[str]:
    return [message.id for message in summarise(findings, within)]


def test_one_wrong_tensor_alone_is_told_by_what_is_right() -> None:
    told = ids(finding(), within=scene("dx"))
    assert told == ["where.only.exactly", "tensor.value", "look.tensor.value"]


def test_a_wrong_shape_is_told_once() -> None:
    told = ids(finding(told=shape("dx")), within=scene("dx"))
    assert told == ["where.only_shape.exactly", "look.tensor.gradient_shape"]


def test_the_shape_of_out_has_a_formula() -> None:
    wrong = finding(tensors=("out",), told=shape("out"))
    assert ids(wrong, within=scene("out"))[-1] == "look.tensor.shape"


def test_several_wrong_tensors_are_told_after_what_is_right() -> None:
    told = ids(finding(), finding(tensors=("db",)), within=scene("dx", "db"))
    assert told[:3] == ["right.forward", "right.gradient", "where.one.exactly"]


def test_a_right_backward_is_said_to_be_right() -> None:
    raises = finding(Subject.RAISES, tensors=("out",))
    assert ids(raises, within=scene("out"))[:2] == [
        "right.backward",
        "where.raises.exactly",
    ]


def test_forward_is_not_praised_for_cases_that_were_not_run() -> None:
    hung = finding(Subject.HANGS, how="example")
    within = replace(scene(*TENSORS[1:]), not_run=22, forward_not_run=22)
    told = summarise([hung], within)
    assert render(told[0]) == "forward is right in all 2 cases that were run."


def test_two_right_gradients_are_told_together() -> None:
    told = ids(
        finding(Subject.RAISES, tensors=("out",)), finding(), within=scene("out", "dx")
    )
    assert told[0] == "right.gradients"


def test_changed_inputs_leave_all_numbers_right() -> None:
    changed = finding(Subject.INPUTS, tensors=("inputs",))
    assert ids(changed, within=scene()) == [
        "where.all_right",
        "where.inputs.exactly",
        "look.inputs.changed",
    ]


@pytest.mark.parametrize(
    ("others", "told"),
    [((), "credit.forward_only"), ((finding(tensors=("db",)),), "credit.gradients")],
)
def test_credit_for_the_own_forward_is_explained(
    others: tuple[Finding, ...], told: str
) -> None:
    wrong = finding(tensors=("out",))
    within = scene("out", *("db" for _ in others), credited=("dx",))
    assert told in ids(wrong, *others, within=within)


def test_a_diagnosis_is_told_with_its_hint_and_nothing_else() -> None:
    like = Message(id="conv2d.misconception.bias_left_out", values={"tensor": "dx"})
    hint = Message(id="conv2d.look.bias")
    named = Diagnosis(
        tensor="dx", misconception="m", twins=(), behaves_like=like, hint=hint
    )
    known = replace(finding(), diagnoses=(named,), relation=Message(id="relation.zero"))
    assert ids(known, within=scene("dx"))[1:] == [like.id, hint.id]


@pytest.mark.parametrize(
    ("relation", "look"),
    [
        ("relation.zero", "look.relation.zero"),
        ("relation.only_last_image", "look.relation.only"),
        ("relation.without_first_row", "look.relation.without"),
        ("out.constant", "look.out.constant"),
    ],
)
def test_a_relation_has_its_question(relation: str, look: str) -> None:
    values: dict[str, MessageValue] = {"tensor": "dx", "function": "f"}
    known = replace(finding(), relation=Message(id=relation, values=values))
    assert ids(known, within=scene("dx"))[1:] == [relation, look]


def test_a_relation_that_shows_the_shape_takes_it_from_the_first_sentence() -> None:
    swapped = Message(id="relation.swapped", values=shape("dx").values)
    known = replace(finding(told=shape("dx")), relation=swapped)
    assert ids(known, within=scene("dx"))[:2] == [
        "where.only.exactly",
        "relation.swapped",
    ]


@pytest.mark.parametrize("when", When)
def test_a_memory_comes_before_all_that_only_looks_like_it(when: When) -> None:
    known = replace(
        finding(), memory=Memory(when=when), relation=Message(id="relation.zero")
    )
    told = ids(known, within=scene("dx"))
    look = "look.memory.again" if when == "again" else "look.tensor.remembered"
    assert told[1:] == [f"memory.{when}", look]


def test_what_reading_says_of_an_exception_is_the_question() -> None:
    read = Message(id="loading.failure.float_here", values={"file": "f", "line": 1})
    known = replace(finding(Subject.RAISES), known=read)
    assert ids(known, within=scene("dx"))[-1] == read.id


def test_a_function_that_is_read_is_told_first() -> None:
    unfilled = Message(id="loading.hint.unfilled", values={"name": "f", "line": 1})
    within = replace(scene("out"), read=(unfilled,))
    assert ids(within=within) == ["loading.hint.unfilled", "right.backward"]


def test_what_follows_from_forward_is_one_sentence() -> None:
    assert ids(finding(Subject.FOLLOWS), within=scene("out", *TENSORS)) == [
        "where.follows"
    ]


@pytest.mark.parametrize("subject", [Subject.HANGS, Subject.RAISES])
def test_what_was_not_run_after_a_hang_is_told(subject: Subject) -> None:
    wrong = [finding(subject, how="example")]
    told = summarise(wrong, replace(scene("dx"), not_run=5))
    rest = [m.values["cases"] for m in told if m.id == "rest.not_run"]
    assert rest == ([5] if subject is Subject.HANGS else [])
    assert summarise(wrong, scene("dx")) == tuple(
        m for m in told if m.id != "rest.not_run"
    )


def test_two_halves_with_one_mistake_in_the_same_cases_are_told_once() -> None:
    twice = Message(id="relation.scaled", values={"tensor": "out", "factor": 2.0})
    beside = replace(twice, values={"tensor": "dx", "factor": 2.0})
    out = replace(finding(tensors=("out",)), relation=twice)
    told = summarise([out, replace(finding(), relation=beside)], scene("out", "dx"))
    assert [render(m) for m in told[1:4]] == [
        "out is wrong exactly when pad = 0.",
        "out is 2 times what it should be.",
        "The same is true of dx.",
    ]
