from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from validators import fits
from written_reports import ENDINGS, right, wrong_numbers

from grader.errors import UsageError
from grader.records import Message
from grader.report import Grid, Report
from grader.reports import to_json

TEXT = st.text(st.characters(codec="utf-8"))
FINITE = st.floats(allow_nan=False, allow_infinity=False)
MESSAGES = st.builds(
    Message,
    id=TEXT,
    values=st.dictionaries(
        TEXT,
        st.one_of(
            TEXT, st.integers(), st.floats(allow_nan=False, allow_infinity=False)
        ),
    ),
)
every_ending = pytest.mark.parametrize("make", ENDINGS)


@given(
    notes=st.tuples(MESSAGES, MESSAGES),
    output=TEXT,
    score=st.none() | FINITE,
)
def test_a_report_survives_the_round_trip(
    notes: tuple[Message, ...], output: str, score: float | None
) -> None:
    report = replace(right(), notes=notes, output=output, score=score)
    assert to_json.parse(to_json.render(report)) == report


@every_ending
def test_every_ending_survives_the_round_trip(make: Callable[[], Report]) -> None:
    # Compared as text, because a NaN is not equal to itself.
    assert repr(to_json.parse(to_json.render(make()))) == repr(make())


@every_ending
def test_every_ending_is_valid_by_the_schema(make: Callable[[], Report]) -> None:
    fits(strict(to_json.render(make())), json.loads(to_json.schema()))


def strict(text: str) -> object:
    """Read JSON as other languages do, without NaN."""

    def refuse(constant: str) -> None:
        pytest.fail(f"{constant} is not JSON")

    return json.loads(text, parse_constant=refuse)


def test_numbers_that_json_lacks_come_back() -> None:
    numbers = (math.inf, -math.inf, -0.0)
    case = wrong_numbers().exercises[0].counterexamples[0]
    grid = Grid(name="out", shape=(3,), numbers=numbers)
    exercise = replace(
        wrong_numbers().exercises[0], counterexamples=(replace(case, expected=grid),)
    )
    report = replace(right(), exercises=(exercise,))
    back = to_json.parse(to_json.render(report))
    assert repr(back.exercises[0].counterexamples[0].expected.numbers) == repr(numbers)


def test_read_only_values_are_written_as_any_others() -> None:
    note = Message(id="a", values=MappingProxyType({"k": 1}))
    back = to_json.parse(to_json.render(replace(right(), notes=(note,))))
    assert back.notes[0].values == {"k": 1}


def test_half_a_surrogate_pair_does_not_stop_the_writer() -> None:
    report = right("layers\udc80.py")
    assert to_json.parse(to_json.render(report)).identity.submission == "layers?.py"


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"identity": 3}', "\x00"])
def test_what_is_no_report_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(UsageError, match=r"^not a report of convgrade: "):
        to_json.parse(text)
