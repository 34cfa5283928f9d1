"""Ask a program fresh cases until one of them refutes what was thought of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from grader.corpus import case_seed, pose
from grader.explain.fresh import held, key_of, pool
from grader.explain.varied import pairs_of, varied
from grader.remembering import Remembered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.corpus import Corpus, Entry
    from grader.explain.conditions import Condition, Evidence
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

Kind: TypeAlias = tuple[bool, ...]


def _pose(corpus: Corpus, case: Case) -> Entry:
    return pose(corpus.exercise, case, seed=case_seed(case, seed=corpus.seed))


#: Every wrong program of a batch is tried on cases of one pool.
_posed: Final = Remembered(_pose, most=512)


@dataclass(slots=True)
class Trial:
    """Tests conditions of one program, and remembers every answer."""

    probe: Probe
    evidence: Evidence
    asked: int = 0

    def stands(
        self,
        condition: Condition,
        *,
        inside: bool,
        outside: bool,
        is_wrong: bool = True,
    ) -> bool:
        """Ask fresh cases until one refutes the condition; True if none does.

        It says that inside all `is_wrong`, and outside all is not; asked are the sides
        that are to be tested. A condition "and" is most often refuted where one of its
        literals holds and the other does not.
        """
        kinds = self._kinds(condition, inside=inside, outside=outside)
        told = [0] * len(kinds)
        for number, case in self._in_turns(kinds, told):
            if self.asked == ASKED:
                break
            seen_wrong = self._is_wrong(case)
            if seen_wrong is None:
                continue
            told[number] += 1
            self.evidence = self.evidence.also(case.axes, is_wrong=seen_wrong)
            if (seen_wrong == is_wrong) != condition.holds(case.axes):
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
        known = {key_of(entry.case.axes) for entry in corpus.entries}
        seen = [
            condition.holds(axes)
            for axes in (*self.evidence.wrong, *self.evidence.right)
            if key_of(axes) not in known
        ]
        sides = (True, False) if condition.literals else (True,)
        return all(seen.count(side) >= FRESH_A_SIDE for side in sides)

    def _kinds(
        self, condition: Condition, *, inside: bool, outside: bool
    ) -> list[list[Case]]:
        """Return the cases of every kind: by which of the literals hold."""
        known = {key_of(a) for a in (*self.evidence.wrong, *self.evidence.right)}
        kinds: dict[Kind, list[Case]] = defaultdict(list)
        for case in pool(self.probe.engine.corpus):
            kind = _kind(condition, case)
            if len(kinds[kind]) < CANDIDATES and key_of(case.axes) not in known:
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
        orders = [varied([pairs[key_of(case.axes)] for case in kind]) for kind in kinds]
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
    pairs = pairs_of(held(corpus).values())
    keys = [key_of(case.axes) for case in pool(corpus)]
    return dict(zip(keys, pairs, strict=True))
