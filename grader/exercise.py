"""What one graded layer brings with it; the engine knows no layer but through this."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from grader.calls import Array
    from grader.records import Case, Message, Shape

Axes: TypeAlias = "Mapping[str, int]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """One cell of the grid that carries partial credit; the message names it."""

    name: str
    message: Message
    contains: Callable[[Axes], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Literal:
    """One atom of a boundary, such as "pad = 0"; the message says it in words."""

    name: str
    message: Message
    holds: Callable[[Axes], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A layer's whole answer to one case: out, and a gradient by name."""

    out: Array
    gradients: Mapping[str, Array]


class Oracle(Protocol):
    """Trusted code that answers one case."""

    def __call__(
        self, arrays: Mapping[str, Array], options: Mapping[str, int], dout: Array
    ) -> Answer:
        """Return out, and the gradient of <dout, out> for every array."""


class Fill(Protocol):
    """Arrays for a case from a seed: every argument by name, and "dout"."""

    def __call__(
        self, axes: Axes, seed: int
    ) -> tuple[Mapping[str, Array], Mapping[str, Array]]:
        """Return two data sets of the same shapes; only the numbers differ.

        The second one opposes the first (signs turned, other magnitudes), so that a
        program that is right by luck of the draw on one is wrong on the other.
        """


class Bounds(Protocol):
    """How far honest rounding can be from the oracle's answer, by tensor."""

    def __call__(
        self, arrays: Mapping[str, Array], options: Mapping[str, int], dout: Array
    ) -> Mapping[str, Array]:
        """Return the largest honest error of "out" and of every gradient."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RealData:
    """Real-valued data, and the a-priori bounds that judge answers to it."""

    fill: Fill
    elementwise: Bounds
    normwise: Bounds  # scalars: a bound on the norm of the error


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """A narrower contract than the layer's own, as an assignment may state it.

    `flags` are names of the exercise's own (conv2d: square_kernels, square_images);
    `allowed` restricts axes to values (conv2d: stride, pad).
    """

    remainder: str = "never"  # or "floor": sizes need not divide by the stride
    flags: frozenset[str] = frozenset()
    allowed: Mapping[str, frozenset[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """A graded property: its points by default and the gradient it looks at."""

    name: str
    points: float
    gradient: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """One layer: forward(*arrays, options) -> (out, cache), backward(dout, cache).

    Everything here is pure; an exercise is one value in one file of `exercises/`.
    """

    name: str
    arrays: tuple[str, ...]  # in the order of the call
    options_name: str | None  # None: forward takes arrays only
    gradients: tuple[str, ...]  # in the order that backward returns them
    gradient_of: Mapping[str, str]  # gradient -> the array it belongs to
    affine_in: tuple[str, ...]  # arrays in which forward is affine; may be none
    forward: str  # the functions' names by default
    backward: str
    axes: tuple[str, ...]  # in the order of the published table
    axis_minima: Mapping[str, int]
    criteria: tuple[Criterion, ...]
    regimes: tuple[Regime, ...]
    literals: tuple[Literal, ...]
    tags: Mapping[str, Callable[[Axes], bool]]
    shapes: Callable[[Axes], Mapping[str, Shape]]
    options: Callable[[Axes], Mapping[str, int]]
    output_shape: Callable[[Axes], Shape]
    is_valid: Callable[[Axes, Domain], bool]
    fill: Fill  # lattice data, or what else makes honest answers comparable
    oracle: Oracle
    published: Callable[[Domain], Sequence[Case]]
    strategy: Callable[..., Any]  # a Hypothesis strategy of Case; imported when called
    smaller: Callable[[Axes, Domain], Iterable[Axes]]  # simpler cases, boldest first
    # (arrays, weights by pixel and output, the right ones) -> the share of output
    # pixels that look at their image as the layer does; None: a gradient is never
    # credited to a wrong out
    faithful_share: Callable[[Mapping[str, Array], Array, Array], float] | None = None
    real: RealData | None = None  # what `data = "real"` needs
    flags: tuple[str, ...] = ()  # those that a Domain may carry
