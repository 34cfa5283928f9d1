"""Find out everything that can be said about a wrong program."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final

from grader.drawing import draw_cases
from grader.engine.results import value_of
from grader.errors import SandboxError
from grader.explain.boundary import (
    Evidence,
    Guess,
    How,
    fallback,
    find_boundary,
    separating,
)
from grader.explain.diagnose import diagnose
from grader.explain.footprint import read_footprint
from grader.explain.minimise import Smallest, minimise
from grader.explain.probe import Probe, Seen
from grader.explain.problems import OUT, Problem, find_problems
from grader.explain.relations import Pair, relate
from grader.explain.summary import Finding, Scene, condition_message, summarise
from grader.report import Boundary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grader.corpus import Corpus
    from grader.engine.grade import Engine, Judged
    from grader.engine.protocol import CaseRun
    from grader.explain.show import Presentation
    from grader.records import Case, Message
    from grader.report import Counterexample, Diagnosis, Footprint

#: Cases that Hypothesis draws once for a corpus, to test boundaries on.
DRAWN: Final = 250
#: So many reasons are explained; the rest are counted in the points.
REASONS: Final = 3
#: A footprint is drawn on a case of at most so many pixels, with some outputs.
PIXELS: Final = 120


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


@cache
def fresh_cases(corpus: Corpus) -> tuple[Case, ...]:
    """Draw the cases that test boundaries, once for a corpus."""
    return draw_cases(corpus.exercise, corpus.domain, count=DRAWN, seed=corpus.seed)


@dataclass(slots=True)
class Explainer:
    """Explains one judged program, asking it more cases as long as it answers."""

    engine: Engine
    judged: Judged
    presentation: Presentation
    skipped: frozenset[str] = frozenset()  # "forward", "backward": known already
    _counterexamples: list[Counterexample] = field(default_factory=list)
    _footprint: Footprint | None = None

    def explain(self) -> Explanation:
        """Return all that was found; nothing here ever changes a score."""
        problems = [
            problem
            for problem in find_problems(self.judged)
            if problem.criterion.partition(".")[0] not in self.skipped
        ]
        findings = [self._find(problem) for problem in problems[:REASONS]]
        exercise = self.judged.corpus.exercise
        scene = Scene(
            tensors=(OUT, *exercise.gradients), cases=len(self.judged.corpus.entries)
        )
        bounded = [(f.problem, f.boundary) for f in findings if f.boundary]
        return Explanation(
            summary=() if self.skipped and not findings else summarise(findings, scene),
            counterexamples=tuple(self._counterexamples),
            boundaries=tuple(_boundary(p, guess) for p, guess in bounded),
            diagnoses=tuple(f.diagnosis for f in findings if f.diagnosis),
            footprint=self._footprint,
            conditions={p.failed: guess for p, guess in bounded},
        )

    def _find(self, problem: Problem) -> Finding:
        probe = Probe(engine=self.engine, problem=problem)
        smallest, guess = self._seen(problem), self._guess(problem)
        if not self.engine.attempts.is_costly:
            try:
                guess = find_boundary(probe, self._evidence(problem), self._fresh)
                smaller = minimise(probe, smallest.entry.case, self._fresh())
                smallest = smaller or smallest
            except SandboxError:
                pass  # what was found so far is told; the points are known already
        shown = self.presentation.show(problem, smallest)
        if shown is not None:
            self._counterexamples.append(shown)
        return self._named(problem, guess, smallest)

    def _named(
        self, problem: Problem, guess: Guess | None, smallest: Smallest
    ) -> Finding:
        runs, exercise = self.judged.runs, self.judged.corpus.exercise
        named = (
            diagnose(exercise, tensor, runs=runs, failed=problem.failed)
            for tensor in problem.tensors
        )
        diagnosis = next((found for found in named if found), None)
        footprint = None
        if problem.tensors == (OUT,) and not self.engine.attempts.is_costly:
            footprint = self._footprint = self._draw(problem, smallest)
        return Finding(
            problem=problem,
            boundary=guess,
            detail=smallest.seen.message or problem.message,
            diagnosis=diagnosis,
            relation=relate(problem.tensors[0], self._pairs(problem)),
            footprint=footprint.message if footprint else None,
        )

    def _draw(self, problem: Problem, smallest: Smallest) -> Footprint | None:
        """Read the footprint on a failing case that has something to see."""
        failing = [r for r in self.judged.runs if r.entry.case.name in problem.failed]
        clear = [r for r in failing if _is_clear(r)]
        run = min(clear, key=_clarity, default=smallest.seen.run)
        exercise, attempts = self.judged.corpus.exercise, self.engine.attempts
        try:
            return read_footprint(exercise, attempts, run)
        except SandboxError:
            return None

    def _pairs(self, problem: Problem) -> Sequence[Pair]:
        """Return wrong beside right for every failing case; nothing if one is none."""
        exercise, tensor = self.judged.corpus.exercise, problem.tensors[0]
        if tensor not in (OUT, *exercise.gradients):
            return ()
        pairs = []
        for run in self.judged.runs:
            if run.entry.case.name not in problem.failed:
                continue
            seen = (run.forward if tensor == OUT else run.backward)[0]
            value = value_of(tensor, seen, exercise)
            if value is None or value.array is None:
                return ()
            expected = run.entry.first.tensor(tensor)
            pairs.append(
                Pair(axes=run.entry.case.axes, got=value.array, expected=expected)
            )
        return pairs

    def _fresh(self) -> tuple[Case, ...]:
        return fresh_cases(self.judged.corpus)

    def _evidence(self, problem: Problem) -> Evidence:
        cases = [entry.case for entry in self.judged.corpus.entries]
        return Evidence(
            wrong=tuple(c.axes for c in cases if c.name in problem.failed),
            right=tuple(c.axes for c in cases if c.name not in problem.failed),
        )

    def _guess(self, problem: Problem) -> Guess | None:
        """Return what the corpus alone says, untested."""
        evidence = self._evidence(problem)
        literals = self.judged.corpus.exercise.literals
        condition = separating(literals, evidence.wrong, evidence.right)
        if condition is not None:
            return Guess(condition=condition, how=How.EXAMPLE)
        return fallback(literals, evidence.wrong, evidence.right)

    def _seen(self, problem: Problem) -> Smallest:
        """Return the smallest failing case of the corpus, as it was judged."""
        runs = [r for r in self.judged.runs if r.entry.case.name in problem.failed]
        messages = {
            v.case: v.message
            for v in self.judged.verdicts
            if v.criterion == problem.criterion and v.message
        }
        alike = [
            run
            for run in runs
            if (m := messages.get(run.entry.case.name)) and m.id == problem.kind
        ]
        run = min(alike or runs, key=lambda run: sum(run.entry.case.axes.values()))
        message = messages.get(run.entry.case.name, problem.message)
        return Smallest(entry=run.entry, seen=Seen(run=run, message=message), calls=0)


def _boundary(problem: Problem, guess: Guess) -> Boundary:
    return Boundary(
        criterion=problem.criterion,
        literals=tuple(literal.name for literal in guess.condition.literals),
        exact=guess.how is How.EXACTLY,
        message=condition_message(guess.condition),
    )


def _pixels(run: CaseRun) -> int:
    images = next(iter(run.entry.first.arrays.values()))
    return int(images[0].size)


def _is_clear(run: CaseRun) -> bool:
    out = run.entry.first.expected.out
    return _pixels(run) <= PIXELS and out[0].size >= 4  # noqa: PLR2004 (a 2x2 out)


def _clarity(run: CaseRun) -> tuple[bool, int]:
    """Small images come first, but none in which a shift could not be seen."""
    images = next(iter(run.entry.first.arrays.values()))
    return min(images.shape[2:], default=0) < 3, _pixels(run)  # noqa: PLR2004 (3x3)
