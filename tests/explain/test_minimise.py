from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from statistics import median
from typing import TYPE_CHECKING

import pytest
from judging import corpus_of, engine_of
from mistaken import MistakenWorker
from programs import RIGHT, changed, program
from students import STUDENTS

from grader.calls import Absent, Died, Forward, TimedOut
from grader.engine.grade import build_engine
from grader.explain.explanation import Explainer, Reading
from grader.explain.fresh import fresh_cases
from grader.explain.minimise import CALLS_ALLOWED, minimise
from grader.explain.probe import Probe
from grader.explain.problems import failure_of, find_problems
from grader.explain.show import Presentation
from grader.misconceptions.conv2d import MISCONCEPTIONS

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from students import Student

    from grader.calls import Observation, Request
    from grader.engine.grade import Engine
    from grader.explain.explanation import Explanation
    from grader.explain.minimise import Smallest
    from grader.explain.problems import Problem
    from grader.misconceptions import Misconception

    Where: TypeAlias = Callable[[tuple[int, ...], Forward], bool]

SAMPLE = MISCONCEPTIONS[::15]


def engine_with(mistake: Misconception) -> Engine:
    convention = program("").convention
    worker = MistakenWorker(mistake)
    return build_engine(corpus_of(), worker, convention=convention, follow_through=True)


def smallest(engine: Engine) -> list[tuple[Probe, Smallest]]:
    """Return the smallest case of every problem of a program, and who asked."""
    judged = engine.grade()
    problems = find_problems(judged)
    own_forward = any(p.half == "forward" for p in problems)
    found = []
    for problem in problems:
        probe = Probe(engine=engine, problem=problem, own_forward=own_forward)
        start = next(
            e.case for e in corpus_of().entries if e.case.name in problem.failed
        )
        least = minimise(probe, start, fresh_cases(corpus_of()))
        if least is not None:
            found.append((probe, least))
    return found


def calls_of(mistakes: tuple[Misconception, ...]) -> list[int]:
    return [
        least.calls
        for mistake in mistakes
        for _, least in smallest(engine_with(mistake))
    ]


def test_a_small_case_takes_few_calls() -> None:
    calls = calls_of(SAMPLE)
    assert len(calls) >= len(SAMPLE) / 2
    assert max(calls) <= CALLS_ALLOWED
    assert median(calls) <= 20


@pytest.mark.nightly
def test_a_small_case_of_any_misconception_takes_few_calls() -> None:
    calls = calls_of(MISCONCEPTIONS)
    assert max(calls) <= CALLS_ALLOWED
    assert median(calls) <= 20


@pytest.mark.nightly
@pytest.mark.parametrize("student", STUDENTS, ids=attrgetter("name"))
def test_the_smallest_case_of_any_student_really_fails(student: Student) -> None:
    assert_really_fails(student)


@pytest.mark.parametrize("student", STUDENTS[::9], ids=attrgetter("name"))
def test_the_smallest_case_really_fails(student: Student) -> None:
    assert_really_fails(student)


def assert_really_fails(student: Student) -> None:
    for probe, least in smallest(engine_of(student.source, on=corpus_of())):
        assert least.calls <= CALLS_ALLOWED
        again = Probe(engine=probe.engine, problem=probe.problem).ask(least.entry)
        assert again.message is not None
        assert failure_of(again.message) == failure_of(probe.problem.message)


def least_of(source: str) -> Smallest:
    ((_, least),) = smallest(engine_of(source, on=corpus_of()))
    return least


def sizes(least: Smallest) -> dict[str, int]:
    """Return what is larger than it has to be."""
    minima = corpus_of().exercise.axis_minima
    axes = least.entry.case.axes
    return {axis: size for axis, size in axes.items() if size != minima[axis]}


@pytest.mark.parametrize(
    ("old", "new", "larger"),
    [
        ("+ b", "+ 0", {}),
        ("x.shape[3]]", "x.shape[3]] * (p == 0)", {"pad": 1}),
        ("dw += np", "dw = np", {"H": 2}),
        ("dout.sum(axis=(0, 2, 3))", "dout.sum(axis=(0, 2, 3)) / len(x)", {"N": 2}),
        ("+ b", "+ b * (s < 2)", {"stride": 2}),
    ],
)
def test_it_is_as_small_as_it_can_be(
    old: str, new: str, larger: dict[str, int]
) -> None:
    assert sizes(least_of(changed(old, new))) == larger


def test_its_numbers_are_counted_from_one() -> None:
    data = least_of(changed("+ b", "+ 0")).entry.first
    assert [array.tolist() for array in data.arrays.values()] == [[[[[1.0]]]]] * 2 + [
        [1.0]
    ]


def test_numbers_stay_odd_where_plain_ones_hide_the_mistake() -> None:
    data = least_of(changed("+ b", "+ abs(b)")).entry.first
    assert data.arrays["b"][0] < 0


def test_a_case_that_does_not_fail_again_has_no_smallest() -> None:
    engine = engine_of(changed("+ b", "+ 0"), on=corpus_of())
    (problem,) = find_problems(engine.grade())
    right = engine_of(RIGHT, on=corpus_of())
    probe = Probe(engine=right, problem=problem)
    assert minimise(probe, corpus_of().entries[0].case, ()) is None


def test_a_drawn_case_that_is_smaller_is_taken() -> None:
    # A descent from any case of the corpus is stuck where both sides must stay equal.
    source = changed(
        "+ b", "+ b * (2 - (H * W * HH * WW * (p + 1) * s * F * C in (12, 1)))"
    )
    for _, least in smallest(engine_of(source, on=corpus_of())):
        assert least.calls <= CALLS_ALLOWED


def problem_of(source: str) -> Problem:
    return find_problems(engine_of(source, on=corpus_of()).grade())[0]


@pytest.mark.parametrize(
    ("source", "own_forward", "cost"),
    [
        (changed("+ b", "+ 0"), False, 1),
        (changed("dw += np", "dw = np"), False, 2),
        (changed("dw += np", "dw = np"), True, 13),
        (changed("    return out", "    x += 1\n    return out"), False, 4),
    ],
)
def test_a_probe_knows_what_it_may_cost(
    source: str, *, own_forward: bool, cost: int
) -> None:
    engine = engine_of(source, on=corpus_of())
    problem = find_problems(engine.grade())[-1]
    probe = Probe(engine=engine, problem=problem, own_forward=own_forward)
    entry = corpus_of().entries[0]
    assert probe.cost == cost
    probe.ask(entry)
    assert probe.calls <= cost


def test_a_probe_refuses_a_criterion_that_is_not_judged() -> None:
    source = changed("+ b", "+ 0")
    other = replace(problem_of(source), criterion="forward.beauty")
    probe = Probe(engine=engine_of(source, on=corpus_of()), problem=other)
    with pytest.raises(ValueError, match=r"forward\.beauty"):
        probe.ask(corpus_of().entries[0])


class EndsWhere:
    """A worker whose program comes to this end where forward is called so."""

    def __init__(self, engine: Engine, ending: Observation, where: Where) -> None:
        self.worker, self.ending, self.where = engine.attempts.worker, ending, where

    def run(self, request: Request) -> tuple[Observation, ...]:
        first, *rest = request.steps
        if isinstance(first, Forward) and self.where(request.arrays[0].shape, first):
            return (self.ending, *(Absent() for _ in rest))
        return self.worker.run(request)


def explained_where(ending: Observation, where: Where) -> tuple[Engine, Explanation]:
    engine = engine_of(RIGHT, on=corpus_of())
    engine.attempts.worker = EndsWhere(engine, ending, where)  # type: ignore[assignment]
    judged = engine.grade()
    shown = Presentation(exercise=corpus_of().exercise, convention=None, module="")
    explainer = Explainer(
        engine=engine, judged=judged, presentation=shown, reading=Reading()
    )
    before = engine.attempts.calls
    explanation = explainer.explain()
    assert engine.attempts.calls - before <= CALLS_ALLOWED + 2
    return engine, explanation


def test_of_a_program_that_dies_the_case_is_made_small() -> None:
    died = Died(cause="exit", detail="exit status 1")
    _, told = explained_where(died, lambda x, _: x[0] > 1)
    assert told.counterexamples[0].axes["N"] == 2
    assert max(told.counterexamples[0].inputs[0].shape[1:]) == 1


def test_what_is_left_of_three_deadlines_makes_the_case_small() -> None:
    hung = TimedOut(seconds=1.0)
    engine, told = explained_where(hung, lambda x, _: x[0] == 6)
    assert engine.attempts.hangs == 3
    assert sum(told.counterexamples[0].inputs[0].shape) == 6 + 1 + 1 + 1
