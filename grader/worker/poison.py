"""Fill what `np.empty` hands out, so that luck cannot pass for a right answer.

Fresh pages of a fresh process read as zeros, and a sum that starts from them looks
right. The filling is finite and no sum of lattice data, so that a program which
overwrites everything never sees it and any other one is found out.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

ODD: Final = 12345.671875  # no float16, float32 or float64 overflows on it
JUNK: Final = 113  # fits every integer type
LARGEST: Final = 1 << 26  # bytes; filling more would cost what np.empty avoids

_fill = np.ndarray.fill
_dtype_of = np.ndarray.dtype.__get__
_size_of = np.ndarray.nbytes.__get__

FILLING: Final[dict[str, complex | float | int | bool]] = {
    "f": ODD,
    "c": complex(ODD, -ODD),
    "i": JUNK,
    "u": JUNK,
    "b": True,
}


def poisoned(made: Any) -> Any:  # noqa: ANN401 (whatever NumPy made goes back)
    """Return the same thing; if it holds uninitialised numbers, now filled."""
    if issubclass(type(made), np.ndarray) and _size_of(made) <= LARGEST:
        filling = FILLING.get(_dtype_of(made).kind)
        if filling is not None:
            _fill(made, filling)
    return made


def _wrapped(make: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(make)
    def make_poisoned(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 (as NumPy)
        return poisoned(make(*arguments, **options))

    return make_poisoned


REAL: Final[dict[str, Callable[..., Any]]] = {
    "empty": np.empty,
    "empty_like": np.empty_like,
}
POISONED: Final = {name: _wrapped(make) for name, make in REAL.items()}


def install() -> None:
    """Put the filling makers in NumPy's place, for good."""
    for name, make in POISONED.items():
        setattr(np, name, make)


def remove() -> None:
    """Put NumPy's own makers back; only tests in one process need it."""
    for name, make in REAL.items():
        setattr(np, name, make)
