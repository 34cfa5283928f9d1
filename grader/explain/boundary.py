"""Say on which cases a program is wrong, after trying it on fresh ones.

A condition that fits the corpus is a guess: most have a rival that fits as well. So
fresh cases test it, those first that tell it from its simpler rivals; what one of
them refutes is guessed again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from grader.explain.conditions import (
    Condition,
    Evidence,
    confining,
    excepting,
    separating,
    sufficient,
)
from grader.explain.fresh import held
from grader.explain.trial import ASKED, ENOUGH, FRESH_A_SIDE, Trial

if TYPE_CHECKING:
    from grader.corpus import Corpus
    from grader.explain.probe import Probe

#: Of what is wrong in so many of all cases no example is needed.
NEARLY_ALL: Final = 0.9


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
    right_when: Condition | None = None  # of what is wrong nearly everywhere

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
    trial = Trial(probe=probe, evidence=evidence)
    literals = probe.engine.corpus.exercise.literals
    while (condition := separating(literals, trial.evidence)) is not None:
        if trial.stands(condition, inside=True, outside=True):
            how = How.EXACTLY if trial.is_decisive(condition) else How.EXAMPLE
            return Guess(condition=condition, how=how)
    while (condition := confining(literals, trial.evidence)) is not None:
        if trial.stands(condition, inside=False, outside=True):
            wrong, right = trial.evidence.counts(condition)
            if len(trial.evidence.right) - right < FRESH_A_SIDE:
                break
            return Guess(
                condition=condition,
                how=How.ONLY,
                inside=wrong + right,
                wrong_inside=wrong,
            )
    while (condition := sufficient(literals, trial.evidence)) is not None:
        if trial.stands(condition, inside=True, outside=False):
            guess = Guess(condition=condition, how=How.EXAMPLE)
            wrong, right = len(evidence.wrong), len(evidence.right)
            is_rare = guess.says_little(wrong, cases=wrong + right)
            return _with_exception(guess, trial) if is_rare else guess
    return None


def _with_exception(guess: Guess, trial: Trial) -> Guess:
    """Add the condition under which all is right, if there is one.

    Who tried the program on such a case alone believes that it is right.
    """
    corpus = trial.probe.engine.corpus
    narrow: list[Condition] = []
    trial.asked = min(trial.asked, ASKED - ENOUGH)  # it is another question
    while condition := excepting(
        corpus.exercise.literals, trial.evidence, among=held(corpus), but=narrow
    ):
        if trial.stands(condition, inside=True, outside=False, is_wrong=False):
            _, right = trial.evidence.counts(condition)
            if right >= FRESH_A_SIDE:
                return replace(guess, right_when=condition)
            narrow.append(condition)
    return guess
