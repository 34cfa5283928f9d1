"""What one graded layer brings with it; the engine knows no layer but through this."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from grader.records import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from grader.calls import Array
    from grader.records import Case, Shape
    from grader.report import Origin

Axes: TypeAlias = "Mapping[str, int]"


def says(name: str, *, en: str, ko: str) -> Message:
    """Return a sentence of a layer's own, which it brings with it in every language.

    It may show `{tensor}` where it says what a wrong tensor is like.
    """
    return Message(id="layer.says", values={"name": name, "en": en, "ko": ko})


def about(said: Message, tensor: str) -> Message:
    """Return the sentence of a layer's own, or of the tables, about this tensor."""
    if said.id != "layer.says":
        return Message(id=said.id, values={**said.values, "tensor": tensor})
    shown = {
        name: value.replace("{tensor}", tensor) if isinstance(value, str) else value
        for name, value in said.values.items()
    }
    return Message(id=said.id, values=shown)


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
class Frozen:
    """A table of published cases that is shipped as a file and can be made anew."""

    package: str
    file: str
    regenerate: Callable[[], str]


def no_mistakes() -> Sequence[Any]:
    """Return the list of a layer of which no mistake has a name."""
    return ()


def no_margins(axes: Axes) -> Mapping[str, int]:
    """Return the margins of a layer that puts no zeros around anything."""
    del axes
    return {}


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
    # what follows is for explaining only
    misconceptions: Callable[[], Sequence[Any]] = no_mistakes  # of `Misconception`
    output_axes: tuple[str, ...] = ()  # of out, as students call them: image, row, …
    step_option: str = ""  # the option that says how far apart two windows are
    # data sets that are easy to follow by hand, the easiest first
    plain: Callable[[Axes], Iterator[Mapping[str, Array]]] | None = None
    # (axes, tensor, index) -> what that number of the answer is made of
    origin: Callable[[Axes, str, Shape], Origin | None] | None = None
    margins: Callable[[Axes], Mapping[str, int]] = no_margins  # tensor -> its zeros
    frozen: Frozen | None = None  # None: the published cases stand in the code
    # language -> the unfilled functions, as a student finds them
    unfilled: Mapping[str, str] = field(default_factory=dict)
