from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from judging import corpus_of, engine_of
from programs import RIGHT, changed

from grader.engine.linear_map import (
    IMAGES_A_CALL,
    LinearMap,
    read_linear_map,
    right_linear_map,
)

if TYPE_CHECKING:
    from grader.corpus import Entry

CORPUS = corpus_of()
OUT = "    return out, (x, w, b, conv_param)"


def general() -> list[Entry]:
    return [e for e in CORPUS.entries if e.case.role == "general"][:4]


def pixels(entry: Entry) -> int:
    return int(entry.first.arrays["x"][0].size)


def read(source: str, entry: Entry) -> LinearMap | None:
    return read_linear_map(engine_of(source, on=CORPUS).attempts, entry)


@pytest.mark.parametrize("entry", general(), ids=lambda e: e.case.name)
def test_the_map_of_a_right_program_is_the_right_one(entry: Entry) -> None:
    found = read(RIGHT, entry)
    assert found is not None
    assert np.allclose(found.weights, right_linear_map(CORPUS.exercise, entry))


@pytest.mark.parametrize("entry", general(), ids=lambda e: e.case.name)
def test_a_map_explains_the_out_of_the_case_it_was_read_on(entry: Entry) -> None:
    found = read(RIGHT, entry)
    assert found is not None
    images = entry.first.arrays["x"]
    assert found.explains(images, entry.first.expected.out)
    assert not found.explains(images, 2 * entry.first.expected.out)
    assert not found.explains(images[:1], entry.first.expected.out)


def test_the_empty_image_shows_the_bias() -> None:
    entry = general()[0]
    found = read(RIGHT, entry)
    assert found is not None
    bias = entry.first.arrays["b"]
    assert np.allclose(found.at_rest, bias[:, None, None])


@pytest.mark.parametrize(
    "wrong",
    [
        "    return None, (x, w, b, conv_param)",
        "    return out.sum(), (x, w, b, conv_param)",
        "    return out[:1], (x, w, b, conv_param)",
        "    return out * np.nan, (x, w, b, conv_param)",
        "    return out[:, :, : 1 + bool(x.any())], (x, w, b, conv_param)",
        "    return out[..., None] if x[0].any() else out, (x, w, b, conv_param)",
        "    raise ValueError",
    ],
)
def test_what_answers_images_with_something_else_has_no_map(wrong: str) -> None:
    assert read(changed(OUT, wrong), general()[1]) is None


def test_a_program_that_mixes_images_is_not_explained() -> None:
    entry = general()[0]
    source = changed(OUT, "    return out + x.sum(), (x, w, b, conv_param)")
    found = read(source, entry)
    assert found is None or not found.explains(
        entry.first.arrays["x"],
        entry.first.expected.out + entry.first.arrays["x"].sum(),
    )


def test_pieces_of_other_shapes_are_no_map() -> None:
    source = changed(
        OUT, f"    return out[..., :1] if len(x) < {IMAGES_A_CALL} else out, (x, w, b)"
    )
    entry = next(e for e in general() if pixels(e) % IMAGES_A_CALL)
    assert pixels(entry) > IMAGES_A_CALL
    assert read(source, entry) is None
