"""The atoms of a conv2d boundary, from simple to special."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.exercise import Literal
from grader.records import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.exercise import Axes


def _literal(name: str, holds: Callable[[Axes], bool]) -> Literal:
    message = Message(id=f"conv2d.literal.{name}")
    return Literal(name=name, message=message, holds=holds)


LITERALS: Final = (
    _literal("pad = 0", lambda axes: axes["pad"] == 0),
    _literal("pad > 0", lambda axes: axes["pad"] > 0),
    _literal("stride = 1", lambda axes: axes["stride"] == 1),
    _literal("stride > 1", lambda axes: axes["stride"] > 1),
)
