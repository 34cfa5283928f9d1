from __future__ import annotations

from grader.records import Message
from grader.reports.words import Words, is_told

PLAIN = Message(id="page.wrong_in", values={})


def test_a_message_is_said_in_the_readers_language() -> None:
    assert Words(language="ko").label("points") == "점수"


def test_the_instructors_own_sentence_wins() -> None:
    own = {"page.title": "Hello {name}"}
    assert Words(own=own).label("title", name="Kim") == "Hello Kim"


def test_an_own_sentence_with_a_slip_gives_way_to_ours() -> None:
    own = {"page.title": "Hello {nobody} {"}
    assert Words(own=own).label("title", name="Kim") == "Feedback for Kim"


def test_a_message_may_show_another() -> None:
    inner = Message(id="page.plain", values={"text": "pad = 0"})
    outer = Message(id="page.title", values={"name": inner})
    assert Words().say(outer) == "Feedback for pad = 0"


def test_what_no_template_says_is_spelled_out() -> None:
    unknown = Message(id="my_layer.regime", values={"D": 3})
    assert Words().say(unknown) == "my_layer.regime: D 3"
    assert Words().say(Message(id="my_layer.regime")) == "my_layer.regime"


SHAPE = Message(id="tensor.shape", values={"got": "(1,)", "expected": "(2,)"})


def test_a_shape_that_is_shown_above_is_told() -> None:
    where = Message(id="where.x", values={**SHAPE.values, "tensors": "dx"})
    assert is_told(SHAPE, [where])
    assert is_told(SHAPE, [SHAPE])


def test_another_shape_or_none_is_not_told() -> None:
    other = Message(id="where.x", values={"got": "(3,)", "expected": "(2,)"})
    assert not is_told(SHAPE, [other, Message(id="where.y")])
    assert not is_told(Message(id="tensor.value"), [other])
