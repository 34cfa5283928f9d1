from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from explaining import explained
from judging import corpus_of, engine_of
from programs import RIGHT, changed

from grader.explain.footprint import clear_cases, read_footprint
from grader.explain.fresh import pool

if TYPE_CHECKING:
    from grader.report import Footprint

CORPUS = corpus_of()
WIN = "win = xp[:, :, i*s:i*s+HH, j*s:j*s+WW]\n            out"


def windows(rows: str, columns: str = "j*s") -> str:
    """Return a program whose windows start elsewhere."""
    return changed(WIN, WIN.replace("i*s", rows).replace("j*s", columns))


def footprint(source: str, **axes: int) -> Footprint | None:
    sizes = {"N": 1, "C": 1, "H": 5, "W": 5, "F": 1, "HH": 2, "WW": 2} | {
        "stride": 1, "pad": 0,
    }  # fmt: skip
    case = replace(CORPUS.entries[0].case, axes=sizes | axes)
    engine = engine_of(source, on=CORPUS)
    return read_footprint(CORPUS.exercise, engine.attempts, case)


def said(source: str, **axes: int) -> str:
    found = footprint(source, **axes)
    return "" if found is None else found.message.id


@pytest.mark.parametrize(
    ("source", "axes", "look"),
    [
        (changed(WIN, "xp = np.roll(xp, -1, 2) if i + j == 0 else xp; " + WIN),
         {"pad": 1}, "shifted"),
        (windows("i"), {"stride": 2, "H": 6, "W": 6}, "starts"),
        (changed("return out, (", "return out.swapaxes(2, 3), ("), {}, "exchanged"),
        (changed("win, w, ((1", "win[:, :1], w[:, :1], ((1"), {"C": 3}, "channels"),
        (changed("win, w, ((1", "win, w[..., ::-1, ::-1], ((1"), {}, "turned"),
        (changed("win, w, ((1", "win, w[..., ::-1, :], ((1"), {}, "upside_down"),
        (changed("win, w, ((1", "win, w[..., ::-1], ((1"), {}, "mirrored"),
        (changed("win, w, ((1", "win, w.swapaxes(2, 3), ((1"), {}, "transposed"),
        (changed("win, w, ((1", "win[..., 1:], w[..., 1:], ((1"), {}, "fewer"),
        (changed("win, w, ((1", "win, w * w, ((1"), {}, "reweighted"),
        (changed("win, w, ((1", "win, 2 * w, ((1"), {}, "scaled"),
        (changed("win, w, ((1", "win, w[::-1], ((1"), {"F": 3}, "other_filter"),
        (changed("win, w, ((1", "win, w[:, ::-1], ((1"), {"C": 2}, "other_channel"),
        (changed("return out, (", "return 0 * out + b[0], ("), {}, "nothing"),
        (changed("return out, (", "out[:, :, 0, 0] += x[:, :1, 1, 1]; return out, ("),
         {"HH": 1, "WW": 1, "pad": 1}, "beside"),
    ],
)  # fmt: skip
def test_what_a_convolution_looks_at_is_read_off(
    source: str, axes: dict[str, int], look: str
) -> None:
    assert said(source, **axes) == f"footprint.{look}"


@pytest.mark.parametrize(
    "source",
    [
        RIGHT,
        changed("+ b", "+ 0"),
        changed("return out, (", "return np.tanh(out), ("),
        changed("return out, (", "return out[:, :, 1:], ("),
        changed("return out, (", "raise ValueError, (").replace(
            ", (x, w, b, conv_param)", "", 1
        ),
        changed("return out, (", "return None, ("),
    ],
)
def test_there_is_nothing_to_draw_where_the_map_is_right_or_none(source: str) -> None:
    assert footprint(source) is None


def test_its_weights_are_counted_from_one() -> None:
    found = footprint(changed("win, w, ((1", "win, w[..., ::-1], ((1"))
    assert found is not None
    row = found.rows[0]
    assert {1.0, 2.0, 3.0, 4.0} <= set(row.expected.numbers)
    assert row.got.marks.count(True) == 4


def test_rounding_is_no_weight_in_the_picture() -> None:
    found = footprint(changed("win, w, ((1", "win, w[..., ::-1] + 1e-13, ((1"))
    assert found is not None
    assert {n for row in found.rows for n in row.got.numbers} == {0, 1, 2, 3, 4}


def test_three_output_pixels_are_drawn_at_most() -> None:
    found = footprint(changed("win, w, ((1", "win, 2 * w, ((1"))
    assert found is not None
    assert len(found.rows) == 3


def test_clear_cases_are_small_and_have_something_to_see() -> None:
    clear = clear_cases(CORPUS.exercise, pool(CORPUS))
    sizes = [c.axes["C"] * c.axes["H"] * c.axes["W"] for c in clear]
    assert sizes == sorted(sizes)
    assert all(min(c.axes["H"], c.axes["W"]) >= 3 for c in clear)


def test_a_report_holds_the_footprint_of_an_unnamed_mistake() -> None:
    exercise = explained(windows("(i*s if i else 1)"))
    assert exercise.footprint is not None
    assert exercise.footprint.message in exercise.summary


@pytest.mark.parametrize(
    ("old", "new", "seen"),
    [
        # Of a kernel of one row nothing is left, as if its pixels were not filled.
        ("win, w, ((1", "win[..., :-1, :], w[..., :-1, :], ((1", "fewer"),
        ("return out, (", "out[:, :, -1] = b[:, None]; return out, (", "unfilled"),
    ],
)
def test_unfilled_is_said_where_no_case_shows_more(
    old: str, new: str, seen: str
) -> None:
    drawn = explained(changed(old, new)).footprint
    assert drawn is not None
    assert drawn.message.id == f"footprint.{seen}"
