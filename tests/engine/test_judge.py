from __future__ import annotations

import pytest
from judging import corpus_of, judge, lost, messages, total
from programs import RIGHT, changed

from grader.records import Status

VALUE = "forward.value"
SHAPE = "forward.shape"
BACK = "backward.shape"
GRADIENTS = {"backward.dx", "backward.dw", "backward.db"}
HYGIENE = "hygiene.inputs_unchanged"

RETURN = "    return out, (x, w, b, conv_param)"
GRADS = "    return dx, dw, dout.sum(axis=(0, 2, 3))"


def returning(out: str) -> str:
    return changed(RETURN, f"    return {out}, (x, w, b, conv_param)")


def test_a_right_program_loses_nothing() -> None:
    assert total(judge(RIGHT)) == 100


@pytest.mark.parametrize(
    "accepted",
    [
        RIGHT.replace(RETURN, "    return [out, (x, w, b, conv_param)]"),
        RIGHT.replace(GRADS, "    return [dx, dw, dout.sum(axis=(0, 2, 3))]"),
        returning("np.asfortranarray(out)"),
        returning("np.repeat(out, 2, axis=3)[..., ::2]"),
        returning("out.astype(np.float32)"),
        returning("out.astype(np.longdouble)"),
        returning("out.astype('>f8')"),
        RIGHT.replace("np.zeros((N", "np.zeros(dtype=np.float32, shape=(N"),
        RIGHT.replace(RETURN, "    return out, (x.copy(), w.copy(), b, conv_param)"),
    ],
)
def test_a_style_of_its_own_is_accepted(accepted: str) -> None:
    assert accepted != RIGHT
    assert total(judge(accepted)) == 100


@pytest.mark.parametrize("data", ["lattice", "real"])
@pytest.mark.parametrize("remainder", ["never", "floor"])
def test_a_right_program_is_right_on_any_data(data: str, remainder: str) -> None:
    posed = corpus_of(remainder=remainder, data=data)
    assert total(judge(RIGHT, on=posed)) == 100


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (returning("None"), "tensor.not_array"),
        (returning("out.tolist()"), "tensor.not_array"),
        (returning("out.sum()"), "tensor.not_array"),
        (returning("out[0]"), "tensor.shape"),
        (returning("out[..., None]"), "tensor.shape"),
        (RIGHT.replace(RETURN, "    return out"), "results.not_two"),
        (RIGHT.replace(RETURN, "    return out, x, w"), "results.not_two"),
        (RIGHT.replace(RETURN, "    return {'out': out}"), "results.not_two"),
        (returning("np.zeros_like(out)"), "out.constant"),
    ],
)
def test_a_wrong_kind_of_out_loses_its_shape(wrong: str, message: str) -> None:
    assert message in messages(judge(wrong), SHAPE)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (returning("out.astype(np.float16)"), "tensor.dtype"),
        (returning("out.astype(int)"), "tensor.dtype"),
        (returning("out.astype(complex)"), "tensor.dtype"),
        (returning("out.astype(object)"), "tensor.dtype"),
        (returning("np.round(out, 1)"), "tensor.value"),
        (returning("out * (1 + 1e-6)"), "tensor.value"),
        (returning("np.where(out > 0, np.nan, out)"), "tensor.not_finite"),
        (returning("out / 0"), "tensor.not_finite"),
        (returning("-np.abs(out) - 1"), "tensor.value"),
    ],
)
def test_wrong_numbers_lose_the_value_alone(wrong: str, message: str) -> None:
    judged = judge(wrong)
    assert messages(judged, VALUE) == {message}
    assert lost(judged) == {VALUE}


def test_a_relu_shows_in_every_case_if_only_for_the_opposite_numbers() -> None:
    judged = judge(returning("np.maximum(out, 0)"))
    assert lost(judged) == {VALUE}
    failed = {v.case for v in judged.verdicts if v.status is Status.FAILED}
    assert failed == {entry.case.name for entry in corpus_of().entries}


def test_only_out_returned_loses_the_shape_but_not_the_value() -> None:
    judged = judge(RIGHT.replace(RETURN, "    return out"))
    assert lost(judged) == {SHAPE}


def test_what_is_remembered_from_another_call_is_found() -> None:
    source = changed(
        "    s, p = conv_param['stride'], conv_param['pad']\n    N",
        "    x = SEEN.setdefault((x.shape, w.shape), x)\n"
        "    s, p = conv_param['stride'], conv_param['pad']\n    N",
    )
    judged = judge("SEEN = {}\n" + source)
    assert messages(judged, VALUE) == {"tensor.remembered"}


def test_one_buffer_for_every_answer_is_found() -> None:
    source = changed(
        "np.zeros((N, F, Ho, Wo))",
        "OUTS.setdefault((N, F, Ho, Wo), np.zeros((N, F, Ho, Wo)))",
    )
    judged = judge("OUTS = {}\n" + source)
    assert messages(judged, VALUE) == {"out.reused"}


def test_state_outside_the_cache_costs_the_gradients() -> None:
    source = RIGHT.replace(RETURN, "    global LAST\n    LAST = x\n" + RETURN)
    source = source.replace(
        "x, w, b, conv_param = cache",
        "x, w, b, conv_param = cache\n    x = LAST if LAST.shape == x.shape else x",
    )
    assert lost(judge(source)) == {"backward.dw"}


def test_sizes_kept_outside_the_cache_cost_the_gradients() -> None:
    source = RIGHT.replace(RETURN, "    global LAST\n    LAST = p\n" + RETURN)
    source = source.replace("    HH, WW = w", "    p = LAST\n    HH, WW = w")
    assert "backward.dx" in lost(judge(source))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ("dx, dw", "results.not_gradients"),
        ("dx, dw, dout.sum(axis=(0, 2, 3)), 0", "results.not_gradients"),
        ("dx", "results.not_gradients"),
        ("None", "results.not_gradients"),
        ("dx, dw, dout.sum(axis=(0, 2))", "tensor.shape"),
        ("dx, dw, None", "tensor.not_array"),
        ("x * 0, w * 0, b * 0", "gradients.constant"),
    ],
)
def test_wrong_gradients_lose_their_shape(wrong: str, message: str) -> None:
    judged = judge(changed(GRADS, f"    return {wrong}"))
    assert message in messages(judged, BACK)
    assert not lost(judged) & {SHAPE, VALUE}


def test_one_wrong_gradient_leaves_the_others_alone() -> None:
    judged = judge(changed(GRADS, "    return dx, 2 * dw, dout.sum(axis=(0, 2, 3))"))
    assert lost(judged) == {"backward.dw"}


@pytest.mark.parametrize(
    ("before", "message"),
    [
        ("x += 1", "inputs.changed"),
        ("x.shape = x.shape[::-1]", "inputs.changed"),
        ("conv_param['pad'] += 0; conv_param['x'] = 1", "inputs.options_changed"),
        ("conv_param.clear()", "inputs.options_changed"),
    ],
)
def test_a_changed_input_costs_hygiene_alone(before: str, message: str) -> None:
    given = "    given = x.copy(), dict(conv_param)\n"
    spoiled = f"    {before}\n    return out, (given[0], w, b, given[1])"
    source = changed(RETURN, given + spoiled)
    judged = judge(source)
    assert messages(judged, HYGIENE) == {message}
    assert lost(judged) == {HYGIENE}


def test_an_unfilled_template_gets_nothing() -> None:
    source = (
        "def conv_forward_naive(x, w, b, conv_param):\n"
        "    out = None\n    return out, (x, w, b, conv_param)\n"
        "def conv_backward_naive(dout, cache):\n"
        "    return None, None, None\n"
    )
    assert total(judge(source)) == 0


@pytest.mark.parametrize("empty", ["zeros", "ones"])
def test_constant_answers_of_the_right_shape_get_nothing(empty: str) -> None:
    source = RIGHT.replace(RETURN, f"    return np.{empty}_like(out), (x, w, b)")
    source = source.replace(
        "x, w, b, conv_param = cache\n",
        "x, w, b = cache\n    return "
        + ", ".join(f"np.{empty}_like({n})" for n in "xwb")
        + "\n",
    )
    assert total(judge(source)) == 0


def test_a_raising_forward_leaves_backward_the_documented_cache() -> None:
    judged = judge(changed(RETURN, "    raise ValueError('mine')"))
    assert lost(judged) == {SHAPE, VALUE}
    assert messages(judged, VALUE) == {"call.raised_at"}


def test_a_missing_bias_costs_the_value_alone() -> None:
    assert lost(judge(changed("+ b", "+ 0"))) == {VALUE}


@pytest.mark.parametrize("seed", range(5))
def test_a_wrong_program_has_one_score(seed: int) -> None:
    wrong = changed(
        "dx = dxp[:, :, p:p+x.shape[2], p:p+x.shape[3]]", "dx = dxp[:, :, p:-p, p:-p]"
    )
    assert total(judge(wrong, on=corpus_of(seed=seed))) == 85


def test_an_answer_of_nothing_but_uninitialised_memory_is_wrong() -> None:
    judged = judge(
        changed(
            "dxp, dw = np.zeros_like(xp), np.zeros_like(w)",
            "dxp, dw = np.empty_like(xp), np.empty_like(w)",
        )
    )
    assert lost(judged) == {"backward.dx", "backward.dw"}
