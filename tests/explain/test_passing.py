"""What single output pixels pass on to dx is read off, whatever the program is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import pytest
from explaining import explained
from judging import corpus_of, engine_of
from programs import RIGHT, changed

from grader.explain.passing import read_passing
from grader.messages import LANGUAGES, render
from grader.messages.en import passing
from grader.records import Message, MessageValue

CORPUS = corpus_of()
NO_AXES: Final[Mapping[str, int]] = {}
DX = "dxp[:, :, rows, cols] += np.tensordot(g, w, (1, 0))"
CUT = "dx = dxp[:, :, p:p+x.shape[2], p:p+x.shape[3]]"


def passed_on(
    source: str, axes: Mapping[str, int] = NO_AXES, *, gradient: str = "dx"
) -> Message | None:
    sizes = {"N": 2, "C": 1, "H": 5, "W": 5, "F": 1, "HH": 2, "WW": 2} | {
        "stride": 1, "pad": 0,
    }  # fmt: skip
    case = replace(CORPUS.entries[0].case, axes={**sizes, **axes})
    attempts = engine_of(source, on=CORPUS).attempts
    return read_passing(CORPUS.exercise, attempts, [case], gradient=gradient)


def told(new: str, old: str = DX, axes: Mapping[str, int] = NO_AXES) -> str:
    found = passed_on(changed(old, new), axes)
    return "" if found is None else found.id


@pytest.mark.parametrize(
    ("new", "axes", "look"),
    [
        ("pass", {}, "nothing"),
        (DX.replace("w, (1", "w[..., ::-1, ::-1], (1"), {}, "turned"),
        (DX.replace("w, (1", "w[..., ::-1, :], (1"), {}, "upside_down"),
        (DX.replace("w, (1", "w[..., ::-1], (1"), {}, "mirrored"),
        (DX.replace("w, (1", "w.swapaxes(2, 3), (1"), {}, "transposed"),
        (DX.replace("w, (1", "w * w, (1"), {}, "reweighted"),
        (DX.replace("w, (1", "-w, (1"), {}, "scaled"),
        (DX.replace("w, (1", "w[::-1], (1"), {"F": 2}, "other_filter"),
        (DX.replace("w, (1", "w[:, [0, 0]], (1"), {"C": 2}, "other_channel"),
        (DX.replace("rows,", "slice(i, i+HH),"), {"stride": 3}, "starts"),
        (DX.replace("[:, :, rows", "[:, :1, rows").replace("w, (", "w[:, :1], ("),
         {"C": 2}, "channels"),
        (DX.replace("dxp", "i and dxp", 0).replace("g, w", "g * (i > 0), w"), {},
         "unfilled"),
        (DX + "; dxp[:, :, 0, 0] += g.sum(1)[:, None]", {}, "other"),
        (DX.replace("cols] +=", "cols][..., 1:] +=").replace("w, (", "w[..., 1:], ("),
         {}, "fewer"),
    ],
)  # fmt: skip
def test_what_an_output_pixel_passes_on_is_read_off(
    new: str, axes: dict[str, int], look: str
) -> None:
    assert told(new, axes=axes) == f"passing.{look}"


def test_a_right_gradient_has_nothing_to_tell() -> None:
    assert passed_on(RIGHT) is None


@pytest.mark.parametrize("gradient", ["dw", "db", "out"])
def test_only_the_gradient_of_the_images_is_read(gradient: str) -> None:
    assert passed_on(changed(DX, "pass"), gradient=gradient) is None


@pytest.mark.parametrize(
    "new",
    [
        "dx = None",
        "dx = dxp * np.nan",
        "dx = dxp[:, :, 1:]",
        "dx = np.tanh(dxp)",
        "dx = dxp[::-1] * 2",
        "raise ValueError",
    ],
)
def test_what_is_not_linear_image_by_image_tells_nothing(new: str) -> None:
    assert told(new, CUT) == ""


def test_a_report_says_it_of_an_unnamed_mistake() -> None:
    source = changed(DX, DX + "; dxp[:, :, 0, 0] += g.sum(1)[:, None]")
    ids = [message.id for message in explained(source).summary]
    assert ids == ["where.only.exactly", "passing.other", "look.passing"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_sentences_name_the_gradient(language: str) -> None:
    values: dict[str, MessageValue] = {
        "tensor": "dx",
        "row": 1,
        "column": 2,
        "filter": 0,
        "beside": 3,
    }
    values |= {"channel": 0, "other": 1, "factor": 2.0}
    values |= {"wanted": 4, "shared": 2, "looked": 2, "seen": 1}
    values |= {"shift": "", "axis": "", "got": "0, 1", "expected": "0, 2"}
    for name in passing.TEMPLATES:
        assert "dx" in render(Message(id=name, values=values), language)
