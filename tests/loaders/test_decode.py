"""Text is read in whatever encoding it is, and bytes that are no text are refused."""

from __future__ import annotations

import codecs

import pytest
from handed_in import told
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import SubmissionError
from grader.loaders.decode import decode

KOREAN = "# 합성곱 계층\nx = 1\n"


@pytest.mark.parametrize(
    ("content", "noted"),
    [
        (KOREAN.encode(), False),
        (codecs.BOM_UTF8 + KOREAN.encode(), False),
        (KOREAN.encode("utf-16"), True),
        (KOREAN.encode("utf-16-be"), True),
        (KOREAN.encode("utf-16-le"), True),
        (KOREAN.encode("utf-32"), True),
        (KOREAN.encode("cp949"), True),
    ],
)
def test_every_usual_encoding_is_read(content: bytes, *, noted: bool) -> None:
    text, notes = decode(content, "a.py")
    assert (text, bool(notes)) == (KOREAN, noted)


def test_a_declared_encoding_is_used() -> None:
    text = "# -*- coding: cp949 -*-\n" + KOREAN
    assert decode(text.encode("cp949"), "a.py") == (text, ())


def test_the_declaration_may_stand_in_the_second_line() -> None:
    text = "#!/usr/bin/python\n# vim: set fileencoding=latin-1 :\n# caf\u00e9\n"
    assert decode(text.encode("latin-1"), "a.py")[0] == text


def test_a_declaration_below_code_says_nothing() -> None:
    text = "x = 1\n# coding: rot13\n"
    assert decode(text.encode(), "a.py")[0] == text


@pytest.mark.parametrize(
    "name", ["rot13", "idna", "punycode", "zlib", "no_such", "gbx"]
)
def test_a_declared_codec_that_is_no_encoding_is_refused(name: str) -> None:
    with pytest.raises(SubmissionError) as caught:
        decode(f"# coding: {name}\n\u00e9".encode("latin-1"), "a.py")
    assert name in told(caught.value)


def test_a_declaration_that_does_not_fit_is_refused() -> None:
    with pytest.raises(SubmissionError, match="encoding"):
        decode(b"# coding: utf-8\nx = '\xff'\n", "a.py")


def test_western_letters_are_read_where_korean_does_not_fit() -> None:
    text = "# na\u00efve \u2013 caf\u00e9\n"
    assert decode(text.encode("cp1252"), "a.py")[0] == text


def test_line_ends_of_all_systems_are_one() -> None:
    assert decode(b"a\r\nb\rc\n", "a.py")[0] == "a\nb\nc\n"


@pytest.mark.parametrize(
    "content", [b"a\0b", bytes(range(128)), b"\x7fELF\x02\x01\x01"]
)
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(SubmissionError, match="not_text"):
        decode(content, "a.py")


@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs"))))
def test_text_survives_the_round_trip(text: str) -> None:
    content = text.encode()
    assert decode(codecs.BOM_UTF8 + content, "a.py")[0] == text
