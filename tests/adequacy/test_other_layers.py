from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from judging import corpus_of, judge, lost, points
from programs import changed, program

FOLDER = Path(__file__).parents[1] / "submissions"
RIGHT = [(path.parent.name, path.stem) for path in sorted(FOLDER.rglob("*.py"))]
VALUE, SHAPE = "forward.value", "forward.shape"


def source(layer: str, name: str) -> str:
    return (FOLDER / layer / f"{name}.py").read_text("utf-8")


def points_of(text: str, *, layer: str, seed: int, floor: bool = True) -> list[float]:
    corpus = corpus_of(layer, seed=seed, remainder="floor" if floor else "never")
    judged = judge(program(text, layer=layer), on=corpus)
    return [value or 0.0 for value in points(judged).values()]


@pytest.mark.parametrize(("layer", "name"), RIGHT)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_right_program_gets_everything(layer: str, name: str, seed: int) -> None:
    text = source(layer, name)
    assert sum(points_of(text, layer=layer, seed=seed, floor=seed > 1)) == 100


@pytest.mark.nightly
@pytest.mark.parametrize(("layer", "name"), RIGHT)
def test_it_does_on_every_seed(layer: str, name: str) -> None:
    text = source(layer, name)
    found = {sum(points_of(text, layer=layer, seed=seed)) for seed in range(200)}
    assert found == {100}


class Wrong(NamedTuple):
    """One change to a right program, and the criteria that must lose points."""

    layer: str
    base: str
    old: str
    new: str
    lost: set[str]


MAX, LOOPS, AFFINE = "max_pool", "loops_and_argmax", "reshape_and_dot"
PYTHON = "plain_python"
DX, DW, DB = "backward.dx", "backward.dw", "backward.db"
WRONG = [
    Wrong(MAX, LOOPS, "np.max(window)", "max(0, np.max(window))", {VALUE}),
    Wrong(MAX, LOOPS, "np.max(window)", "np.mean(window)", {VALUE}),
    Wrong(MAX, LOOPS, "np.max(window)", "np.abs(window).max()", {VALUE}),
    Wrong(MAX, LOOPS, "np.max(window)", "window[0, 0]", {VALUE}),
    Wrong(MAX, LOOPS, "np.max(window)", "window[1:].max(initial=-9e9)", {VALUE}),
    Wrong(MAX, LOOPS, "np.max(window)", "round(np.max(window), 1)", {VALUE}),
    Wrong(MAX, LOOPS, "] += dout", "] = dout", {DX}),
    Wrong(MAX, LOOPS, "+= dout[n, c, i, j]", "+= 1", {DX}),
    Wrong(MAX, LOOPS, "np.argmax(window)", "np.argmin(window)", {DX}),
    Wrong(MAX, LOOPS, "np.argmax(window)", "np.argmax(abs(window))", {DX}),
    Wrong(MAX, LOOPS, "i * s + k, j * s + l", "i * s + l, j * s + k",
          {DX, "backward.shape"}),
    Wrong(MAX, LOOPS, "i * s + k, j * s + l", "i + k, j + l", {DX}),
    Wrong(MAX, LOOPS, "dx = np.zeros_like(x)", "dx = np.zeros_like(dout)",
          {DX, "backward.shape"}),
    Wrong(MAX, LOOPS, "1 + (H - HH) // s, 1 + (W - WW) // s", "H // s, W // s",
          {SHAPE, VALUE}),
    Wrong(MAX, LOOPS, "1 + (H - HH) // s, 1 + (W - WW) // s",
          "1 + (H - HH) // s, 1 + (H - WW) // s",
          {SHAPE, VALUE}),
    Wrong(MAX, LOOPS, "return out, (x, pool_param)",
          "x *= 1.5; return out, (x, pool_param)", {"hygiene.inputs_unchanged"}),
    Wrong(MAX, PYTHON, "-np.inf)", "0.0)", {VALUE, DX}),
    Wrong("affine", AFFINE, ".dot(w) + b", ".dot(w)", {VALUE}),
    Wrong("affine", AFFINE, "x.reshape(x.shape[0], -1).dot(w)",
          "x.reshape(x.shape[0], -1, order='F').dot(w)", {VALUE}),
    # Its dw belongs to its own forward, which reads the same weights in another order.
    Wrong("affine", AFFINE, "x.shape[0], -1)", "x.shape[0], -1, order='F')", {VALUE}),
    Wrong("affine", AFFINE, ".reshape(x.shape)", "", {DX, "backward.shape"}),
    Wrong("affine", AFFINE, "np.sum(dout, axis=0)", "np.mean(dout, axis=0)", {DB}),
    Wrong("affine", AFFINE, "np.sum(dout, axis=0)", "np.sum(dout, axis=1)",
          {DB, "backward.shape"}),
    Wrong("affine", AFFINE, ".T.dot(dout)", ".T.dot(dout) / len(x)", {DW}),
    Wrong("affine", AFFINE, "dw = x", "dw = abs(x)", {DW}),
    Wrong("affine", AFFINE, "dout.dot(w.T)", "dout.dot(w.reshape(w.T.shape))", {DX}),
    Wrong("affine", AFFINE, "return out, (x, w, b)", "b += 1; return out, (x, w, b)",
          {"hygiene.inputs_unchanged"}),
]  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        # Every sixth of them in the default run.
        pytest.param(each, marks=pytest.mark.adequacy_full if n % 6 else ())
        for n, each in enumerate(WRONG)
    ],
    ids=[f"{each.layer}-{each.new}" for each in WRONG],
)
def test_a_wrong_one_loses_the_same_points_on_every_seed(wrong: Wrong) -> None:
    right = source(wrong.layer, wrong.base)
    text = changed(wrong.old, wrong.new, source=right)
    corpus = corpus_of(wrong.layer, seed=1, remainder="floor")
    assert lost(judge(program(text, layer=wrong.layer), on=corpus)) == wrong.lost
    found = [points_of(text, layer=wrong.layer, seed=seed) for seed in (2, 3)]
    assert found[0] == found[1]
