"""The convolution of cs231n's assignment 2 as an exercise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from grader.exercise import Criterion, Exercise, Frozen
from grader.exercises import named
from grader.exercises.conv2d import axes as conv2d_axes
from grader.exercises.conv2d.answers import answer
from grader.exercises.conv2d.corpus import published
from grader.exercises.conv2d.fill import fill
from grader.exercises.conv2d.literals import LITERALS
from grader.exercises.conv2d.origin import margins, origin
from grader.exercises.conv2d.real import REAL
from grader.exercises.conv2d.regimes import REGIMES
from grader.exercises.conv2d.smaller import smaller
from grader.exercises.conv2d.traits import TAGS
from grader.exercises.conv2d.weights import faithful_share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hypothesis.strategies import SearchStrategy

    from grader.records import Case


def _strategy(**options: Any) -> SearchStrategy[Case]:  # noqa: ANN401 (passed on)
    """Return `conv_cases(**options)`."""
    # Hypothesis takes longer to import than a right program takes to be judged.
    from grader.exercises.conv2d.strategy import conv_cases  # noqa: PLC0415

    return conv_cases(**options)


def _regenerate() -> str:
    """Return the table of published cases, chosen anew; takes a while."""
    from grader.exercises.conv2d.table import regenerate  # noqa: PLC0415 (the same)

    return regenerate()


def _misconceptions() -> Sequence[Any]:
    """Return the list, which is imported only when something is to be explained."""
    found: Sequence[Any] = named("grader.misconceptions.conv2d:MISCONCEPTIONS")
    return found


CONV2D: Final = Exercise(
    name="conv2d",
    arrays=("x", "w", "b"),
    options_name="conv_param",
    gradients=("dx", "dw", "db"),
    gradient_of={"dx": "x", "dw": "w", "db": "b"},
    affine_in=("x", "w", "b"),
    forward="conv_forward_naive",
    backward="conv_backward_naive",
    axes=conv2d_axes.AXES,
    axis_minima=conv2d_axes.MINIMA,
    criteria=(
        Criterion(name="forward.shape", points=10),
        Criterion(name="forward.value", points=35),
        Criterion(name="backward.shape", points=10),
        Criterion(name="backward.dx", points=20, gradient="dx"),
        Criterion(name="backward.dw", points=15, gradient="dw"),
        Criterion(name="backward.db", points=8, gradient="db"),
        Criterion(name="hygiene.inputs_unchanged", points=2),
    ),
    regimes=REGIMES,
    literals=LITERALS,
    tags=TAGS,
    shapes=conv2d_axes.array_shapes,
    options=conv2d_axes.options,
    output_shape=conv2d_axes.output_shape,
    is_valid=conv2d_axes.is_valid,
    fill=fill,
    oracle=answer,
    published=published,
    strategy=_strategy,
    real=REAL,
    smaller=smaller,
    faithful_share=faithful_share,
    flags=conv2d_axes.FLAGS,
    misconceptions=_misconceptions,
    output_axes=("image", "filter", "row", "column"),
    step_option="stride",
    origin=origin,
    margins=margins,
    frozen=Frozen(package=__name__, file="conv2d.json", regenerate=_regenerate),
)
