"""What a named mistake is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

from grader.exercise import about
from grader.records import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.calls import Array
    from grader.exercise import Exercise


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

    Both sentences are ids of templates that take one value, `tensor`, the tensor that
    was found to equal it; or messages of the layer's own (see `exercise.says`).
    """

    name: str
    answers: Mapping[str, WrongAnswer]  # tensor ("out", "dx", …) -> what it becomes
    killed_by: tuple[str, ...]  # criteria that lose points if all of them are wrong
    behaves_like: str | Message  # the sentence "… behaves exactly like …"
    hint: str | Message  # one place or one question; never the line of code
    refuses: bool = False  # it is a check of the program's own, which raises

    @property
    def tensors(self) -> frozenset[str]:
        """The tensors that it changes; the others are right."""
        return frozenset(self.answers)

    def said_of(self, tensor: str) -> tuple[Message, Message]:
        """Return what the tensor behaves like, and the hint."""
        like, hint = (
            Message(id=said) if isinstance(said, str) else said
            for said in (self.behaves_like, self.hint)
        )
        return about(like, tensor), about(hint, tensor)

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


def misconceptions_of(exercise: Exercise) -> tuple[Misconception, ...]:
    """Return the layer's list, the likelier ones first; empty if it has none."""
    return tuple(exercise.misconceptions())
