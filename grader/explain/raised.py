"""Choose the question to ask about a call that gave no answer: by line and error."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grader.records import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.records import MessageValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An ending that has a question of its own.

    Every field is a pattern that must be found; an empty one always is.
    """

    look: str
    error: str = ""
    text: str = ""
    code: str = ""


#: The first one that fits is asked.
KNOWN: Final = (
    Known(look="own_check", code=r"^(assert|raise)\b"),
    Known(look="own_check", error=r"^AssertionError$"),
    Known(look="debugger", error=r"^BdbQuit$"),
    Known(look="typing", error=r"^EOFError$"),
    Known(look="leaving", error=r"^SystemExit$"),
    Known(look="dtype", text=r"^Cannot cast ufunc"),
    Known(look="one_number", text=r"setting an array element with a sequence"),
    Known(look="cache", text=r"to unpack", code=r"=\s*cache\b"),
    Known(look="unpacking", text=r"to unpack"),
    Known(look="leaving", error=r"^NameError$", text=r"'(exit|quit)'"),
    Known(look="name", error=r"^NameError$"),
    Known(look="unbound", error=r"^UnboundLocalError$"),
    Known(look="key", error=r"^KeyError$"),
    Known(look="none", text=r"'NoneType'"),
    Known(look="attribute", error=r"^AttributeError$"),
    Known(look="divided", error=r"^ZeroDivisionError$"),
    Known(look="endless", error=r"^RecursionError$"),
    Known(look="memory", error=r"^(Memory|_ArrayMemory)Error$"),
    Known(look="negative", text=r"negative dimensions"),
    Known(look="index", error=r"^IndexError$"),
    Known(look="reshape", error=r"^ValueError$", text=r"^cannot reshape"),
    Known(
        look="shapes",
        error=r"^ValueError$",
        text=r"broadcast|not aligned|mismatch|same number of dim"
        r"|must match|matmul|einstein|operand|window shape cannot be larger",
    ),
    # No line of the student's was reached: it is the very call that does not fit.
    Known(look="called", error=r"^TypeError$", text=r"argument", code=r"^$"),
    Known(look="arguments", error=r"^TypeError$", text=r"argument"),
    Known(look="type", error=r"^TypeError$"),
)


#: Where a program was when its time was up.
HUNG: Final = (
    Known(look="waits", code=r"\b(sleep|input|wait|join|acquire|select)\("),
    Known(look="while", code=r"^while\b"),
    Known(look="rounds", code=r"^for\b"),
    Known(look="inside", code=r"."),
)
#: Where Python itself went down.
CRASHED: Final = (
    Known(look="strided", code=r"strided"),
    Known(look="leaving", code=r"\b(abort|kill|raise_signal)\("),
)
#: What its questions are called, and their table, by how a call ended.
ASKED: Final = {
    "call.raised": ("raised", KNOWN),
    "call.timed_out": ("hung", HUNG),
    "call.died.signal": ("crashed", CRASHED),
}


def look_at(message: Message) -> Message:
    """Return the question to ask of a call that ended as this message says."""
    ending, table = ASKED[message.id.removesuffix("_at").removesuffix("_bare")]
    name = next((k.look for k in table if _fits(k, message.values)), "other")
    return Message(id=f"look.{ending}.{name}", values=message.values)


def _fits(known: Known, values: Mapping[str, MessageValue]) -> bool:
    asked = {"error": known.error, "text": known.text, "code": known.code}
    return all(
        re.search(pattern, str(values.get(name, ""))) for name, pattern in asked.items()
    )
