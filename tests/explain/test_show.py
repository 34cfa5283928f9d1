from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from judging import corpus_of, engine_of
from programs import RIGHT, changed

from grader.corpus import pose
from grader.explain.minimise import Smallest
from grader.explain.probe import Seen
from grader.explain.problems import find_problems
from grader.explain.show import Presentation, grid
from grader.messages import render
from grader.records import Message

if TYPE_CHECKING:
    from grader.explain.problems import Problem
    from grader.report import Counterexample

SOURCE = changed("+ b", "+ 0")


def presentation(**changes: Any) -> Presentation:  # noqa: ANN401 (as replace)
    exercise = replace(corpus_of().exercise, **changes)
    return Presentation(exercise=exercise, convention=None, module="layers")


def shown(
    *, source: str = SOURCE, message: bool = True, place: int = 0
) -> Counterexample | None:
    engine = engine_of(source, on=corpus_of())
    judged = engine.grade()
    problem = find_problems(judged)[0]
    run = judged.runs[place]
    seen = Seen(run=run, message=problem.message if message else None)
    smallest = Smallest(entry=run.entry, seen=seen, calls=3)
    return presentation().show(problem, smallest)


def asked(
    source: str, message: Message, *, of: str = SOURCE
) -> tuple[Problem, Smallest]:
    """Return a problem, and the first case as this program answers it."""
    problem = find_problems(engine_of(of, on=corpus_of()).grade())[0]
    entry = corpus_of().entries[0]
    run = engine_of(source, on=corpus_of()).run(entry)
    seen = Seen(run=run, message=message)
    return problem, Smallest(entry=entry, seen=seen, calls=0)


VALUE = Message(id="tensor.value", values={"tensor": "out"})


def test_a_number_that_is_nearly_right_is_told_by_how_much_it_is_off() -> None:
    nearly = changed("+ b", "+ b * (1 + 2e-8)")
    found = presentation().number(*asked(nearly, VALUE, of=nearly))
    assert found is not None
    assert found.id == "number.nearly"
    error = found.values["error"]
    assert isinstance(error, float)
    assert 0 < error < 1e-5
    assert "off by" in render(found)


def test_one_wrong_number_is_told_with_its_place() -> None:
    found = presentation().number(*asked(SOURCE, VALUE))
    assert found is not None
    assert found.id == "number.of_several"
    entry = corpus_of().entries[0]
    assert found.values["wrong"] == entry.first.expected.out.size
    assert found.values["expected"] == entry.first.expected.out.flat[0]


def test_where_numbers_are_right_or_not_what_is_wrong_none_is_told() -> None:
    shape = Message(id="tensor.shape", values={"tensor": "out"})
    assert presentation().number(*asked(RIGHT, VALUE)) is None
    assert presentation().number(*asked(SOURCE, shape)) is None
    other = changed("    return out,", "    return out[:, :1],")
    assert presentation().number(*asked(other, VALUE)) is None


def test_an_input_that_was_put_back_is_shown_as_a_gradients_case() -> None:
    changes = changed("    return out,", "    x += 1\n    return out,")
    message = Message(id="inputs.changed", values={"tensor": "x"})
    problem, smallest = asked(RIGHT, message, of=changes)
    inputs = replace(problem, tensors=("inputs",))
    example = presentation().show(inputs, smallest)
    assert example is not None
    assert example.expected.name == "dx"


def test_a_message_about_something_else_shows_the_problems_own_tensor() -> None:
    message = Message(id="tensor.value", values={"tensor": "conv_param"})
    example = presentation().show(*asked(SOURCE, message))
    assert example is not None
    assert example.expected.name == "out"


def test_a_number_of_unknown_origin_is_shown_without_it() -> None:
    example = presentation(origin=lambda *_: None).show(*asked(SOURCE, VALUE))
    assert example is not None
    assert example.origin is None


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
    seen = Seen(run=run, message=problem.message)
    smallest = Smallest(entry=posed, seen=seen, calls=0)
    assert presentation().show(problem, smallest) is None


def test_a_wrong_shape_is_marked_all_over() -> None:
    source = changed("    return out,", "    return out[:, :1],")
    example = shown(source=source)
    assert example is not None
    assert example.got is not None
    assert all(example.got.marks)


def test_a_grid_without_a_comparison_has_no_marks() -> None:
    assert grid("x", np.ones((2, 2))).marks == ()
