"""What a named mistake is, and which layers have a list of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.calls import Array


class Ending(Enum):
    """How a mistaken program ends where it has no value to return."""

    RAISES = "raises"


RAISES: Final = Ending.RAISES
Outcome: TypeAlias = "Array | Ending"


class WrongAnswer(Protocol):
    """One tensor as a program with this mistake computes it."""

    def __call__(
        self,
        arrays: Mapping[str, Array],
        options: Mapping[str, int],
        dout: Array,
        *,
        strict: bool,
    ) -> Array:
        """Return the tensor, of whatever shape; ValueError or IndexError as NumPy.

        Where the mistake makes pieces that do not fit, broadcasting sometimes goes on
        and a matrix product never does: `strict` says that the program raises there.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Misconception:
    """One named wrong idea: the tensors it spoils, what they are, how to say it.

    The messages take one value, `tensor`: the tensor that was found to equal it.
    """

    name: str
    answers: Mapping[str, WrongAnswer]  # tensor ("out", "dx", …) -> what it becomes
    killed_by: tuple[str, ...]  # criteria that lose points if all of them are wrong
    behaves_like: str  # id of the sentence "… behaves exactly like …"
    hint: str  # id of one place or one question; never the line of code
    refuses: bool = False  # it is a check of the program's own, which raises

    @property
    def tensors(self) -> frozenset[str]:
        """The tensors that it changes; the others are right."""
        return frozenset(self.answers)

    def answer(
        self,
        tensor: str,
        *,
        arrays: Mapping[str, Array],
        options: Mapping[str, int],
        dout: Array,
        strict: bool = False,
    ) -> Outcome:
        """Return one tensor of one case, or RAISES where such a program raises.

        A gradient that raises takes the other gradients of its case with it. A
        program equals the misconception if it does so on all cases with one `strict`.
        """
        try:
            return self.answers[tensor](arrays, options, dout, strict=strict)
        except (ValueError, IndexError):
            return RAISES


MISCONCEPTIONS: Final[Mapping[str, str]] = {
    "conv2d": "grader.misconceptions.conv2d:MISCONCEPTIONS",
}
"""Layer -> where its list is; imported only when something is to be explained."""


def misconceptions_of(layer: str) -> tuple[Misconception, ...]:
    """Return the layer's list, the likelier ones first; empty if it has none."""
    if layer not in MISCONCEPTIONS:
        return ()
    module, _, attribute = MISCONCEPTIONS[layer].partition(":")
    found: tuple[Misconception, ...] = getattr(import_module(module), attribute)
    return found
