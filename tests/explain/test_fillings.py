from __future__ import annotations

from dataclasses import replace

import numpy as np
from judging import corpus_of

from grader.explain.fillings import plain_fillings, posed_plainly

CONV = corpus_of().exercise
CASE = corpus_of().entries[0].case


def test_every_array_is_counted_from_one() -> None:
    data = posed_plainly(CONV, CASE).first
    for array in (*data.arrays.values(), data.dout):
        assert np.array_equal(array.ravel(), np.arange(1.0, array.size + 1))


def test_a_filling_has_every_array_in_its_shape() -> None:
    shapes = {**CONV.shapes(CASE.axes), "dout": CONV.output_shape(CASE.axes)}
    for filled in plain_fillings(CONV, CASE):
        assert {name: array.shape for name, array in filled.items()} == shapes


def test_ones_are_not_for_layers_where_a_tie_has_two_answers() -> None:
    tied = replace(CONV, affine_in=())
    assert len([*plain_fillings(CONV, CASE)]) == 3
    assert len([*plain_fillings(tied, CASE)]) == 1


def test_a_layer_may_bring_fillings_of_its_own() -> None:
    own = {name: np.zeros(shape) for name, shape in CONV.shapes(CASE.axes).items()}
    layer = replace(CONV, plain=lambda _: iter([own]))
    assert [*plain_fillings(layer, CASE)] == [own]
