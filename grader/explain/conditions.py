"""Find the simplest condition that separates the wrong cases from the right ones."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from grader.exercise import Axes
    from grader.exercise import Literal as Atom

Joined: TypeAlias = Literal["and", "or"]

JOINED: Final[tuple[Joined, ...]] = ("and", "or")

#: "Only when" is said where at least this share of the cases inside is wrong.
MOST: Final = 0.6
#: … and "for example when" where at least this share of the wrong cases lies inside.
MANY: Final = 1 / 3
#: "Only when" says little where hardly a case lies outside.
OUTSIDE: Final = 0.2
#: … but of so few of the cases inside that are right it may be chance.
CHANCE: Final = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """At most two literals; none at all means always."""

    literals: tuple[Atom, ...]
    joined: Joined = "and"

    def holds(self, axes: Axes) -> bool:
        """Is the case on the wrong side?"""
        asked = (literal.holds(axes) for literal in self.literals)
        return any(asked) if self.joined == "or" else all(asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Cases by whether the program is wrong on them."""

    wrong: tuple[Axes, ...]
    right: tuple[Axes, ...]

    def also(self, axes: Axes, *, is_wrong: bool) -> Evidence:
        """Return the evidence with one case more."""
        if is_wrong:
            return Evidence(wrong=(*self.wrong, axes), right=self.right)
        return Evidence(wrong=self.wrong, right=(*self.right, axes))

    def counts(self, condition: Condition) -> tuple[int, int]:
        """Return how many cases lie inside the condition: wrong ones, right ones."""
        wrong = sum(condition.holds(axes) for axes in self.wrong)
        return wrong, sum(condition.holds(axes) for axes in self.right)


@dataclass(frozen=True, slots=True)
class _Cover:
    """The cases inside a condition, a bit for each."""

    condition: Condition
    wrong: int
    right: int


def separating(
    literals: Sequence[Atom], evidence: Evidence, *, joined: Sequence[Joined] = JOINED
) -> Condition | None:
    """Return the simplest condition true of all the wrong cases and no right one.

    Of two literals only as `joined` allows; of one at most where that is empty.
    """
    everything = (1 << len(evidence.wrong)) - 1
    for cover in _covers(literals, evidence, joined=joined):
        if cover.wrong == everything and not cover.right:
            return cover.condition
    return None


def confining(literals: Sequence[Atom], evidence: Evidence) -> Condition | None:
    """Return the condition outside of which nothing is wrong, and inside most is.

    The tightest; of those that are as tight the simplest.
    """
    total = len(evidence.wrong)
    everything, most = (1 << total) - 1, total / MOST
    room = (1 - OUTSIDE) * (total + len(evidence.right))
    fitting = [
        cover
        for cover in _covers(literals, evidence, joined=("and",))
        if cover.wrong == everything
        and (
            total + cover.right.bit_count() <= min(most, room)
            or _is_nearly_exact(cover, evidence)
        )
    ]
    tightest = min(fitting, key=lambda cover: cover.right.bit_count(), default=None)
    return tightest.condition if tightest else None


def _is_nearly_exact(cover: _Cover, evidence: Evidence) -> bool:
    """Is hardly anything inside right, and something outside?"""
    right = cover.right.bit_count()
    is_simple = len(cover.condition.literals) == 1
    return is_simple and right <= min(
        CHANCE * len(evidence.wrong), len(evidence.right) - 1
    )


def sufficient(literals: Sequence[Atom], evidence: Evidence) -> Condition | None:
    """Return the condition under which all is wrong that covers most wrong cases.

    A single literal, where one covers nearly as many as the best pair.
    """
    fitting = [
        cover
        for cover in _covers(literals, evidence, joined=("and",))
        if not cover.right and cover.wrong.bit_count() >= 2  # noqa: PLR2004 (one case alone is no condition)
    ]
    best = max(
        fitting,
        key=lambda cover: (
            cover.wrong.bit_count() / max(1, len(cover.condition.literals))
        ),
        default=None,
    )
    if best is None or best.wrong.bit_count() < MANY * len(evidence.wrong):
        return None
    return best.condition


def excepting(
    literals: Sequence[Atom],
    evidence: Evidence,
    *,
    among: Mapping[str, Sequence[bool]],
    but: Sequence[Condition] = (),
) -> Condition | None:
    """Return the condition under which nothing is wrong that most cases fit.

    `among` tells by literal of which of many cases it holds. The widest first: what
    refutes it leaves the narrower ones. None of `but`.
    """
    wide = {name: np.array(held, bool) for name, held in among.items()}
    fitting = [
        cover.condition
        for cover in _covers(literals, evidence, joined=("and",))
        if cover.condition.literals and cover.right and not cover.wrong
        if cover.condition not in but
    ]

    def width(condition: Condition) -> int:
        names = [literal.name for literal in condition.literals]
        return int(np.all([wide[name] for name in names], axis=0).sum())

    return max(fitting, key=width, default=None)


def _covers(
    literals: Sequence[Atom], evidence: Evidence, *, joined: Iterable[Joined]
) -> Iterator[_Cover]:
    """Yield every condition from simple to special: none, one, two, either of two."""
    every = [(1 << len(side)) - 1 for side in (evidence.wrong, evidence.right)]
    yield _Cover(Condition(literals=()), *every)
    single = [
        (literal, _bits(literal, evidence.wrong), _bits(literal, evidence.right))
        for literal in literals
    ]
    for literal, wrong, right in single:
        yield _Cover(Condition(literals=(literal,)), wrong, right)
    for how in joined:
        for (one, *ones), (two, *twos) in combinations(single, 2):
            condition = Condition(literals=(one, two), joined=how)
            pairs = zip(ones, twos, strict=True)
            yield _Cover(
                condition, *(a & b if how == "and" else a | b for a, b in pairs)
            )


def _bits(literal: Atom, cases: Sequence[Axes]) -> int:
    return sum(1 << place for place, axes in enumerate(cases) if literal.holds(axes))
