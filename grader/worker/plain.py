"""The worker's own records: what it is asked, and what it saw.

They mirror `grader.calls` and `grader.records`; the worker folder imports nothing of
grader, because it also runs alone in places where grader must not be readable.
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias, TypeVar

import numpy as np

T = TypeVar("T")
Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]


class Source(NamedTuple):
    """A piece of source text and the name that its line numbers belong to."""

    name: str
    text: str


class OwnModule(NamedTuple):
    """A module of the submission itself."""

    dotted_name: str
    source: Source
    is_package: bool = False


class Program(NamedTuple):
    """What to run, and how its two functions are named and called."""

    units: tuple[Source, ...]
    modules: tuple[OwnModule, ...]
    adapter: Source | None
    allowed_imports: frozenset[str] | None
    package: str
    forward: str
    backward: str
    arguments: tuple[str, ...]
    arrays: tuple[str, ...]
    keywords: dict[str, str]
    option_names: dict[str, str]


class Forward(NamedTuple):
    """Call forward on these arrays; keep what it leaves in the slot."""

    arrays: tuple[int, ...]
    options: dict[str, int] | None
    slot: int


class Again(NamedTuple):
    """Look once more at the out that a slot has kept."""

    slot: int


class Backward(NamedTuple):
    """Call backward with this array and the cache of a slot."""

    dout: int
    slot: int


class Inputs(NamedTuple):
    """Send back every array and every slot's options as they are."""


Step: TypeAlias = Forward | Again | Backward | Inputs


class Value(NamedTuple):
    """One thing that came back; `data` is float32 or float64, in C order."""

    type_name: str
    dtype: str | None = None
    shape: tuple[int, ...] | None = None
    data: Array | None = None


class Frame(NamedTuple):
    """One line of a traceback inside the student's own source."""

    unit: str
    line: int
    function: str
    text: str


class Returned(NamedTuple):
    """The call came back with this."""

    container: str
    length: int | None  # of a tuple or a list
    values: tuple[Value, ...]


class Packed(NamedTuple):
    """What was seen, as the very bytes that travel; so many arrays are in them."""

    parts: list[bytes]
    arrays: int


class Inspected(NamedTuple):
    """The request's arrays as they are now, and each slot's options as text."""

    arrays: tuple[Array, ...]
    options: tuple[dict[str, str], ...]


class Raised(NamedTuple):
    """The call raised."""

    type_name: str
    text: str
    frames: tuple[Frame, ...]


class Absent(NamedTuple):
    """There was nothing to look at."""


class Loaded(NamedTuple):
    """Both functions are there."""


class Missing(NamedTuple):
    """The program ran, but these functions are not there."""

    names: tuple[str, ...]


class AdapterFailed(NamedTuple):
    """The instructor's adapter itself does not run; no student is to blame."""

    text: str


Loading: TypeAlias = Loaded | Missing | Raised | AdapterFailed
Observation: TypeAlias = Returned | Packed | Inspected | Raised | Absent
