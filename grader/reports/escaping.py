"""Keep foreign text from being taken for Markdown or for a workflow command."""

from __future__ import annotations

import re
from typing import Final

from grader.reports.foreign import visible

_INLINE: Final = re.compile(r"([\\`*_\[\]|~$])")
_AT_START: Final = re.compile(r"^([#+\-=>]|\d+[.)])")
_NEWLINES: Final = re.compile(r"\s*\n\s*")


def one_line(text: str) -> str:
    """Return the visible text with each line break as one blank."""
    return _NEWLINES.sub(" ", visible(text)).strip()


def shortened(text: str, *, limit: int) -> str:
    """Return at most `limit` characters, and say how many are left out."""
    if len(text) <= limit:
        return text
    return f"{text[:limit]}… [+{len(text) - limit}]"


def markdown(text: str) -> str:
    """Return one line of text that Markdown shows as it is.

    A word joiner after @ keeps GitHub from notifying whoever is called that, and
    entities keep it from making links of addresses.
    """
    text = one_line(text).replace("&", "&amp;").replace("<", "&lt;")
    text = _INLINE.sub(r"\\\1", text.replace(">", "&gt;"))
    text = _AT_START.sub(lambda found: found[0][:-1] + "\\" + found[0][-1], text)
    text = text.replace("@", "@\N{WORD JOINER}").replace("://", "&#58;//")
    return re.sub(r"(?i)(www)\.", r"\1&#46;", text)


def code_span(text: str) -> str:
    """Return one line of text as Markdown code."""
    text = one_line(text) or " "
    fence = "`" * (_longest_run(text) + 1)
    return f"{fence} {text} {fence}" if "`" in text else f"{fence}{text}{fence}"


def code_block(text: str, *, language: str = "") -> str:
    """Return text as a fenced Markdown block that it cannot close."""
    text = visible(text).rstrip("\n")
    fence = "`" * max(3, _longest_run(text) + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def workflow_data(text: str) -> str:
    """Return text as the message of a GitHub workflow command."""
    text = visible(text)
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def workflow_property(text: str) -> str:
    """Return text as a property of a GitHub workflow command."""
    return workflow_data(text).replace(":", "%3A").replace(",", "%2C")


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)
