from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from explaining import explained, graded, run_snippet
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from programs import RIGHT, changed

from grader.explain.snippet import literal

if TYPE_CHECKING:
    from grader.calls import Array

OUT = "    return out, (x, w, b, conv_param)"
GRADS = "    return dx, dw, dout.sum(axis=(0, 2, 3))"
CHANGES_X = changed(OUT, "    x *= 1.5\n    return out, (x / 1.5, w, b, conv_param)")

WRONG = {
    "tensor.value": changed("+ b", "+ b * (1 + 1e-7)"),
    "tensor.shape": changed(OUT, "    return out[..., None], (x, w, b, conv_param)"),
    "tensor.not_finite": changed(OUT, "    return out * np.nan, (x, w, b, conv_param)"),
    "tensor.not_array": changed(OUT, "    return out.tolist(), (x, w, b, conv_param)"),
    "tensor.dtype": changed(OUT, OUT.replace("out,", "out.astype(np.float16),")),
    "results.not_two": changed(OUT, "    return out, x, w"),
    "results.not_gradients": changed(GRADS, "    return dx"),
    "inputs.changed": CHANGES_X,
    "inputs.options_changed": changed(OUT, "    conv_param['seen'] = True\n" + OUT),
    "out.reused": "OUTS = {}\n" + changed(
        "np.zeros((N, F, Ho, Wo))",
        "OUTS.setdefault((N, F, Ho, Wo), np.zeros((N, F, Ho, Wo)))",
    ),
    "tensor.remembered": "SEEN = {}\n" + changed(
        "    Ho, Wo", "    xp = SEEN.setdefault((xp.shape, w.shape, s), xp)\n    Ho, Wo"
    ),
    "call.raised_at": changed(OUT, "    raise KeyError('mine')"),
}  # fmt: skip


def snippets(source: str) -> list[str]:
    return [example.snippet for example in explained(source).counterexamples]


@pytest.mark.parametrize("kind", [*WRONG][::2])
def test_a_snippet_prints_false_and_beside_a_right_program_true(kind: str) -> None:
    assert_tells_wrong_from_right(kind)


@pytest.mark.nightly
@pytest.mark.parametrize("kind", [*WRONG][1::2])
def test_any_other_snippet_prints_false_and_true_as_well(kind: str) -> None:
    assert_tells_wrong_from_right(kind)


def assert_tells_wrong_from_right(kind: str) -> None:
    examples = explained(WRONG[kind]).counterexamples
    assert kind in [example.problem.id for example in examples]
    for example in examples:
        raised = example.problem.values.get("error")
        shown = run_snippet(example.snippet, WRONG[kind]).rstrip()
        assert shown.endswith("False") or shown == raised
        assert run_snippet(example.snippet, RIGHT).rstrip().endswith("True") or raised


@pytest.mark.parametrize("changes", ["dout *= 2", "w += 1"])
def test_a_gradients_input_that_is_changed_is_shown_before_and_after(
    changes: str,
) -> None:
    source = changed(
        GRADS,
        f"    kept = dx, dw, dout.sum(axis=(0, 2, 3))\n    {changes}\n    return kept",
    )
    (example,) = explained(source).counterexamples
    assert example.got is not None
    assert example.expected.name == changes.replace("[", " ").split()[0]
    assert example.expected.numbers != example.got.numbers
    assert run_snippet(example.snippet, source).rstrip().endswith("False")


def test_a_backward_without_a_cache_gets_what_forward_was_given() -> None:
    source = changed(OUT, "    return out")
    source = changed(
        GRADS, "    return 2 * dx, dw, dout.sum(axis=(0, 2, 3))", source=source
    )
    shown = snippets(source)[-1]
    assert "cache = (x, w, b, conv_param)" in shown
    assert run_snippet(shown, source).rstrip().endswith("False")


def test_a_snippet_of_numbers_that_were_never_set_says_that_it_takes_luck() -> None:
    source = changed("np.zeros_like(xp), np", "np.empty_like(xp), np")
    (shown,) = snippets(source)
    assert "# np.empty holds whatever was in memory" in shown
    assert not any("np.empty" in other for other in snippets(WRONG["tensor.value"]))


def test_a_notebooks_snippet_is_pasted_below_its_functions() -> None:
    (exercise,) = graded(changed("+ b", "+ 0"), name="my conv.py").exercises
    (example,) = exercise.counterexamples
    assert (
        "# paste this below conv_forward_naive and conv_backward_naive"
        in example.snippet
    )
    assert "import conv" not in example.snippet


def test_names_too_long_for_one_line_are_imported_on_two() -> None:
    name = "my_long_name_of_a_file_with_layers"
    (exercise,) = graded(changed("+ b", "+ 0"), name=f"{name}.py").exercises
    shown = exercise.counterexamples[0].snippet
    assert shown.count(f"from {name} import") == 2
    assert (
        run_snippet(shown, changed("+ b", "+ 0"), name=name).rstrip().endswith("False")
    )


@given(
    array=arrays.arrays(
        np.float64,
        arrays.array_shapes(max_dims=4, max_side=3),
        elements=st.floats(-9, 9),
    )
)
def test_a_written_array_is_read_back_bit_by_bit(array: Array) -> None:
    read = eval(literal(array), {"np": np})  # noqa: S307 (our own text)
    assert read.shape == array.shape
    assert read.tobytes() == (array + 0.0).tobytes()


def test_more_numbers_than_fit_on_a_page_are_not_written() -> None:
    with pytest.raises(ValueError, match="601 numbers are too many"):
        literal(np.zeros(601))
