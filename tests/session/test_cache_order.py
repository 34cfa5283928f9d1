from __future__ import annotations

import pytest
from explaining import explained, ids, sentences
from programs import RIGHT, changed, program
from student_styles import SEVEN_LOOPS, STYLES

from grader.messages import render
from grader.records import Program, Unit
from grader.session.cache_order import mixed_up

TAKES = "    x, w, b, conv_param = cache"
PUTS = "    return out, (x, w, b, conv_param)"


def said(source: str) -> str:
    message = mixed_up(program(source))
    return "" if message is None else render(message)


@pytest.mark.parametrize("source", [RIGHT, *STYLES])
def test_names_that_keep_their_places_are_not_mixed_up(source: str) -> None:
    assert said(source) == ""


@pytest.mark.parametrize(
    ("source", "taken"),
    [
        (changed(TAKES, TAKES.replace("x, w", "w, x")), "w, x, b, conv_param"),
        (changed(TAKES, TAKES.replace("x, w", "w, x") + "\n    x"), "w, x, b"),
        (SEVEN_LOOPS.replace("w, b, s, p = cache", "w, b, p, s = cache"), "b, p, s"),
        (
            changed(PUTS, "    kept = [x, w, b, conv_param]\n    return out, kept")
            .replace(TAKES, "    (b, w, x, conv_param) = cache"),
            "b, w, x, conv_param",
        ),
    ],
)  # fmt: skip
def test_names_that_change_places_are_told_in_both_orders(
    source: str, taken: str
) -> None:
    assert taken in said(source)


@pytest.mark.parametrize(
    "source",
    [
        "",
        "def conv_forward_naive(:",
        RIGHT.partition("def conv_backward_naive")[0],
        changed(TAKES, "    x, w, b, p = cache"),
        changed(TAKES, "    x, w, b = cache[:3]\n    conv_param = cache[3]"),
        changed(TAKES, TAKES + "\n    w, x, b, conv_param = cache"),
        changed(TAKES, "    x = w = cache"),
        changed(TAKES, "    whole = cache\n    w, x, b, conv_param = whole"),
        changed(PUTS, "    if s: return out, (w, x, b, conv_param)\n" + PUTS),
        changed(PUTS, "    k = 1\n    k = (w, x, b, conv_param)\n    return out, k"),
        changed(PUTS, "    return out, (x.copy(), w, b, conv_param)"),
        changed(PUTS, "    return out, make(x)"),
        changed(PUTS, "    return out, (x, x, b, conv_param)").replace(
            TAKES, "    x, b, x, conv_param = cache"
        ),
        changed("def conv_backward_naive(dout, cache)", "def conv_backward_naive()"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_off_the_code_is_not_told(source: str) -> None:
    assert said(source) == ""


def test_behind_an_adapter_nothing_is_read() -> None:
    given = program(changed(TAKES, TAKES.replace("x, w", "w, x")))
    adapter = Unit(name="adapter.py", source="")
    adapted = Program(units=given.units, convention=given.convention, adapter=adapter)
    assert mixed_up(adapted) is None


def test_wrong_numbers_of_mixed_up_names_are_explained_by_them() -> None:
    exercise = explained(SEVEN_LOOPS.replace("b, s, p = cache", "b, p, s = cache"))
    assert "reading.cache_order" in ids(exercise)
    assert "backward takes padded, w, b, p, s out of cache" in " ".join(
        sentences(exercise)
    )
