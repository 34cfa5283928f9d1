"""What the parent asks of a worker, and what it observed.

A request is a list of arrays and a short list of steps over them. Every step is
answered by one observation, in order. Slots name what a forward call left in the
worker: its out, its cache, its options.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forward:
    """Call forward on these arrays of the request; keep out and cache in the slot."""

    arrays: tuple[int, ...]
    options: Mapping[str, int] | None
    slot: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """Look once more at the out that a slot has kept."""

    slot: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Backward:
    """Call backward with this array of the request and the cache of a slot.

    Where the slot has no cache (forward raised, or did not return two results) the
    documented one is passed: forward's arguments in their order.
    """

    dout: int
    slot: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Send back every array of the request and every slot's options as they are."""


Step: TypeAlias = Forward | Again | Backward | Inputs


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Arrays, and what to do with them."""

    arrays: tuple[Array, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One thing that a call returned.

    `array` holds the numbers of a float32, float64 or longdouble ndarray; of all
    else only the names travel, so that a message can say what it was.
    """

    type_name: str
    dtype: str | None = None
    shape: tuple[int, ...] | None = None
    array: Array | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One line of a traceback inside the student's own source."""

    unit: str
    line: int
    function: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """The call came back.

    `container` is the type name of what it returned and `count` the number of items
    if that is a tuple or a list, else None and `values` holds the one thing itself.
    Of forward's items only the first travels: the cache stays in the worker.
    """

    container: str
    count: int | None
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """The request's arrays as they are now, and each slot's options as text."""

    arrays: tuple[Value, ...]
    options: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """The call raised; frames are the student's own, innermost last."""

    type_name: str
    text: str
    frames: tuple[Frame, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedOut:
    """The call was killed at its deadline; the frame is where it was, if known."""

    seconds: float
    frame: Frame | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Died:
    """The worker ended in the call: a signal, an exit, garbage on the wire.

    `cause` is one of "signal", "exit", "protocol", "memory"; `detail` is the
    signal's name, the exit status, or what was wrong with the reply.
    """

    cause: str
    detail: str
    frame: Frame | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """There was nothing to look at: the step before left nothing, or never ran."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """The program ran to its end and both functions are there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """The program ran, but these functions are not there or cannot be called."""

    names: tuple[str, ...]


Loading: TypeAlias = Loaded | Missing | Raised | TimedOut | Died
Observation: TypeAlias = Returned | Inspected | Raised | TimedOut | Died | Absent
