from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.reports.foreign import (
    UNSAFE,
    visible,
    visible_line,
    without_broken_commands,
)

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))


@given(text=ANY_TEXT)
def test_nothing_that_is_shown_can_steer_a_terminal(text: str) -> None:
    kept = set(visible(text)) - set("\n\t")
    assert not {c for c in kept if unicodedata.category(c) in UNSAFE}


@given(text=ANY_TEXT)
def test_a_line_is_one_line_and_can_be_encoded(text: str) -> None:
    assert len(visible_line(text).splitlines()) <= 1
    visible_line(text).encode("utf-8")


@given(text=ANY_TEXT)
def test_showing_twice_is_showing_once(text: str) -> None:
    assert visible(visible(text)) == visible(text)


def test_what_was_there_can_still_be_read() -> None:
    assert visible("\x1b[2J\u202e홍길동\ud800") == r"\x1b[2J\u202e홍길동\ud800"


def test_windows_line_ends_are_line_ends() -> None:
    assert visible("a\r\nb\rc") == "a\nb\\rc"


def test_an_emoji_flag_is_spelled_where_it_cannot_be_seen() -> None:
    assert visible("\U000e0001") == r"\U000e0001"


COMMAND_TEXT = st.lists(
    st.sampled_from(["::", ":", "#", "##[", "##vso[", " ", "\n", "set-output", "\t"])
).map("".join)


@given(text=COMMAND_TEXT)
def test_no_line_is_a_command_to_a_runner(text: str) -> None:
    for line in visible(text).splitlines():
        assert not line.lstrip().startswith("::")
        assert not re.search(r"##\w*\[", line)
    assert visible(visible(text)) == visible(text)


BROKEN = ("::error::x", " ::set-output name=a::b", "::add-mask::x", "a ##[group]")


@pytest.mark.parametrize("line", BROKEN)
def test_a_broken_line_is_no_command_either(line: str) -> None:
    assert without_broken_commands(line) not in {line, line.strip()}


@pytest.mark.parametrize("line", ["::stride, ::stride]", "::2]: too short", ":: a ::"])
def test_a_slice_that_a_break_puts_first_stays(line: str) -> None:
    assert without_broken_commands(line) == line


def test_what_only_looks_like_a_command_stays() -> None:
    assert visible("a::b x[1::2]\n## title\n:x") == "a::b x[1::2]\n## title\n:x"
