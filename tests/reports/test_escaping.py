from __future__ import annotations

import pytest
import validators
from hypothesis import given
from hypothesis import strategies as st
from reports import HOSTILE_TEXT

from grader.reports.escaping import (
    code_block,
    code_span,
    markdown,
    one_line,
    shortened,
    workflow_data,
    workflow_property,
)
from grader.reports.foreign import visible

NASTY = st.text(
    st.sampled_from("<>&`*_[]()#!|\\~$@:/-+=. \n\t\r0x\x1b") | st.characters(codec=None)
)


@given(text=NASTY)
def test_markdown_shows_any_text_and_does_nothing_else(text: str) -> None:
    html = validators.markdown(f"{markdown(text)}\n")
    assert html.count("<p>") <= 1
    assert not {"<h", "<ul", "<ol", "<em", "<strong", "<code", "<table"} & {
        html[at : at + 7].rstrip(">") for at in range(len(html)) if html[at] == "<"
    }


@given(text=NASTY)
def test_a_code_block_cannot_be_left(text: str) -> None:
    html = validators.markdown(f"{code_block(text)}\n")
    assert html.startswith("<pre><code>")
    assert html.endswith("</code></pre>\n")
    assert html.count("<") == 4


@given(text=NASTY)
def test_a_code_span_is_one_span(text: str) -> None:
    html = validators.markdown(f"x {code_span(text)} y\n")
    assert html.startswith("<p>x <code>")
    assert html.endswith("</code> y</p>\n")


@given(text=NASTY)
def test_a_workflow_command_stays_on_its_line(text: str) -> None:
    command = f"::error title={workflow_property(text)}::{workflow_data(text)}\n"
    assert len(command.splitlines()) == 1
    assert validators.workflow_commands(command)


def test_what_a_command_says_can_be_read_back() -> None:
    shown = workflow_property("50 % of a:b,c\nnext")
    assert shown == "50 %25 of a%3Ab%2Cc%0Anext"


def test_markdown_links_to_nobody() -> None:
    shown = markdown("@everyone https://evil.test www.evil.test")
    assert "@everyone" not in shown
    assert "https://" not in shown
    assert "www." not in shown


def test_all_of_a_hostile_text_can_still_be_read() -> None:
    assert "document.title='owned'" in visible(HOSTILE_TEXT)


def test_a_line_is_one_line() -> None:
    assert one_line("a \r\n  b\n\nc") == "a b c"


def test_a_long_text_says_how_much_is_left_out() -> None:
    assert shortened("abcdef", limit=4) == "abcd… [+2]"
    assert shortened("abcd", limit=4) == "abcd"


@pytest.mark.parametrize(
    "text", ["<script src", "<pre", "<style ", "<!-- x", "<?php x", "<![CDATA[x", "</p"]
)
def test_no_html_begins_that_would_swallow_what_follows(text: str) -> None:
    html = validators.markdown(f"{markdown(text)}\n\nnext\n")
    assert html.endswith("</p>\n<p>next</p>\n")
    assert html.startswith("<p>&lt;")
