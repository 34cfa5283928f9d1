"""Make a row of the convolution's list out of its name and its one-liners."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.misconceptions import Misconception
from grader.misconceptions.conv2d.given import Given

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeAlias

    from grader.calls import Array
    from grader.misconceptions import WrongAnswer

    Ways: TypeAlias = Callable[[Given], Array]

#: Where to look for a check that refuses what it should not.
OWN_CHECK: Final = "own_check"
VALUE_CRITERION: Final = {
    "out": "forward.value",
    "dx": "backward.dx",
    "dw": "backward.dw",
    "db": "backward.db",
}


def mistake(
    name: str, *, look: str, also_kills: tuple[str, ...] = (), **answers: Ways
) -> Misconception:
    """Return the misconception; `answers` are what its tensors become.

    It loses the value criterion of each of them, and those of `also_kills`.
    """
    values = tuple(VALUE_CRITERION[tensor] for tensor in answers)
    return _row(name, look=look, killed_by=values + also_kills, answers=answers)


def consistent(name: str, *, look: str, **answers: Ways) -> Misconception:
    """Return a misconception whose gradients belong to its own wrong forward.

    They earn follow-through credit, so that only forward loses points.
    """
    return _row(name, look=look, killed_by=("forward.value",), answers=answers)


def _row(
    name: str, *, look: str, killed_by: tuple[str, ...], answers: Mapping[str, Ways]
) -> Misconception:
    return Misconception(
        name=name,
        answers={tensor: _from_arrays(way) for tensor, way in answers.items()},
        killed_by=killed_by,
        behaves_like=f"conv2d.misconception.{name}",
        hint=f"conv2d.look.{look}",
        refuses=look == OWN_CHECK,
    )


def _from_arrays(way: Ways) -> WrongAnswer:
    def answer(
        arrays: Mapping[str, Array],
        options: Mapping[str, int],
        dout: Array,
        *,
        strict: bool,
    ) -> Array:
        given = Given(
            x=arrays["x"], w=arrays["w"], b=arrays["b"], dout=dout,
            stride=options["stride"], pad=options["pad"], strict=strict,
        )  # fmt: skip
        return way(given)

    return answer
