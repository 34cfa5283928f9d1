"""Say on which cases a program is wrong, after trying it on fresh ones.

A condition that fits the corpus is a guess: most have a rival that fits as well. So
fresh cases test it, those first that tell it from its simpler rivals; what one of
them refutes is guessed again.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from grader.cases import Stream
from grader.corpus import case_seed, pose
from grader.drawing import draw_cases
from grader.explain.conditions import (
    Condition,
    Evidence,
    confining,
    separating,
    sufficient,
)
from grader.explain.varied import pairs_of, varied
from grader.remembering import Remembered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grader.corpus import Corpus, Entry
    from grader.exercise import Axes
    from grader.explain.probe import Probe
    from grader.records import Case

FRESH_A_SIDE: Final = 8
#: Cases that are tried of all kinds together, and more of a kind only where too few of
#: them told anything: two traits of a case that meet seldom may be the whole condition.
ENOUGH: Final = 64
#: Fresh cases that may be asked for one problem.
ASKED: Final = 160
#: Fresh cases of one kind that are chosen from.
CANDIDATES: Final = 800
#: Of what is wrong in so many of all cases no example is needed.
NEARLY_ALL: Final = 0.9
#: Cases that Hypothesis draws once for a corpus, and how many neighbours they give.
DRAWN: Final = 250
FRESH: Final = 2000


Kind: TypeAlias = tuple[bool, ...]


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

    def says_little(self, wrong: int, *, cases: int) -> bool:
        """Is it an example of what is wrong nearly everywhere?"""
        is_example = self.how is How.EXAMPLE and bool(self.condition.literals)
        return is_example and wrong >= NEARLY_ALL * cases


def untested(evidence: Evidence, corpus: Corpus) -> Guess | None:
    """Return what the corpus alone says; two literals would be too bold a guess."""
    condition = separating(corpus.exercise.literals, evidence, joined=())
    return Guess(condition=condition, how=How.EXAMPLE) if condition else None


def find_boundary(probe: Probe, evidence: Evidence) -> Guess | None:
    """Guess, test on fresh cases, and guess again with what they said.

    Raise SandboxError.
    """
    trial = _Trial(probe=probe, evidence=evidence)
    literals = probe.engine.corpus.exercise.literals
    while (condition := separating(literals, trial.evidence)) is not None:
        if trial.stands(condition, inside=True, outside=True):
            how = How.EXACTLY if trial.is_decisive(condition) else How.EXAMPLE
            return Guess(condition=condition, how=how)
    while (condition := confining(literals, trial.evidence)) is not None:
        if trial.stands(condition, inside=False, outside=True):
            wrong, right = trial.evidence.counts(condition)
            return Guess(
                condition=condition,
                how=How.ONLY,
                inside=wrong + right,
                wrong_inside=wrong,
            )
    while (condition := sufficient(literals, trial.evidence)) is not None:
        if trial.stands(condition, inside=True, outside=False):
            return Guess(condition=condition, how=How.EXAMPLE)
    return None


@cache
def fresh_cases(corpus: Corpus) -> tuple[Case, ...]:
    """Draw the cases that Hypothesis tests boundaries on, once for a corpus."""
    return draw_cases(corpus.exercise, corpus.domain, count=DRAWN, seed=corpus.seed)


@cache
def pool(corpus: Corpus) -> tuple[Case, ...]:
    """Return fresh cases, every second one a simpler neighbour of a drawn one.

    Cases of one output pixel, say, are drawn too seldom to refute anything.
    """
    known = {_key(entry.case.axes) for entry in corpus.entries}
    drawn = _unknown(fresh_cases(corpus), known)
    simpler = _unknown(_neighbours(corpus), known)
    order = Stream(corpus.seed).orders(1, of=len(simpler))[0]
    mixed = zip_longest(drawn, (simpler[place] for place in order))
    return tuple(case for pair in mixed for case in pair if case)


def _unknown(cases: Iterable[Case], known: set[tuple[int, ...]]) -> list[Case]:
    """Return those that are not known yet, and note them as known."""
    found: list[Case] = []
    for case in cases:
        key = _key(case.axes)
        if key not in known and len(found) < FRESH:
            known.add(key)
            found.append(case)
    return found


def _neighbours(corpus: Corpus) -> Iterator[Case]:
    for case in fresh_cases(corpus):
        for axes in corpus.exercise.smaller(case.axes, corpus.domain):
            yield replace(case, axes=axes, name=f"{case.name}, smaller")


def _key(axes: Axes) -> tuple[int, ...]:
    return tuple(axes.values())


def _pose(corpus: Corpus, case: Case) -> Entry:
    return pose(corpus.exercise, case, seed=case_seed(case, seed=corpus.seed))


#: Every wrong program of a batch is tried on cases of one pool.
_posed: Final = Remembered(_pose, most=512)


@dataclass(slots=True)
class _Trial:
    """Tests conditions of one program, and remembers every answer."""

    probe: Probe
    evidence: Evidence
    asked: int = 0

    def stands(self, condition: Condition, *, inside: bool, outside: bool) -> bool:
        """Ask fresh cases until one refutes the condition; True if none does.

        Of the sides that are to be tested; a condition "and" is most often refuted
        where one of its literals holds and the other does not.
        """
        kinds = self._kinds(condition, inside=inside, outside=outside)
        told = [0] * len(kinds)
        for number, case in self._in_turns(kinds, told):
            if self.asked == ASKED:
                break
            is_wrong = self._is_wrong(case)
            if is_wrong is None:
                continue
            told[number] += 1
            self.evidence = self.evidence.also(case.axes, is_wrong=is_wrong)
            if is_wrong != condition.holds(case.axes):
                return False
        return True

    def _is_wrong(self, case: Case) -> bool | None:
        """Ask the case; None where an input has no influence and so cannot be wrong.

        If, say, every window lies in the padding, dx is zero however it is computed.
        To be right where few weights meet a pixel says little: a turned kernel is right
        where only its middle counts.
        """
        entry = _posed(self.probe.engine.corpus, case)
        if not all(map(np.any, entry.first.expected.gradients.values())):
            return None
        self.asked += 1
        is_wrong = self.probe.ask(entry).message is not None
        return None if not is_wrong and _is_dim(entry) else is_wrong

    def is_decisive(self, condition: Condition) -> bool:
        """Were there enough fresh cases on both sides? "Always" has one only."""
        corpus = self.probe.engine.corpus
        known = {_key(entry.case.axes) for entry in corpus.entries}
        seen = [
            condition.holds(axes)
            for axes in (*self.evidence.wrong, *self.evidence.right)
            if _key(axes) not in known
        ]
        sides = (True, False) if condition.literals else (True,)
        return all(seen.count(side) >= FRESH_A_SIDE for side in sides)

    def _kinds(
        self, condition: Condition, *, inside: bool, outside: bool
    ) -> list[list[Case]]:
        """Return the cases of every kind: by which of the literals hold."""
        known = {_key(a) for a in (*self.evidence.wrong, *self.evidence.right)}
        kinds: dict[Kind, list[Case]] = defaultdict(list)
        for case in pool(self.probe.engine.corpus):
            kind = _kind(condition, case)
            if len(kinds[kind]) < CANDIDATES and _key(case.axes) not in known:
                kinds[kind].append(case)
        return [
            cases
            for cases in kinds.values()
            if cases and (inside if condition.holds(cases[0].axes) else outside)
        ]

    def _in_turns(
        self, kinds: Sequence[Sequence[Case]], told: Sequence[int]
    ) -> Iterator[tuple[int, Case]]:
        """Yield cases of every kind in turn, with its number, most varied first.

        What is never so in them may be half of the true condition.
        """
        pairs = _pairs(self.probe.engine.corpus)
        orders = [varied([pairs[_key(case.axes)] for case in kind]) for kind in kinds]
        enough = max(FRESH_A_SIDE, ENOUGH // max(1, len(kinds)))
        for tried in range(2 * enough):
            for number, order in enumerate(orders):
                if tried < enough or told[number] < FRESH_A_SIDE:
                    yield from ((number, kinds[number][at]) for at in islice(order, 1))


def _kind(condition: Condition, case: Case) -> Kind:
    """Return which of the condition's literals hold of the case."""
    return tuple(literal.holds(case.axes) for literal in condition.literals)


def _is_dim(entry: Entry) -> bool:
    """Is most of an array other than the images without influence?"""
    _, *others = entry.first.expected.gradients.values()
    return any(2 * np.count_nonzero(gradient) < gradient.size for gradient in others)


@cache
def _pairs(corpus: Corpus) -> dict[tuple[int, ...], int]:
    """Return by fresh case which pairs of literals it shows."""
    cases = [case.axes for case in pool(corpus)]
    pairs = pairs_of(corpus.exercise.literals, cases)
    return dict(zip(map(_key, cases), pairs, strict=True))
