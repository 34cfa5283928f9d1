"""Wrong programs as students write them: a right one, with a few words changed.

`named` is the misconception that its text is meant to hold, for each tensor that it
spoils; a change without one is a mistake outside the list.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

BASES: Final = Path(__file__).parents[1] / "adequacy" / "bases"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """A wrong program by its name, as changes to a base."""

    name: str
    base: str
    changes: tuple[tuple[str, str], ...]
    named: Mapping[str, str]

    @property
    def source(self) -> str:
        """Return the program; every text that is changed must be there."""
        text = base_source(self.base)
        for old, new in self.changes:
            if old not in text:
                raise ValueError(f"{self.name}: {self.base} has no {old!r}")
            text = text.replace(old, new)
        return text


def base_source(base: str) -> str:
    """Return the text of one of the right programs that are changed."""
    return (BASES / f"{base}.py").read_text(encoding="utf-8")


def wrong(name: str, base: str, *changes: tuple[str, str], **named: str) -> Wrong:
    """Return a wrong program."""
    return Wrong(name=name, base=base, changes=changes, named=named)


FOUR: Final = "four_loops"
TWO: Final = "two_loops"
COLUMNS: Final = "im2col"

# The same lines stand in forward and in backward; a change that is meant for one of
# them takes its neighbours along.
PADS: Final = "((0, 0), (0, 0), (pad, pad), (pad, pad))"
FORWARD_PADS: Final = f"    x_pad = np.pad(x, {PADS})\n    out ="
BACKWARD_PADS: Final = f"    x_pad = np.pad(x, {PADS})\n    dx_pad ="
WINDOW: Final = "window = x_pad[n, :, top:top + HH, left:left + WW]"
SUM: Final = "np.sum(window * w[f]) + b[f]"
DW: Final = "dw[f] += g * x_pad[n, :, top:top + HH, left:left + WW]"
DX: Final = "dx_pad[n, :, top:top + HH, left:left + WW] += g * w[f]"
CROP: Final = "dx_pad[:, :, pad:pad + H, pad:pad + W]"
CUT: Final = "dx_pad[:, :, p:-p, p:-p] if p > 0 else dx_pad"
SIZE: Final = (
    "    H_out = 1 + (H + 2 * pad - HH) // stride\n"
    "    W_out = 1 + (W + 2 * pad - WW) // stride\n"
)
LOOPS: Final = (
    "            for i in range(H_out):\n                for j in range(W_out):\n"
    "                    top = i * stride\n                    left = j * stride\n"
)
FORWARD_LOOPS: Final = f"{LOOPS}                    window"
BACKWARD_LOOPS: Final = f"{LOOPS}                    g ="


def forward_loops(text: str) -> tuple[str, str]:
    """Return the change of the lines that walk the windows in forward."""
    return FORWARD_LOOPS, f"{text}                    window"


def backward_loops(text: str) -> tuple[str, str]:
    """Return the change of the lines that walk the windows in backward."""
    return BACKWARD_LOOPS, f"{text}                    g ="
