"""Make text that strangers wrote safe to show, without hiding what it was."""

from __future__ import annotations

import unicodedata

# Cc moves the cursor or worse, Cf turns the direction of reading, Cs cannot be
# encoded, Co and Cn look different everywhere, Zl and Zp are line breaks to some.
UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def visible(text: str) -> str:
    """Return the text with every character that is not plain spelled as an escape.

    Newlines and tabs stay. The result has no control characters, can be encoded,
    and is the same when it is made visible again.
    """
    text = text.replace("\r\n", "\n")
    if text.replace("\n", "").replace("\t", "").isprintable():
        return text  # nearly always, and a page asks for each of its texts
    return "".join(
        _spelled(c) if c not in "\n\t" and unicodedata.category(c) in UNSAFE else c
        for c in text
    )


def visible_line(text: str) -> str:
    """Return the text as one visible line; newlines and tabs are spelled too."""
    return visible(text).replace("\n", r"\n").replace("\t", r"\t")


def _spelled(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
