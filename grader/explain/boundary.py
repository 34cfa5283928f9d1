"""Find the simplest condition that separates the wrong cases from the right ones.

A condition that fits the corpus is a guess: most have a rival that fits as well. So
fresh cases on both sides test it, and what they refute is guessed again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain, combinations
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from grader.corpus import case_seed, pose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from grader.exercise import Axes
    from grader.exercise import Literal as Atom
    from grader.explain.probe import Probe
    from grader.records import Case

Joined: TypeAlias = Literal["and", "or"]

FRESH_A_SIDE: Final = 8
ROUNDS: Final = 3
#: "Only when" is said where at least this share of the cases inside is wrong.
MOST: Final = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """At most two literals; none at all means always."""

    literals: tuple[Atom, ...]
    joined: Joined = "and"

    def holds(self, axes: Axes) -> bool:
        """Is the case on the wrong side?"""
        asked = (literal.holds(axes) for literal in self.literals)
        return any(asked) if self.joined == "or" else all(asked)


class How(StrEnum):
    """What may be said of a condition."""

    EXACTLY = "exactly"  # fresh cases on both sides left it standing
    ONLY = "only"  # all that is wrong lies inside, and most of what lies inside
    EXAMPLE = "example"  # all inside is wrong, and something outside may be too


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A condition, what may be said of it, and the cases inside that it was seen on."""

    condition: Condition
    how: How
    inside: int = 0
    wrong_inside: int = 0


def separating(
    literals: Sequence[Atom], wrong: Sequence[Axes], right: Sequence[Axes]
) -> Condition | None:
    """Return the simplest condition true of all the wrong cases and no right one."""
    for condition in _conditions(literals):
        if all(condition.holds(axes) for axes in wrong) and not any(
            condition.holds(axes) for axes in right
        ):
            return condition
    return None


def sufficient(
    literals: Sequence[Atom], wrong: Sequence[Axes], right: Sequence[Axes]
) -> Condition | None:
    """Return the condition under which all is wrong that covers most wrong cases."""
    best: Condition | None = None
    most = 1  # one case alone is no condition
    for condition in _conditions(literals):
        covered = sum(condition.holds(axes) for axes in wrong)
        if covered > most and not any(condition.holds(axes) for axes in right):
            best, most = condition, covered
    return best


def confining(
    literals: Sequence[Atom], wrong: Sequence[Axes], right: Sequence[Axes]
) -> Guess | None:
    """Return the literal outside of which nothing is wrong, and inside most is."""
    best: Guess | None = None
    for literal in literals:
        if not all(literal.holds(axes) for axes in wrong):
            continue
        inside = len(wrong) + sum(literal.holds(axes) for axes in right)
        outside = len(wrong) + len(right) - inside
        if (
            outside
            and len(wrong) >= MOST * inside
            and (best is None or inside < best.inside)
        ):
            condition = Condition(literals=(literal,))
            best = Guess(
                condition=condition,
                how=How.ONLY,
                inside=inside,
                wrong_inside=len(wrong),
            )
    return best


def fallback(
    literals: Sequence[Atom], wrong: Sequence[Axes], right: Sequence[Axes]
) -> Guess | None:
    """Return what can be said where no condition separates the two sides."""
    confined = confining(literals, wrong, right)
    if confined is not None:
        return confined
    condition = sufficient(literals, wrong, right)
    return Guess(condition=condition, how=How.EXAMPLE) if condition else None


def _conditions(literals: Sequence[Atom]) -> Iterator[Condition]:
    yield Condition(literals=())
    for literal in literals:
        yield Condition(literals=(literal,))
    pairs = list(combinations(literals, 2))
    for pair in pairs:
        yield Condition(literals=pair)
    for pair in pairs:
        yield Condition(literals=pair, joined="or")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Cases by whether the program is wrong on them."""

    wrong: tuple[Axes, ...]
    right: tuple[Axes, ...]


def find_boundary(
    probe: Probe, evidence: Evidence, fresh: Callable[[], Sequence[Case]]
) -> Guess | None:
    """Guess, test on fresh cases, and guess again with what they said.

    `fresh` draws the cases, once; raise SandboxError.
    """
    literals = probe.engine.corpus.exercise.literals
    for _ in range(ROUNDS):
        condition = separating(literals, evidence.wrong, evidence.right)
        if condition is None:
            break
        told, decisive = _test(probe, condition, evidence, fresh())
        if separating(literals, told.wrong, told.right) == condition:
            how = How.EXACTLY if decisive else How.EXAMPLE
            return Guess(condition=condition, how=how)
        evidence = told
    return fallback(literals, evidence.wrong, evidence.right)


def _test(
    probe: Probe, condition: Condition, evidence: Evidence, cases: Sequence[Case]
) -> tuple[Evidence, bool]:
    """Return the evidence with fresh cases, and whether there were enough of them."""
    sides = _sides(probe, condition, evidence, cases)
    wrong, right = list(evidence.wrong), list(evidence.right)
    for case in (*sides[True], *sides[False]):
        (wrong if _fails(probe, case) else right).append(case.axes)
    enough = len(sides[True]) == FRESH_A_SIDE
    if condition.literals:  # "always" has no other side
        enough = enough and len(sides[False]) == FRESH_A_SIDE
    return Evidence(tuple(wrong), tuple(right)), enough


def _sides(
    probe: Probe, condition: Condition, evidence: Evidence, cases: Sequence[Case]
) -> dict[bool, list[Case]]:
    """Return fresh cases inside (True) and outside the condition, eight at most."""
    known = {tuple(sorted(axes.items())) for axes in (*evidence.wrong, *evidence.right)}
    sides: dict[bool, list[Case]] = {True: [], False: []}
    for case in chain(cases, _neighbours(probe, cases)):
        side = sides[condition.holds(case.axes)]
        key = tuple(sorted(case.axes.items()))
        if key not in known and len(side) < FRESH_A_SIDE:
            known.add(key)
            side.append(case)
        if all(len(side) == FRESH_A_SIDE for side in sides.values()):
            break
    return sides


def _neighbours(probe: Probe, cases: Sequence[Case]) -> Iterator[Case]:
    """Yield simpler cases: one output pixel, say, is drawn too seldom."""
    corpus = probe.engine.corpus
    for case in cases:
        for axes in corpus.exercise.smaller(case.axes, corpus.domain):
            yield replace(case, axes=axes, name=f"{case.name}, smaller")


def _fails(probe: Probe, case: Case) -> bool:
    corpus = probe.engine.corpus
    entry = pose(corpus.exercise, case, seed=case_seed(case, seed=corpus.seed))
    return probe.ask(entry).message is not None
