"""The affine (fully connected) layer of cs231n as an exercise."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from grader.cases import Stream, lattice, opposed
from grader.exercise import (
    Answer,
    Criterion,
    Domain,
    Exercise,
    Literal,
    Regime,
    says,
)
from grader.exercises import named
from grader.exercises.affine.unfilled import UNFILLED
from grader.records import Case
from grader.report import Origin
from reference import affine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from hypothesis.strategies import SearchStrategy

    from grader.calls import Array
    from grader.exercise import Axes
    from grader.records import Shape

# An image has the sides D1, D2 and D3; those that are 0 are not there.
AXES: Final = ("N", "D1", "D2", "D3", "M")
MINIMA: Final = {"N": 1, "D1": 1, "D2": 0, "D3": 0, "M": 1}
# x, b and dout turn their signs, w keeps its own: then out and dx turn theirs too.
SIGNS: Final[Mapping[str, int]] = {"x": -1, "w": 1, "b": -1, "dout": -1}
EXACT: Final = 1e-9


def sides(axes: Axes) -> Shape:
    """Return the shape of one image."""
    return tuple(axes[name] for name in ("D1", "D2", "D3") if axes[name])


def shapes(axes: Axes) -> Mapping[str, Shape]:
    """Return the shapes of x, w and b."""
    return {
        "x": (axes["N"], *sides(axes)),
        "w": (prod(sides(axes)), axes["M"]),
        "b": (axes["M"],),
    }


def output_shape(axes: Axes) -> Shape:
    """Return the shape of out."""
    return (axes["N"], axes["M"])


def is_valid(axes: Axes, domain: Domain) -> bool:
    """Return whether a course with this domain promises an answer to the case."""
    if any(axes[axis] < least for axis, least in MINIMA.items()):
        return False
    if axes["D3"] and not axes["D2"]:
        return False
    return all(axes[axis] in allowed for axis, allowed in domain.allowed.items())


def answer(
    arrays: Mapping[str, Array], options: Mapping[str, int], dout: Array
) -> Answer:
    """Return out, and dx, dw, db by name."""
    del options
    x, w, b = arrays["x"], arrays["w"], arrays["b"]
    dx, dw, db = affine.backward(dout, x, w)
    gradients = {"dx": dx, "dw": dw, "db": db}
    return Answer(out=affine.forward(x, w, b), gradients=gradients)


def _regime(name: str, *, sides: int, en: str, ko: str) -> Regime:
    return Regime(
        name=name,
        message=says(f"affine.regime.{name}", en=en, ko=ko),
        contains=lambda axes: sum(axes[d] > 0 for d in ("D1", "D2", "D3")) == sides,
    )


REGIMES: Final = (
    _regime("rows", sides=1, en="x is (N, D)", ko="x가 (N, D)인 경우"),
    _regime("matrices", sides=2,
            en="x is (N, d_1, d_2)", ko="x가 (N, d_1, d_2)인 경우"),
    _regime("volumes", sides=3,
            en="x is (N, d_1, d_2, d_3)", ko="x가 (N, d_1, d_2, d_3)인 경우"),
)  # fmt: skip


def _literal(name: str, holds: Callable[[Axes], bool], *, en: str, ko: str) -> Literal:
    message = says(f"affine.literal.{name}", en=en, ko=ko)
    return Literal(name=name, message=message, holds=holds)


LITERALS: Final = (
    _literal("flat", lambda a: not a["D2"],
             en="x has two axes, (N, D)", ko="x의 축이 두 개, 즉 (N, D)일 때"),
    _literal("not flat", lambda a: a["D2"] > 0,
             en="x has more than two axes", ko="x의 축이 세 개 이상일 때"),
    _literal("N = 1", lambda a: a["N"] == 1,
             en="there is only one image (N = 1)", ko="이미지가 하나뿐(N = 1)일 때"),
    _literal("N > 1", lambda a: a["N"] > 1,
             en="there are several images (N > 1)", ko="이미지가 여러 장(N > 1)일 때"),
    _literal("M = 1", lambda a: a["M"] == 1,
             en="there is only one output (M = 1)", ko="출력이 하나뿐(M = 1)일 때"),
    _literal("M > 1", lambda a: a["M"] > 1,
             en="there are several outputs (M > 1)", ko="출력이 여러 개(M > 1)일 때"),
    _literal("D = M", lambda a: prod(sides(a)) == a["M"],
             en="w is square (D = M)", ko="w가 정사각형(D = M)일 때"),
    _literal("D != M", lambda a: prod(sides(a)) != a["M"],
             en="w is not square (D and M differ)",
             ko="w가 정사각형이 아닐 때(D와 M이 다를 때)"),
    _literal("N = M", lambda a: a["N"] == a["M"], en="N = M", ko="N과 M이 같을 때"),
    _literal("N != M", lambda a: a["N"] != a["M"],
             en="N and M differ", ko="N과 M이 다를 때"),
)  # fmt: skip
TAGS: Final = {literal.name: literal.holds for literal in LITERALS}

ROLES: Final = ("general", "thin", "corner")
#: (N, D1, D2, D3, M) by regime, one a role.
TABLE: Final[Mapping[str, tuple[tuple[int, ...], ...]]] = {
    "rows": ((3, 5, 0, 0, 4), (1, 4, 0, 0, 3), (4, 4, 0, 0, 4)),
    "matrices": ((4, 2, 3, 0, 5), (1, 2, 5, 0, 3), (3, 4, 1, 0, 2)),
    "volumes": ((2, 3, 2, 4, 5), (1, 3, 2, 2, 4), (5, 2, 1, 3, 1)),
}


def case_of(axes: Axes, *, name: str, role: str, fill_seed: int = 0) -> Case:
    """Return the case with these sizes."""
    return Case(
        name=name,
        axes=dict(axes),
        regime=next(each.name for each in REGIMES if each.contains(axes)),
        role=role,
        tags=frozenset(tag for tag, holds in TAGS.items() if holds(axes)),
        fill_seed=fill_seed,
    )


def published(domain: Domain) -> Sequence[Case]:
    """Return the published cases, each with the nearest sizes that `domain` allows."""
    found = []
    for regime, rows in TABLE.items():
        for role, row in zip(ROLES, rows, strict=True):
            axes = dict(zip(AXES, row, strict=True))
            for axis, allowed in domain.allowed.items():
                near = sorted(allowed, key=lambda at: (abs(at - axes[axis]), at))
                axes[axis] = near[0]
            case = case_of(axes, name=f"{regime}/{role}", role=role)
            if is_valid(axes, domain) and case.regime == regime:
                found.append(case)
    return tuple(found)


def affine_cases(*, domain: Domain | None = None) -> SearchStrategy[Case]:
    """Return a strategy of small valid cases, each with a fill seed."""
    # Hypothesis takes longer to import than a right program takes to be judged.
    from hypothesis import strategies as st  # noqa: PLC0415

    allowed = (domain or Domain()).allowed
    ranges = [
        st.sampled_from(sorted(allowed.get(axis, range(least, 5))))
        for axis, least in MINIMA.items()
    ]

    def case(N: int, D1: int, D2: int, D3: int, M: int, seed: int) -> Case:  # noqa: PLR0913, PLR0917 (a size each)
        third = D3 if D2 or "D3" in allowed else 0
        axes = {"N": N, "D1": D1, "D2": D2, "D3": third, "M": M}
        return case_of(axes, name="drawn", role="drawn", fill_seed=seed)

    return st.builds(case, *ranges, st.integers(0, 2**32 - 1))


def smaller(axes: Axes, domain: Domain) -> Iterator[Axes]:
    """Yield simpler valid cases: every axis to its least, then one less."""
    proposals = [{**axes, "D2": 0, "D3": 0}, {**axes, "D3": 0}]
    proposals += [{**axes, axis: max(least, 1)} for axis, least in MINIMA.items()]
    proposals += [{**axes, axis: axes[axis] - 1} for axis in AXES]
    for proposal in proposals:
        is_less = sum(proposal.values()) < sum(axes.values())
        if is_less and is_valid(proposal, domain):
            yield proposal


def fill(axes: Axes, seed: int) -> tuple[Mapping[str, Array], Mapping[str, Array]]:
    """Return two data sets of x, w, b and dout, as lattice data.

    The second one has the opposite signs (w: the same), and between them every tensor
    of the answer has a negative entry, so that max(0, .) anywhere shows on every seed.
    """
    wanted = {**shapes(axes), "dout": output_shape(axes)}
    stream = Stream(seed)
    while True:
        first = {name: lattice(stream, shape) for name, shape in wanted.items()}
        second = {n: opposed(stream, a, sign=SIGNS[n]) for n, a in first.items()}
        answers = [answer(data, {}, data["dout"]) for data in (first, second)]
        outs = np.concatenate([each.out.ravel() for each in answers])
        weights = np.concatenate([each.gradients["dw"].ravel() for each in answers])
        if outs.min() < 0 < outs.max() and weights.min() < 0:
            return first, second


def faithful_share(arrays: Mapping[str, Array], weights: Array, right: Array) -> float:
    """Return the share of outputs whose weights are those of their column of w.

    `weights` (d_1 * … * d_k, M) says how much each number of an image counts in each
    output. Another order of the same weights is an affine layer gone slightly wrong.
    """
    w = arrays["w"]
    if weights.shape != w.shape or weights.shape != right.shape:
        return 0.0
    same = np.abs(np.sort(weights, axis=0) - np.sort(w, axis=0)) <= EXACT
    return float(same.all(axis=0).mean())


def origin(axes: Axes, tensor: str, cell: Shape) -> Origin:
    """Return the products whose sum is this number of the answer."""
    N, M, images = axes["N"], axes["M"], sides(axes)
    if tensor == "db":
        return Origin(parts=tuple((("dout", (n, *cell)),) for n in range(N)))
    if tensor == "dw":
        place = tuple(int(i) for i in np.unravel_index(cell[0], images))
        pairs = [(("x", (n, *place)), ("dout", (n, cell[1]))) for n in range(N)]
        return Origin(parts=tuple(pairs))
    if tensor == "dx":
        d = int(np.ravel_multi_index(cell[1:], images))
        pairs = [(("dout", (cell[0], m)), ("w", (d, m))) for m in range(M)]
        return Origin(parts=tuple(pairs))
    pairs = [
        (("x", (cell[0], *place)), ("w", (d, cell[1])))
        for d, place in enumerate(np.ndindex(images))
    ]
    return Origin(parts=tuple(pairs), added=(("b", cell[1:]),))


def _misconceptions() -> Sequence[Any]:
    """Return the list, which is imported only when something is to be explained."""
    found: Sequence[Any] = named("grader.misconceptions.affine:MISCONCEPTIONS")
    return found


AFFINE: Final = Exercise(
    name="affine",
    arrays=("x", "w", "b"),
    options_name=None,
    gradients=("dx", "dw", "db"),
    gradient_of={"dx": "x", "dw": "w", "db": "b"},
    affine_in=("x", "w", "b"),
    forward="affine_forward",
    backward="affine_backward",
    axes=AXES,
    axis_minima=MINIMA,
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
    shapes=shapes,
    options=lambda axes: dict.fromkeys((), axes["N"]),
    output_shape=output_shape,
    is_valid=is_valid,
    fill=fill,
    oracle=answer,
    published=published,
    strategy=affine_cases,
    smaller=smaller,
    faithful_share=faithful_share,
    misconceptions=_misconceptions,
    output_axes=("image", "output"),
    origin=origin,
    unfilled=UNFILLED,
)
