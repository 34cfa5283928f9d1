from __future__ import annotations

from dataclasses import replace

import numpy as np
import reports
from reports import grid

from grader.records import Message
from grader.report import Counterexample, Origin
from grader.reports.drawing import draw

FIRST = (0, 0, 0, 0)


def forward_example(*, pad: int = 1) -> Counterexample:
    (exercise,) = reports.stride_forgotten(pad=pad).exercises
    return exercise.counterexamples[0]


def test_the_first_wrong_number_is_explained_as_a_sum() -> None:
    drawing = draw(forward_example())
    assert drawing.cell == "out[0, 0, 0, 1]"
    shown = (
        drawing.sum.replace("\u2212", "-").replace("\u00d7", "*").removesuffix(" (b)")
    )
    assert f"{eval(shown):g}" == drawing.expected_number.replace("\u2212", "-")  # noqa: S307


def test_what_the_number_is_made_of_is_drawn_and_nothing_else() -> None:
    drawing = draw(forward_example())
    assert [operand.name for operand in drawing.operands] == ["x", "w"]
    assert drawing.operands[0].pad == 1


def test_wrong_numbers_are_marked_in_the_answer_and_not_in_the_expected_one() -> None:
    drawing = draw(forward_example())
    assert drawing.got is not None
    assert any(
        cell.wrong for it in drawing.got.slices for _, r in it.rows for cell in r
    )
    assert drawing.expected is not None
    assert not any(
        cell.wrong for it in drawing.expected.slices for _, r in it.rows for cell in r
    )


def test_sizes_are_shapes_and_options() -> None:
    sizes = draw(forward_example()).sizes
    assert sizes == ("x (1, 2, 4, 5)", "w (2, 2, 2, 3)", "b (2,)", "stride 2", "pad 1")


def test_marks_are_found_by_comparing_where_there_are_none() -> None:
    example = forward_example()
    assert example.got is not None
    bare = replace(example, got=replace(example.got, marks=()))
    assert draw(bare).got == draw(example).got


def test_a_wrong_shape_shows_the_inputs_and_no_difference() -> None:
    (exercise,) = reports.uncropped_dx().exercises
    drawing = draw(exercise.counterexamples[0])
    assert drawing.difference is None
    assert drawing.cell == ""
    assert [operand.name for operand in drawing.operands] == ["x", "w", "b", "dout"]


def test_without_an_answer_only_the_expected_one_is_drawn() -> None:
    drawing = draw(replace(forward_example(), got=None))
    assert drawing.got is None
    assert drawing.got_number == ""


def test_a_gradient_is_made_of_dout_and_weights() -> None:
    dout, w = np.array([[[[2.0]]]]), np.array([[[[3.0]]]])
    example = replace(
        forward_example(),
        margins={},
        origin=Origin(parts=((("dout", FIRST), ("w", FIRST)),)),
        inputs=(grid("x", np.ones((1, 1, 1, 1))), grid("w", w), grid("dout", dout)),
        expected=grid("dx", np.array([[[[6.0]]]])),
        got=grid("dx", np.array([[[[np.nan]]]])),
    )
    drawing = draw(example)
    assert drawing.sum == "2 \u00d7 3"
    assert drawing.got_number == "NaN"
    assert [operand.name for operand in drawing.operands] == ["w", "dout"]


def test_a_pool_is_no_sum() -> None:
    example = replace(
        forward_example(),
        margins={},
        origin=Origin(
            parts=tuple((("x", (0, 0, i, j)),) for i in (0, 1) for j in (0, 1)),
            is_sum=False,
        ),
        inputs=(grid("x", np.arange(4.0).reshape(1, 1, 2, 2)),),
        expected=grid("out", np.array([[[[3.0]]]])),
        got=grid("out", np.array([[[[0.0]]]])),
    )
    assert draw(example).sum == ""
    assert draw(example).operands[0].slices[0].rows[0][1][0].kinds.startswith("read")


def test_numbers_that_are_both_missing_do_not_differ() -> None:
    nan = grid("out", np.array([[[[np.nan]]]]))
    example = replace(forward_example(), expected=nan, got=replace(nan, marks=(True,)))
    difference = draw(example).difference
    assert difference is not None
    assert difference.slices[0].rows[0][1][0].text == "·"


def test_a_number_that_only_padding_goes_into_says_so() -> None:
    example = replace(
        forward_example(),
        margins={"x": 1},
        origin=Origin(
            parts=tuple(
                (("x", (0, 0, 2 * i, 2 * j)), ("dout", (0, 0, i, j)))
                for i in (0, 1)
                for j in (0, 1)
            )
        ),
        inputs=(
            grid("x", np.ones((1, 1, 1, 1))),
            grid("w", np.ones((1, 1, 1, 1))),
            grid("dout", np.arange(4.0).reshape(1, 1, 2, 2)),
        ),
        expected=grid("dw", np.zeros((1, 1, 1, 1))),
        got=grid("dw", np.ones((1, 1, 1, 1))),
    )
    assert draw(example).is_padding
    assert not draw(forward_example()).is_padding


def test_of_inputs_that_were_changed_no_answer_is_drawn() -> None:
    changed = Message(id="inputs.changed", values={"tensor": "w"})
    example = replace(forward_example(), problem=changed)
    assert not draw(example).has_answer
    assert draw(forward_example()).has_answer


def test_what_is_made_of_a_tensor_that_is_not_shown_is_not_explained() -> None:
    example = replace(forward_example(), inputs=forward_example().inputs[:1])
    assert draw(example).sum == ""
    assert [operand.name for operand in draw(example).operands] == ["x"]


def test_many_numbers_without_a_wrong_one_are_left_to_the_snippet() -> None:
    large = grid("x", np.ones((4, 4, 4, 4)))
    example = replace(
        forward_example(),
        inputs=(large,),
        expected=replace(large, name="out"),
        got=None,
    )
    drawing = draw(example)
    assert drawing.operands == ()
    assert drawing.expected is None


def test_nothing_is_said_to_be_made_of_inputs_that_were_not_followed() -> None:
    changed = Message(id="inputs.changed", values={"tensor": "w"})
    example = replace(forward_example(), problem=changed, origin=None)
    assert draw(forward_example()).is_followed
    assert not draw(example).is_followed


def test_what_is_too_large_to_be_drawn_is_named() -> None:
    large = grid("w", np.ones((4, 4, 4, 4)))
    x = grid("x", np.ones((1, 1, 1, 1)))
    example = replace(forward_example(), inputs=(x, large), origin=None)
    assert draw(example).left_out == ("w",)
    assert draw(forward_example()).left_out == ()
