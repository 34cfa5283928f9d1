"""What single output pixels add to dw and db is read off, whatever the program is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import pytest
from explaining import explained
from judging import corpus_of, engine_of
from programs import RIGHT, changed

from grader.explain.single_pixels import read_single_pixels
from grader.explain.taking import read_taking
from grader.messages import LANGUAGES, render
from grader.messages.en import taking
from grader.records import Message, MessageValue

CORPUS = corpus_of()
NO_AXES: Final[Mapping[str, int]] = {}
DW = "dw += np.tensordot(g, xp[:, :, rows, cols], (0, 0))"
WINDOW = "xp[:, :, rows, cols]"
DB = "dout.sum(axis=(0, 2, 3))"
TRANSPOSED = "np.resize(xp[:, :, rows, cols].swapaxes(2, 3), (len(x), *w.shape[1:]))"


def taken(
    source: str, axes: Mapping[str, int] = NO_AXES, *, gradient: str = "dw"
) -> Message | None:
    sizes = {"N": 2, "C": 1, "H": 5, "W": 5, "F": 2, "HH": 2, "WW": 2} | {
        "stride": 1, "pad": 0,
    }  # fmt: skip
    case = replace(CORPUS.entries[0].case, axes={**sizes, **axes})
    attempts = engine_of(source, on=CORPUS).attempts
    return read_taking(CORPUS.exercise, attempts, [case], gradient=gradient)


def told(
    new: str,
    old: str = WINDOW,
    axes: Mapping[str, int] = NO_AXES,
    *,
    gradient: str = "dw",
) -> str:
    # Only dw is changed: what stands elsewhere too is changed in its line.
    line = DW if old in DW else old
    source = changed(line, line.replace(old, new))
    found = taken(source, axes, gradient=gradient)
    return "" if found is None else found.id


@pytest.mark.parametrize(
    ("new", "axes", "look"),
    [
        (f"{WINDOW}[..., ::-1, ::-1]", {}, "turned"),
        (f"{WINDOW}[..., ::-1, :]", {}, "upside_down"),
        (f"{WINDOW}[..., ::-1]", {}, "mirrored"),
        (TRANSPOSED, {}, "transposed"),
        ("xp[:, :, i:i+HH, cols]", {"stride": 3}, "starts"),
        ("np.roll(xp, 1, 2)[:, :, rows, cols]", {}, "shifted"),
        (f"{WINDOW} * ([[[1]], [[0]]])", {"C": 2}, "channels"),
        (f"{WINDOW} * (i > 0)", {}, "unfilled"),
        (f"{WINDOW} * (np.arange(WW) > 0)", {}, "fewer"),
        (f"np.roll({WINDOW}, 1, 3)", {"WW": 3}, "reweighted"),
        (f"{WINDOW}[:, ::-1]", {"C": 2}, "other_channel"),
        (f"{WINDOW} * (i + 1)", {}, "counted"),
        ("np.where(np.arange(WW) > 0, xp[:, :, rows, cols], xp[:, :, -1:, -1:])", {},
         "other"),
    ],
)  # fmt: skip
def test_what_an_output_pixel_adds_to_dw_is_read_off(
    new: str, axes: dict[str, int], look: str
) -> None:
    assert told(new, axes=axes) == f"taking.{look}"


@pytest.mark.parametrize(
    ("new", "gradient", "look"),
    [
        (DB.replace("(0, 2", "(0, 2") + "[::-1]", "db", "mixed"),
        ("dout[:, :, 1:].sum(axis=(0, 2, 3))", "db", "left_out"),
        ("(dout * (1 + np.arange(4)[:, None])).sum(axis=(0, 2, 3))", "db", "counted"),
    ],
)
def test_what_an_output_pixel_counts_in_db_is_read_off(
    new: str, gradient: str, look: str
) -> None:
    assert told(new, DB, gradient=gradient) == f"taking.{look}"


def test_filters_that_are_mixed_up_are_told() -> None:
    found = taken(changed(DW, DW.replace("(g,", "(g[:, ::-1],")))
    assert found is not None
    assert found.id == "taking.mixed"
    assert found.values == {"filter": 0, "other": 1, "tensor": "dw"}


@pytest.mark.parametrize("gradient", ["dw", "db"])
def test_a_right_gradient_has_nothing_to_tell(gradient: str) -> None:
    assert taken(RIGHT, gradient=gradient) is None


@pytest.mark.parametrize("gradient", ["dx", "out"])
def test_only_gradients_of_weights_are_read(gradient: str) -> None:
    source = changed(DW, DW.replace(WINDOW, "0 * " + WINDOW))
    assert taken(source, gradient=gradient) is None


@pytest.mark.parametrize(
    "new",
    [
        f"np.tanh({WINDOW})",
        f"{WINDOW} * (1 + np.arange(WW))",
        f"{WINDOW} + {WINDOW}[::-1]",
        f"{WINDOW} * g.sum()",
        f"{WINDOW} * np.nan",
        f"{WINDOW}.tolist()[9]",
    ],
)
def test_what_is_no_single_pixel_of_x_tells_nothing(new: str) -> None:
    assert told(new) == ""


def test_a_report_says_it_of_an_unnamed_mistake() -> None:
    new = f"np.roll({WINDOW}, 1, 3)"
    summary = explained(changed(DW, DW.replace(WINDOW, new))).summary
    assert [message.id for message in summary][1:] == [
        "taking.reweighted",
        "look.tensor.gradient_value",
    ]


def test_of_two_gradients_the_first_that_shows_something_is_told() -> None:
    source = changed(DW, DW.replace(WINDOW, f"{WINDOW}[..., ::-1]"))
    attempts = engine_of(source, on=CORPUS).attempts
    cases = [entry.case for entry in CORPUS.entries]
    found = read_single_pixels(CORPUS.exercise, attempts, cases, gradients=("dx", "dw"))
    assert found is not None
    assert found.id == "taking.mirrored"


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_sentences_name_the_gradient(language: str) -> None:
    values: dict[str, MessageValue] = {
        "tensor": "dw",
        "row": 1,
        "column": 2,
        "filter": 0,
        "beside": 3,
        "other": 1,
        "channel": 0,
        "times": 2.0,
    }
    values |= {"wanted": 4, "shared": 2, "looked": 2, "seen": 1}
    values |= {"shift": "", "axis": "", "got": "0, 1", "expected": "0, 2"}
    for name in taking.TEMPLATES:
        assert "dw" in render(Message(id=name, values=values), language)
