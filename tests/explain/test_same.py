from __future__ import annotations

from explaining import explained, sentences
from programs import RIGHT, changed


def told(old: str, new: str, *, source: str = RIGHT) -> list[str]:
    return sentences(explained(changed(old, new, source=source)))


def test_every_gradient_with_the_same_mistake_is_named() -> None:
    said = told("range(dout.shape[2])", "range(dout.shape[2] - 1)")
    assert "dx leaves out the last row of dout." in said
    assert "The same is true of dw." in said


def test_the_same_words_are_said_once_whatever_the_mistake_is_called() -> None:
    said = told("return dx, dw, dout", "return 2 * dx, 2 * dw, 2 * dout")
    assert "dx behaves exactly like adding everything twice." in said
    assert "The same is true of dw, db." in said


def test_a_gradient_with_another_mistake_in_the_same_cases_is_told_beside() -> None:
    said = told("return dx, dw,", "return 2 * dx, 0 * dw,")
    assert "dx behaves exactly like adding everything twice." in said
    assert "dw behaves exactly like leaving it at zero." in said


def test_korean_names_them_too() -> None:
    exercise = explained(changed("range(dout.shape[2])", "range(dout.shape[2] - 1)"))
    assert "dw도 마찬가지입니다." in sentences(exercise, language="ko")
