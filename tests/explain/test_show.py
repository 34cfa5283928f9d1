from __future__ import annotations

from dataclasses import replace

import numpy as np
from judging import corpus_of, engine_of
from programs import changed

from grader.corpus import pose
from grader.explain.minimise import Smallest
from grader.explain.probe import Seen
from grader.explain.problems import find_problems
from grader.explain.show import Presentation, grid
from grader.report import Counterexample

SOURCE = changed("+ b", "+ 0")


def shown(
    *, source: str = SOURCE, message: bool = True, place: int = 0
) -> Counterexample | None:
    engine = engine_of(source, on=corpus_of())
    judged = engine.grade()
    problem = find_problems(judged)[0]
    run = judged.runs[place]
    seen = Seen(run=run, message=problem.message if message else None)
    presentation = Presentation(
        exercise=corpus_of().exercise, convention=None, module="layers"
    )
    return presentation.show(problem, Smallest(entry=run.entry, seen=seen, calls=3))


def test_a_counterexample_holds_inputs_and_both_answers() -> None:
    example = shown()
    assert example is not None
    assert [each.name for each in example.inputs] == ["x", "w", "b"]
    assert example.got is not None
    assert any(example.got.marks)
    assert example.calls == 3


def test_where_an_adapter_calls_the_functions_there_is_no_snippet() -> None:
    example = shown()
    assert example is not None
    assert example.snippet == ""


def test_what_does_not_fail_is_not_shown() -> None:
    assert shown(message=False) is None


def test_what_does_not_fit_on_a_page_is_not_shown() -> None:
    entry = corpus_of().entries[0]
    large = replace(entry.case, axes={**entry.case.axes, "N": 99})
    engine = engine_of(SOURCE, on=corpus_of())
    problem = find_problems(engine.grade())[0]
    posed = pose(corpus_of().exercise, large, seed=1)
    run = engine.run(posed)
    presentation = Presentation(
        exercise=corpus_of().exercise, convention=None, module="layers"
    )
    seen = Seen(run=run, message=problem.message)
    assert presentation.show(problem, Smallest(entry=posed, seen=seen, calls=0)) is None


def test_a_wrong_shape_is_marked_all_over() -> None:
    source = changed("    return out,", "    return out[:, :1],")
    example = shown(source=source)
    assert example is not None
    assert example.got is not None
    assert all(example.got.marks)


def test_a_grid_without_a_comparison_has_no_marks() -> None:
    assert grid("x", np.ones((2, 2))).marks == ()
