"""Parse source that may be anything, within bounds of time and memory."""

from __future__ import annotations

import ast
import contextlib
import gc
import re
import sys
import warnings
from typing import TYPE_CHECKING, Final

from grader.loaders import python2
from grader.loaders.records import KIB, refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.errors import SubmissionError
    from grader.records import Unit

MAX_CODE: Final = 256 * KIB
UNCOUNTED: Final = 64 * KIB  # below this, any text is a bearable tree
MAX_TOKENS: Final = 100_000  # with lines; an honest file of 256 kB has half as many
TOKEN: Final = re.compile(r"\w+|[^\w\s]")
# Python 3.12: parameters of types, and a quote inside an f-string of the same quotes.
NEWER: Final = re.compile(
    r"^\s*(def|class)\s+\w+\s*\[|^\s*type\s+\w+\s*[\[=]"
    r"|\b[rR]?[fF]\"[^\"{]*\{[^\"}]*\"|\b[rR]?[fF]'[^'{]*\{[^'}]*'"
)
LINE_SHOWN: Final = 80
LINE_READ: Final = 400


def parse(unit: Unit) -> ast.Module:
    """Return the syntax tree of one unit.

    Raises:
        SubmissionError: it is no Python 3, or is too large or too deeply nested.
    """
    _check_size(unit)
    try:
        with _quietly():
            return ast.parse(unit.source)
    except SyntaxError as error:
        raise _told(error, unit) from error
    except (RecursionError, MemoryError) as error:
        raise refusal("loading.too_deep", file=unit.name) from error
    except ValueError as error:  # half a character, a zero byte
        raise refusal("loading.not_text", file=unit.name) from error


@contextlib.contextmanager
def _quietly() -> Iterator[None]:
    """Leave out warnings of foreign code, and a collection for every 700 nodes."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        if collecting:
            gc.enable()


def _check_size(unit: Unit) -> None:
    size = len(unit.source)
    if size > MAX_CODE:
        limit = MAX_CODE // KIB
        raise refusal("loading.too_much_code", file=unit.name, limit=limit)
    if size > UNCOUNTED and _tokens(unit.source) > MAX_TOKENS:
        raise refusal("loading.too_many_tokens", file=unit.name, limit=MAX_TOKENS)


def _tokens(source: str) -> int:
    """Return what the tree's size in memory grows with; a statement costs the most."""
    return len(TOKEN.findall(source)) + 2 * source.count("\n")


def _told(error: SyntaxError, unit: Unit) -> SubmissionError:
    number = error.lineno or 1
    lines = unit.source.split("\n")
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    problem = str(error.msg).rstrip("?.")  # the sentence has a stop of its own
    shown = line.strip()[:LINE_SHOWN]
    # Cut, because the patterns must not be led a dance by a line of 200 kB.
    sentence = python2.sentence_for(line[:LINE_READ], problem)
    if sentence is not None:
        return refusal(sentence, file=unit.name, line=number, text=shown)
    if sys.version_info < (3, 12) and NEWER.search(line[:LINE_READ]):
        python = ".".join(map(str, sys.version_info[:2]))
        return refusal(
            "loading.newer_python",
            file=unit.name,
            line=number,
            text=shown,
            python=python,
        )
    return refusal(
        "loading.syntax", file=unit.name, line=number, text=shown, problem=problem
    )
