"""Make text that strangers wrote safe to show, without hiding what it was."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Cc moves the cursor or worse, Cf turns the direction of reading, Cs cannot be
# encoded, Co and Cn look different everywhere, Zl and Zp are line breaks to some.
UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})

# At the start of a line, or anywhere in it, what the runners of GitHub, Azure and
# TeamCity take for a command: to set an output, to hide what follows.
COMMAND: Final = re.compile(r"^([^\S\n]*):(?=:)|#(?=#\w*\[)", re.MULTILINE)

# The same of a line that a break has made, where a slice may begin with two colons too:
# a name must follow them, and nothing else before a blank or two more.
BROKEN: Final = re.compile(
    r"^([^\S\n]*):(?=:[A-Za-z][\w-]*(?:\s|::|$))|#(?=#\w*\[)", re.MULTILINE
)


def visible(text: str) -> str:
    """Return the text with every character that is not plain spelled as an escape.

    Newlines and tabs stay. The result has no control characters, can be encoded,
    is no command to a runner that prints it, and is the same when it is made visible
    again.
    """
    text = without_commands(text.replace("\r\n", "\n"))
    if text.replace("\n", "").replace("\t", "").isprintable():
        return text  # nearly always, and a page asks for each of its texts
    return "".join(
        _spelled(c) if c not in "\n\t" and unicodedata.category(c) in UNSAFE else c
        for c in text
    )


def without_commands(text: str) -> str:
    """Return the text with the first character of each runner's command spelled."""
    if "::" in text or "##" in text:
        return COMMAND.sub(_spelled_command, text)
    return text


def without_broken_commands(line: str) -> str:
    """Return one line of visible text that was broken, with no command in it."""
    return BROKEN.sub(_spelled_command, line)


def visible_line(text: str) -> str:
    """Return the text as one visible line; newlines and tabs are spelled too."""
    return visible(text).replace("\n", r"\n").replace("\t", r"\t")


def _spelled_command(found: re.Match[str]) -> str:
    return r"\x23" if found[1] is None else rf"{found[1]}\x3a"


def _spelled(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
