from __future__ import annotations

from functools import cache

import pytest
from judging import corpus_of, judge, lost, points
from programs import RIGHT, changed

GRADIENTS = ("backward.shape", "backward.dx", "backward.dw", "backward.db")
FULL = {"backward.shape": 10, "backward.dx": 20, "backward.dw": 15, "backward.db": 8}


@cache
def gradient_points(source: str, *, follow_through: bool = True) -> dict[str, float]:
    judged = judge(source, follow_through=follow_through)
    earned = points(judged)
    return {name: earned[name] or 0.0 for name in GRADIENTS}


FLIPPED = RIGHT.replace("tensordot(win, w,", "tensordot(win, w[:, :, ::-1, ::-1],")
FLIPPED = FLIPPED.replace("dw += ", "dw[:, :, ::-1, ::-1] += ")
FLIPPED = FLIPPED.replace("tensordot(g, w,", "tensordot(g, w[:, :, ::-1, ::-1],")

ROLLED = RIGHT.replace("    return out,", "    return np.roll(out, 1, axis=2),")
ROLLED = ROLLED.replace(
    "    s, p = conv_param['stride'], conv_param['pad']\n    HH",
    "    db = dout.sum(axis=(0, 2, 3))\n    dout = np.roll(dout, -1, axis=2)\n"
    "    s, p = conv_param['stride'], conv_param['pad']\n    HH",
).replace("dout.sum(axis=(0, 2, 3))\n", "db\n")
ROLLED = ROLLED.replace("    db = db\n", "    db = dout.sum(axis=(0, 2, 3))\n")

NO_BIAS = changed("+ b", "+ 0 * b").replace(
    "return dx, dw, dout.sum(axis=(0, 2, 3))", "return dx, dw, 0 * b"
)

CROPPED = RIGHT.replace("    return out,", "    return out[:, :, :1],")
CROPPED = CROPPED.replace(
    "    HH, WW = w.shape[2:]\n",
    "    HH, WW = w.shape[2:]\n"
    "    if dout.shape[2] != 1: raise ValueError('not my out')\n",
)

HEAD = "import numpy as np\ndef conv_forward_naive(x, w, b, conv_param):\n"
HEAD += "    N, F = len(x), len(w)\n"
HEAD += "    size = lambda n, k: 1 + (n + 2 * conv_param['pad'] - k) // "
HEAD += "conv_param['stride']\n"
HEAD += (
    "    shape = (N, F, size(x.shape[2], w.shape[2]), size(x.shape[3], w.shape[3]))\n"
)
TAIL = "    return out, (x, w, b)\ndef conv_backward_naive(dout, cache):\n"
TAIL += "    x, w, b = cache\n    s = dout.sum()\n"

SUM = HEAD + "    out = np.full(shape, x.sum() * w.sum() + b.sum())\n" + TAIL
SUM += "    one = np.ones_like\n"
SUM += "    return one(x) * w.sum() * s, one(w) * x.sum() * s, one(b) * s\n"

CONSTANT = HEAD + "    out = np.full(shape, 3.0)\n" + TAIL
CONSTANT += "    return 0 * x, 0 * w, 0 * b\n"

BIAS = HEAD + "    out = np.zeros(shape) + b.reshape(1, -1, 1, 1)\n" + TAIL
BIAS += "    return 0 * x, 0 * w, dout.sum(axis=(0, 2, 3))\n"

PIXEL = HEAD + "    out = np.zeros(shape)\n"
PIXEL += "    out[0, 0, 0, 0] = x[0, 0, 0, 0] * w[0, 0, 0, 0] + b[0]\n" + TAIL
PIXEL += "    dx, dw, db = 0 * x, 0 * w, 0 * b\n    g = dout[0, 0, 0, 0]\n"
PIXEL += "    dx[0, 0, 0, 0], dw[0, 0, 0, 0] = g * w[0, 0, 0, 0], g * x[0, 0, 0, 0]\n"
PIXEL += "    db[0] = g\n    return dx, dw, db\n"

# Every output pixel reads the same place of its image, with an honest gradient.
TAP = HEAD + "    one = np.einsum('n,f->nf', x[:, 0, 0, 0], w[:, 0, 0, 0]) + b\n"
TAP += "    out = np.zeros(shape) + one[:, :, None, None]\n" + TAIL
TAP += "    dx, dw = 0 * x, 0 * w\n    d = dout.sum((2, 3))\n"
TAP += "    dx[:, 0, 0, 0] = d @ w[:, 0, 0, 0]\n"
TAP += "    dw[:, 0, 0, 0] = d.T @ x[:, 0, 0, 0]\n    return dx, dw, d.sum(0)\n"

RELU = RIGHT.replace(
    "    return out, (x, w, b, conv_param)",
    "    return np.maximum(out, 0), ((x, w, b, conv_param), out > 0)",
).replace(
    "x, w, b, conv_param = cache",
    "(x, w, b, conv_param), on = cache\n    dout = dout * on",
)


@pytest.mark.parametrize("source", [FLIPPED, ROLLED], ids=["flipped", "rolled"])
def test_gradients_of_ones_own_forward_earn_all_points(source: str) -> None:
    assert gradient_points(source) == FULL


def test_a_convolution_without_bias_earns_the_gradients_of_x_and_w() -> None:
    assert gradient_points(NO_BIAS) == {**FULL, "backward.db": 0}


def test_an_out_of_its_own_shape_is_asked_with_a_dout_of_that_shape() -> None:
    earned = gradient_points(CROPPED)
    assert earned["backward.dx"] > 0
    assert earned["backward.shape"] > 0


@pytest.mark.parametrize("source", [FLIPPED, ROLLED, CROPPED])
def test_without_follow_through_the_reference_alone_decides(source: str) -> None:
    credited = gradient_points(source)
    strict = gradient_points(source, follow_through=False)
    assert sum(strict.values()) < sum(credited.values())


@pytest.mark.parametrize(
    "source", [SUM, CONSTANT, PIXEL], ids=["sum", "constant", "pixel"]
)
def test_a_consistent_fake_earns_no_gradient(source: str) -> None:
    earned = gradient_points(source)
    assert earned["backward.dx"] == earned["backward.dw"] == earned["backward.db"] == 0


@pytest.mark.parametrize("source", [SUM, CONSTANT, PIXEL, TAP, BIAS, RELU])
def test_no_fake_is_ever_credited_by_the_adjoint(source: str) -> None:
    judged = judge(source, on=corpus_of(seed=3))
    assert not any(v.follow_through for v in judged.verdicts)
    assert gradient_points(source)["backward.dx"] == 0
    assert gradient_points(source)["backward.dw"] == 0


def test_the_verdict_says_what_gave_the_points() -> None:
    judged = judge(FLIPPED)
    credited = {v.criterion for v in judged.verdicts if v.follow_through}
    assert credited == {"backward.dx", "backward.dw"}


def test_an_empty_out_of_its_own_earns_nothing_and_ends() -> None:
    empty = changed("return out, (x,", "return out[:, :, :0], (x,")
    assert {"forward.shape", "forward.value"} <= lost(judge(empty))
