"""The max-pooling of cs231n's assignment 2 as an exercise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from grader.exercise import Criterion, Exercise
from grader.exercises import named
from grader.exercises.max_pool import sizes
from grader.exercises.max_pool.cases import pool_cases, published, smaller
from grader.exercises.max_pool.fill import answer, fill, plain
from grader.exercises.max_pool.kinds import LITERALS, REGIMES, TAGS
from grader.exercises.max_pool.unfilled import UNFILLED

if TYPE_CHECKING:
    from collections.abc import Sequence


def _misconceptions() -> Sequence[Any]:
    """Return the list, which is imported only when something is to be explained."""
    found: Sequence[Any] = named("grader.misconceptions.max_pool:MISCONCEPTIONS")
    return found


MAX_POOL: Final = Exercise(
    name="max_pool",
    arrays=("x",),
    options_name="pool_param",
    gradients=("dx",),
    gradient_of={"dx": "x"},
    affine_in=(),  # a gradient is never credited to a wrong maximum
    forward="max_pool_forward_naive",
    backward="max_pool_backward_naive",
    axes=sizes.AXES,
    axis_minima=dict.fromkeys(sizes.AXES, 1),
    criteria=(
        Criterion(name="forward.shape", points=10),
        Criterion(name="forward.value", points=40),
        Criterion(name="backward.shape", points=10),
        Criterion(name="backward.dx", points=38, gradient="dx"),
        Criterion(name="hygiene.inputs_unchanged", points=2),
    ),
    regimes=REGIMES,
    literals=LITERALS,
    tags=TAGS,
    shapes=sizes.shapes,
    options=sizes.options,
    output_shape=sizes.output_shape,
    is_valid=sizes.is_valid,
    fill=fill,
    oracle=answer,
    published=published,
    strategy=pool_cases,
    smaller=smaller,
    flags=(sizes.SQUARE_WINDOWS, sizes.SQUARE_IMAGES),
    misconceptions=_misconceptions,
    output_axes=("image", "channel", "row", "column"),
    step_option="stride",
    plain=plain,
    origin=sizes.origin,
    unfilled=UNFILLED,
)
