from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import UsageError
from grader.export import sheet

CELL = st.text(st.characters(exclude_characters="\r\n\x00", exclude_categories=["Cs"]))
ROWS = st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=4)


@given(rows=ROWS, delimiter=st.sampled_from(",;\t"))
def test_what_is_read_is_written_again(rows: list[list[str]], delimiter: str) -> None:
    target = io.StringIO()
    header = ["Student", "ID", "Section"]
    csv.writer(target, delimiter=delimiter, lineterminator="\n").writerows(
        [header, *rows]
    )
    assert sheet.write(sheet.read(target.getvalue())) == target.getvalue()


@given(rows=ROWS)
def test_filling_changes_one_column_only(rows: list[list[str]]) -> None:
    target = io.StringIO()
    csv.writer(target).writerows([["A", "B", "C", "D"], *rows])
    before = sheet.read(target.getvalue())
    after = sheet.filled(before, {1: "85"}, column=1)
    assert after.cell(1, 1) == "85"
    assert after.cell(1, 0) == before.cell(1, 0)
    assert after.rows[2:] == before.rows[2:]


@pytest.mark.parametrize("text", ["", "one column\n1\n", 'a,b\n"open,1\n'])
def test_what_is_no_table_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="file"):
        sheet.read(text)


def test_points_have_two_decimals_at_most() -> None:
    table = sheet.read("a,b\n1,2\n")
    assert [sheet.number(table, p) for p in (85.0, 7.5, 33.333)] == [
        "85",
        "7.5",
        "33.33",
    ]


def test_a_number_may_be_written_with_a_comma() -> None:
    assert sheet.value(" 100,00 ") == 100
    assert sheet.value("(read only)") is None
