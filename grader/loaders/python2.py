"""Name what a line was written for when Python 3 cannot read it."""

from __future__ import annotations

import re
from typing import Final

# By the id of the sentence; the first that fits the line tells.
LINES: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("loading.merge_conflict", re.compile(r"^(<{7}|>{7}|={7})(\s|$)")),
    ("loading.python2.print", re.compile(r"(^\s*|[;:]\s*)print\b\s*(?![\s(=.,)\]])")),
    ("loading.python2.print", re.compile(r"(^\s*|[;:]\s*)print\s+\(.*\)\s*[^\s;#]")),
    ("loading.python2.exec", re.compile(r"(^\s*|[;:]\s*)exec\s+[^\s(=]")),
    ("loading.python2.except", re.compile(r"^\s*except\s+[^:]+,\s*\w+\s*:")),
    ("loading.python2.raise", re.compile(r"(^\s*|[;:]\s*)raise\s+[\w.]+\s*,")),
    ("loading.python2.unequal", re.compile(r"<>")),
    ("loading.python2.backticks", re.compile(r"`[^`]+`")),
    ("loading.python2.long", re.compile(r"\b\d+[lL]\b")),
    ("loading.python2.octal", re.compile(r"(?<![\w.])0\d+\b(?!\.)")),
    ("loading.python2.string", re.compile(r"\b[uU][rR]['\"]")),
    ("loading.python2.tuple", re.compile(r"^\s*def\s+\w+\s*\((?:[^()]*,)?\s*\(")),
    ("loading.python2.tuple", re.compile(r"\blambda\s*\([^)]*\)\s*:")),
    ("loading.notebook_command", re.compile(r"^\s*([%!]|\?\w|\w+\?\s*$)")),
)
# What Python itself says, where that is enough.
PROBLEMS: Final[dict[str, str]] = {
    "inconsistent use of tabs": "loading.tabs",
    "in call to 'print'": "loading.python2.print",
    "in call to 'exec'": "loading.python2.exec",
}


def sentence_for(line: str, problem: str) -> str | None:
    """Return the id of the sentence that says what this line is, if it is known."""
    for words, sentence in PROBLEMS.items():
        if words in problem:
            return sentence
    found = (name for name, pattern in LINES if pattern.search(line))
    return next(found, None)
