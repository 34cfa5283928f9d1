"""Find out everything that can be said about a wrong program."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from grader.engine.judge import FORWARD_VALUE
from grader.explain.boundary import How
from grader.explain.investigate import Investigation
from grader.explain.lost import condition_message
from grader.explain.problems import (
    BACKWARD,
    FORWARD,
    INPUTS,
    OUT,
    Problem,
    Subject,
    find_problems,
    is_hang,
)
from grader.explain.summary import Finding, Scene, summarise
from grader.records import Status
from grader.report import Boundary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from grader.engine.grade import Engine, Judged
    from grader.explain.boundary import Guess
    from grader.explain.investigate import Clues
    from grader.explain.show import Presentation
    from grader.records import Message, Verdict
    from grader.report import Counterexample, Diagnosis, Footprint

#: So many reasons are looked into; of the rest it is told where they are.
REASONS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What is said beside the points."""

    summary: tuple[Message, ...]
    counterexamples: tuple[Counterexample, ...] = ()
    boundaries: tuple[Boundary, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()
    footprint: Footprint | None = None
    # by the cases that fail
    conditions: Mapping[frozenset[str], Guess] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What reading the code has shown, by the half of the program it is about.

    `all` leaves nothing else to say of the function; `raised` says why it raises.
    """

    all: Mapping[str, Message] = field(default_factory=dict)
    raised: Mapping[str, Message] = field(default_factory=dict)
    mixed_up: Message | None = None  # what backward takes out of cache, if so
    documented_cache: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Explainer:
    """Explains one judged program, asking it more cases as long as it answers."""

    engine: Engine
    judged: Judged
    presentation: Presentation
    reading: Reading

    def explain(self) -> Explanation:
        """Return all that was found; nothing here ever changes a score."""
        found = find_problems(
            self.judged, documented_cache=self.reading.documented_cache
        )
        problems = [p for p in found if not self._is_read(p)]
        clues = [
            self._investigate(problem, problems, is_thorough=number < REASONS)
            for number, problem in enumerate(problems)
        ]
        findings = [
            self._finding(problem, clue)
            for problem, clue in zip(problems, clues, strict=True)
        ]
        bounded = [(f.problem, f.boundary) for f in findings if f.boundary]
        return Explanation(
            summary=summarise(findings, self._scene(found)),
            counterexamples=tuple(self._examples(problems, clues)),
            boundaries=tuple(
                _boundary(p, g) for p, g in bounded if self._is_told(p, g)
            ),
            diagnoses=tuple(d for clue in clues for d in clue.diagnoses),
            footprint=next((c.footprint for c in clues if c.footprint), None),
            conditions={p.failed: guess for p, guess in bounded},
        )

    def _is_read(self, problem: Problem) -> bool:
        """Has reading the function said all there is to say?"""
        return problem.half in self.reading.all and problem.tensors != (INPUTS,)

    def _investigate(
        self, problem: Problem, problems: Sequence[Problem], *, is_thorough: bool
    ) -> Clues:
        own_forward = problems[0].half == FORWARD and self.engine.follow_through
        return Investigation(
            engine=self.engine,
            judged=self.judged,
            problem=problem,
            own_forward=bool(own_forward),
            needs_cache=not self.reading.documented_cache,
            is_thorough=is_thorough,
        ).clues()

    def _finding(self, problem: Problem, clues: Clues) -> Finding:
        return Finding(
            problem=problem,
            boundary=clues.boundary,
            detail=clues.smallest.seen.message or problem.message,
            memory=clues.memory,
            diagnoses=clues.diagnoses,
            relation=clues.relation,
            same=clues.same,
            others=clues.others,
            footprint=clues.footprint.message if clues.footprint else None,
            passing=clues.passing,
            number=self.presentation.number(problem, clues.smallest),
            known=self.reading.raised.get(problem.half),
            mixed_up=self.reading.mixed_up if problem.half == BACKWARD else None,
        )

    def _examples(
        self, problems: Sequence[Problem], clues: Sequence[Clues]
    ) -> Iterator[Counterexample]:
        for problem, clue in list(zip(problems, clues, strict=True))[:REASONS]:
            if problem.subject is Subject.FOLLOWS:
                continue
            shown = self.presentation.show(problem, clue.smallest, clue.memory)
            if shown is not None:
                yield shown

    def _is_told(self, problem: Problem, guess: Guess) -> bool:
        """Tell whether "wrong when" is true of it and says something."""
        wrong, cases = len(problem.failed), len(self.judged.runs)
        return guess.how is not How.ONLY and not guess.says_little(wrong, cases=cases)

    def _scene(self, found: Sequence[Problem]) -> Scene:
        exercise = self.judged.corpus.exercise
        criteria = {c.gradient or c.name: c.name for c in exercise.criteria}
        verdicts = self.judged.verdicts
        wrong = {v.criterion for v in verdicts if v.status is not Status.PASSED}
        credited = {v.criterion for v in verdicts if v.follow_through}
        gradients = [g for g in exercise.gradients if criteria[g] not in wrong]
        halves = {problem.half for problem in found}
        out = () if FORWARD in halves else (OUT,)
        return Scene(
            tensors=(OUT, *exercise.gradients),
            cases=len(self.judged.runs),
            right=(*out, *(g for g in gradients if criteria[g] not in credited)),
            credited=tuple(g for g in gradients if criteria[g] in credited),
            read=tuple(
                self.reading.all[half]
                for half in (FORWARD, BACKWARD)
                if half in self.reading.all and half in halves
            ),
            not_run=count_unrun(verdicts),
            forward_not_run=sum(
                v.criterion == FORWARD_VALUE
                and v.message is not None
                and v.message.id == "call.not_run"
                for v in verdicts
            ),
        )


def count_unrun(verdicts: Sequence[Verdict]) -> int:
    """Return how many cases were left out; one that hung was not."""
    told = [(v.case, v.message) for v in verdicts if v.message is not None]
    hung = {case for case, message in told if is_hang(message)}
    return len({case for case, message in told if message.id == "call.not_run"} - hung)


def _boundary(problem: Problem, guess: Guess) -> Boundary:
    condition = guess.condition
    return Boundary(
        criterion=problem.criterion,
        literals=tuple(literal.name for literal in condition.literals),
        joined=condition.joined,
        exact=guess.how is How.EXACTLY,
        message=condition_message(condition),
        conditions=tuple(literal.message for literal in condition.literals),
    )
