"""Turn the bytes of a source file into text, as Python or a patient reader would."""

from __future__ import annotations

import codecs
import re
from typing import Final

from grader.loaders.records import refusal
from grader.records import Message

BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# A codec is code, and some take quadratic time (idna, punycode) or are no encodings.
ENCODINGS: Final = re.compile(
    r"(utf[-_]?(8|16|32)|ascii|us[-_]ascii|latin|iso[-_]?(8859|latin|2022)|cp\d|euc|gb"
    r"|big5|hz|johab|koi8|mac[-_]|shift|s?jis|uhc|ks[-_]?c|windows[-_]\d)",
    re.IGNORECASE,
)
COOKIE: Final = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)", re.ASCII)
BLANK: Final = re.compile(rb"^[ \t\f]*(?:[#\r\n]|$)")
GUESSES: Final = ("cp949", "cp1252", "latin-1")
ODD: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
FEWEST: Final = 8  # bytes that tell an encoding
MAX_ODD: Final = 0.02  # of a text's characters; more of them and it is no text


def decode(content: bytes, name: str) -> tuple[str, tuple[Message, ...]]:
    """Return the text with plain line ends, and a note where its encoding is odd.

    Raises:
        SubmissionError: these bytes are no text.
    """
    text, encoding = _text(content, name)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(ODD.findall(text)) > MAX_ODD * len(text) or "\0" in text:
        raise refusal("loading.not_text", file=name)
    if encoding in {"", "utf-8"}:
        return text, ()
    values = {"file": name, "encoding": encoding}
    return text, (Message(id="loading.note.encoding", values=values),)


def _text(content: bytes, name: str) -> tuple[str, str]:
    """Return the text, and its encoding where the file did not say it."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _strictly(content[len(mark) :], encoding, name), encoding
    if zeros := _zeros(content):
        return _strictly(content, zeros, name), zeros
    if declared := _declared(content, name):
        return _strictly(content, declared, name), ""
    try:
        return content.decode("utf-8"), ""
    except UnicodeDecodeError:
        return _guessed(content)


def _strictly(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except (UnicodeError, LookupError) as error:
        raise refusal("loading.encoding", file=name, encoding=encoding) from error


def _zeros(content: bytes) -> str:
    """Return the UTF-16 that every other byte being zero gives away, or nothing."""
    start = content[:4000]
    half = len(start) // 2 if len(start) >= FEWEST else 0
    if start[1::2].count(0) > 0.6 * half > 0 == start[::2].count(0):
        return "utf-16-le"
    if start[::2].count(0) > 0.6 * half > 0 == start[1::2].count(0):
        return "utf-16-be"
    return ""


def _declared(content: bytes, name: str) -> str:
    """Return the encoding that a comment in the first two lines declares (PEP 263)."""
    for line in content[:2000].splitlines()[:2]:
        if found := COOKIE.match(line):
            declared = found[1].decode("ascii")
            if not ENCODINGS.match(declared):
                raise refusal("loading.encoding", file=name, encoding=declared)
            return declared
        if not BLANK.match(line):
            break
    return ""


def _guessed(content: bytes) -> tuple[str, str]:
    for encoding in GUESSES[:-1]:
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return content.decode(GUESSES[-1]), GUESSES[-1]
