from __future__ import annotations

import pytest
from judging import judge
from programs import RIGHT, changed
from student_styles import SEVEN_LOOPS

from grader.explain.problems import (
    Problem,
    Subject,
    constant_answer,
    failure_of,
    find_problems,
)
from grader.records import Message

GRADS = "    return dx, dw, dout.sum(axis=(0, 2, 3))"
OUT = "    return out, (x, w, b, conv_param)"


def problems(source: str, *, documented_cache: bool = True) -> tuple[Problem, ...]:
    return find_problems(judge(source), documented_cache=documented_cache)


def told(source: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(p.subject.value, p.tensors) for p in problems(source)]


def returning(gradients: str) -> str:
    return changed(GRADS, f"    return {gradients}")


def test_a_right_program_has_no_problem() -> None:
    assert problems(RIGHT) == ()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (changed("+ b", "+ 0"), [("wrong", ("out",))]),
        (changed(OUT, "    return out"), [("results", ("out",))]),
        (changed(OUT, "    raise ValueError"), [("raises", ("out",))]),
        (
            changed(
                OUT,
                "    if p: raise ValueError\n    return 2 * out, (x, w, b, conv_param)",
            ),
            [("fails", ("out",))],
        ),
        (
            changed(OUT, "    x += 1\n    return out, (x - 1, w, b, conv_param)"),
            [("inputs", ("inputs",))],
        ),
        (returning("2 * dx, dw, dout.sum(axis=(0, 2, 3))"), [("wrong", ("dx",))]),
        (
            returning("2 * dx, 2 * dw, dout.sum(axis=(0, 2, 3))"),
            [("wrong", ("dx", "dw"))],
        ),
        (returning("dx, dw"), [("results", ("gradients",))]),
        (returning("2 * dx, dw"), [("wrong", ("dx",)), ("results", ("gradients",))]),
        (returning("None"), [("results", ("gradients",))]),
        (changed(GRADS, "    raise IndexError"), [("raises", ("dx", "dw", "db"))]),
    ],
)
def test_each_reason_is_one_problem(
    source: str, expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert told(source) == expected


def test_gradients_that_fail_in_other_cases_are_problems_of_their_own() -> None:
    source = returning("dx * (s < 2), dw * (p < 1), dout.sum(axis=(0, 2, 3))")
    assert told(source) == [("wrong", ("dx",)), ("wrong", ("dw",))]


def test_where_backward_mostly_raises_that_is_the_one_reason() -> None:
    source = changed(
        GRADS,
        "    if len(x) > 1: raise KeyError\n" + GRADS.replace("dw", "2 * dw"),
    )
    (problem,) = problems(source)
    assert problem.subject is Subject.FAILS
    assert problem.tensors[0] == "dw"
    assert failure_of(problem.message) == ("call.raised", "KeyError")


def test_where_backward_seldom_raises_wrong_numbers_come_first() -> None:
    source = changed(
        GRADS,
        "    if s > 1 and p > 2: raise KeyError\n" + GRADS.replace("dw", "2 * dw"),
    )
    named = {p.tensors: p for p in problems(source)}
    assert named[("dw",)].subject is Subject.FAILS
    assert named[("dw",)].kind == "tensor.value"


def test_a_backward_without_a_cache_follows_from_forward() -> None:
    source = SEVEN_LOOPS.replace(
        "    return result", "    if p: raise OSError\n    return result"
    )
    forward, backward = problems(source, documented_cache=False)
    assert (forward.subject, backward.subject) == (Subject.RAISES, Subject.FOLLOWS)
    assert backward.is_ending


def test_a_backward_that_keeps_the_documented_cache_is_at_fault_itself() -> None:
    source = changed(OUT, "    if p: raise OSError\n" + OUT)
    source = changed(GRADS, "    if p: raise KeyError\n" + GRADS, source=source)
    assert [p.subject for p in problems(source)] == [Subject.RAISES, Subject.RAISES]


def test_a_backward_that_fails_elsewhere_too_does_not_follow() -> None:
    source = changed(OUT, "    if p: raise OSError\n" + OUT)
    source = changed(GRADS, "    raise KeyError", source=source)
    _, backward = problems(source, documented_cache=False)
    assert backward.subject is Subject.RAISES


def test_what_is_wrong_beside_what_follows_is_a_problem_of_its_own() -> None:
    result = "    if p: raise OSError\n    return result"
    source = SEVEN_LOOPS.replace("    return result", result)
    source = source.replace("return dx, ", "return dx + 1, ")
    found = problems(source, documented_cache=False)
    subjects = [Subject.RAISES, Subject.FOLLOWS, Subject.WRONG]
    assert [problem.subject for problem in found] == subjects
    assert not found[1].failed & found[2].failed


def test_answers_that_do_not_depend_on_the_inputs_are_known() -> None:
    judged = judge(changed(OUT, "    return out * 0 + 1, (x, w, b, conv_param)"))
    (problem,) = find_problems(judged)
    constant = constant_answer(judged, problem)
    assert constant is not None
    assert constant.id == "out.constant"


def test_gradients_that_do_not_depend_on_the_inputs_are_known() -> None:
    judged = judge(returning("x * 0 + 1, w * 0 + 1, b * 0 + 1"))
    problem = find_problems(judged)[0]
    constant = constant_answer(judged, problem)
    assert constant is not None
    assert constant.id == "gradients.constant"


def test_a_failure_is_the_same_with_and_without_a_line() -> None:
    one = Message(id="call.raised_at", values={"error": "KeyError"})
    other = Message(id="call.raised_bare", values={"error": "KeyError"})
    assert failure_of(one) == failure_of(other)
