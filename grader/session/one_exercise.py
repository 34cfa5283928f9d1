"""Grade one exercise of one submission: run, judge, search, score, explain."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from grader import scoring
from grader.calls import Raised
from grader.engine.grade import build_engine
from grader.engine.search import Searched, search
from grader.errors import SandboxError, SubmissionError
from grader.explain.explanation import Explainer, Explanation
from grader.explain.lost import lost_line, standing_of
from grader.explain.show import Presentation
from grader.loaders import failures
from grader.records import Message, Status, Verdict
from grader.remembering import Remembered
from grader.report import CriterionScore, ExerciseReport, RegimeScore
from grader.session.reading import read
from grader.session.start import Started, Task, start

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.assignment import GradedExercise
    from grader.corpus import Corpus
    from grader.engine.grade import Engine, Judged
    from grader.records import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """The exercise's report, and what the submission's own report needs beside it."""

    report: ExerciseReport
    reason: Message | None = None  # why nothing could be run
    undecided: Message | None = None  # why something was not judged
    notes: tuple[Message, ...] = ()
    output: str = ""
    seconds: float = 0.0
    calls: int = 0


def grade_exercise(task: Task, corpus: Corpus, *, count: int) -> Graded:
    """Grade one exercise; search `count` cases more if all of the corpus holds.

    Raises:
        SubmissionError: there is nothing that could be run.
    """
    try:
        with start(task) as started:
            run = _run(task, corpus, started)
            judged = run.engine.grade()
            if started.is_whole or not run.misses_a_name(judged):
                return run.report(judged, count=count)
        return _whole(task, corpus, count=count)
    except SandboxError as error:
        message = Message(id="undecided.sandbox", values={"reason": str(error)})
        return not_judged(task.graded, corpus, message)


def _whole(task: Task, corpus: Corpus, *, count: int) -> Graded:
    """Grade the whole file; where it does not run, what was cut out of it after all."""
    try:
        with start(task, whole=True) as started:
            run = _run(task, corpus, started)
            return run.report(run.engine.grade(), count=count)
    except SubmissionError:
        with start(task) as started:
            run = _run(task, corpus, started)
            return run.report(run.engine.grade(), count=count)


def _run(task: Task, corpus: Corpus, started: Started) -> _Run:
    engine = build_engine(
        corpus,
        started.worker,
        convention=started.extraction.program.convention,
        follow_through=task.graded.follow_through,
    )
    return _Run(task=task, corpus=corpus, started=started, engine=engine)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """One program in one worker; its engine remembers what hung."""

    task: Task
    corpus: Corpus
    started: Started
    engine: Engine

    def misses_a_name(self, judged: Judged) -> bool:
        """Did a call fail for a name that the whole file may define?"""
        return any(
            failures.whole_may_help(self.started.extraction, raised)
            for raised in _raised(judged)
        )

    def report(self, judged: Judged, *, count: int) -> Graded:
        """Score what was judged and say what can be said about it."""
        searched = _searched(self.engine, judged, count=count)
        explanation = self._explain(_together(judged, searched.found))
        report = ExerciseReport(
            exercise=self.task.graded.title,
            criteria=self._criteria(judged, searched, explanation),
            summary=(*_flag(searched), *explanation.summary),
            counterexamples=explanation.counterexamples,
            boundaries=explanation.boundaries,
            diagnoses=explanation.diagnoses,
            footprint=explanation.footprint,
            searched=searched.count,
            flagged=searched.found is not None,
        )
        worker, extraction = self.started.worker, self.started.extraction
        return Graded(
            report=report,
            undecided=_undecided(judged.verdicts),
            notes=(*extraction.notes, *_notes(judged)),
            output=worker.output(),
            seconds=worker.seconds(),
            calls=self.engine.attempts.calls,
        )

    def _criteria(
        self, judged: Judged, searched: Searched, explanation: Explanation
    ) -> tuple[CriterionScore, ...]:
        corpus, graded = self.corpus, self.task.graded
        cases: list[Case] = [entry.case for entry in corpus.entries]
        verdicts: list[Verdict] = list(judged.verdicts)
        if searched.found and searched.case and graded.search_costs:
            cases.append(searched.case)
            verdicts += searched.found.verdicts
        elif all(v.status is Status.PASSED and not v.follow_through for v in verdicts):
            return _full_marks(corpus, graded)
        scores = scoring.score(verdicts, cases, _rubric(corpus, graded))
        return tuple(_worded(s, corpus, explanation, verdicts) for s in scores)

    def _explain(self, judged: Judged) -> Explanation:
        if not self.task.explain or _undecided(judged.verdicts) is not None:
            return Explanation(summary=())
        try:
            return self._explainer(judged).explain()
        except Exception as error:  # noqa: BLE001 (a fault of ours takes no points)
            reason = f"{type(error).__name__}: {error}"
            message = Message(id="session.unexplained", values={"reason": reason})
            return Explanation(summary=(message,))

    def _explainer(self, judged: Judged) -> Explainer:
        extraction = self.started.extraction
        program = extraction.program
        return Explainer(
            engine=self.engine,
            judged=judged,
            presentation=Presentation(
                exercise=self.corpus.exercise,
                convention=None if program.adapter else program.convention,
                module=_module(extraction.file),
            ),
            reading=read(extraction, judged, hangs=self.engine.attempts.hangs > 0),
        )


def nothing_earned(graded: GradedExercise, corpus: Corpus) -> ExerciseReport:
    """Return the report of an exercise of which nothing could be run."""
    lines = tuple(
        CriterionScore(
            criterion=criterion,
            status=Status.FAILED,
            points=0.0,
            max_points=points,
            lines=_all_lost(criterion, points),
        )
        for criterion, points in graded.points_for(corpus.exercise).items()
    )
    return ExerciseReport(exercise=graded.title, criteria=lines)


def _all_lost(criterion: str, points: float) -> tuple[Message, ...]:
    if not points:
        return ()
    return (Message(id="lost.all", values={"criterion": criterion, "points": points}),)


def not_judged(graded: GradedExercise, corpus: Corpus, message: Message) -> Graded:
    """Return an exercise of which nothing was judged, for a reason of ours."""
    nothing = nothing_earned(graded, corpus)
    lines = tuple(
        replace(line, status=Status.UNDECIDED, points=None) for line in nothing.criteria
    )
    report = replace(nothing, criteria=lines, summary=(message,))
    return Graded(report=report, undecided=message)


def _together(judged: Judged, found: Judged | None) -> Judged:
    """Return the corpus and the case that the search found, as if it were one more."""
    if found is None:
        return judged
    return replace(
        judged,
        runs=(*judged.runs, *found.runs),
        verdicts=(*judged.verdicts, *found.verdicts),
    )


def _flag(searched: Searched) -> Iterator[Message]:
    """Yield the sentence that the published cases hold and another one does not."""
    if searched.found is not None:
        yield Message(id="search.found", values={"count": searched.count})


def _searched(engine: Engine, judged: Judged, *, count: int) -> Searched:
    """Search only where everything published holds."""
    if not count or any(v.status is not Status.PASSED for v in judged.verdicts):
        return Searched(count=0)
    return search(engine, count=count)


def _rubric(corpus: Corpus, graded: GradedExercise) -> scoring.Rubric:
    return scoring.Rubric(
        points=graded.points_for(corpus.exercise),
        partial=graded.partial,
        points_step=graded.points_step,
    )


def _score_what_holds(
    corpus: Corpus, graded: GradedExercise
) -> tuple[CriterionScore, ...]:
    """Return the lines of whoever is right in every case."""
    cases = [entry.case for entry in corpus.entries]
    verdicts = [
        Verdict(criterion=criterion.name, case=case.name, status=Status.PASSED)
        for case in cases
        for criterion in corpus.exercise.criteria
    ]
    scores = scoring.score(verdicts, cases, _rubric(corpus, graded))
    return tuple(_worded(s, corpus, Explanation(summary=())) for s in scores)


_full_marks: Final = Remembered(_score_what_holds, most=16)


def _worded(
    score: CriterionScore,
    corpus: Corpus,
    explanation: Explanation,
    verdicts: Sequence[Verdict] = (),
) -> CriterionScore:
    """Name the kinds of case in words, and say what was lost in which of them."""
    labels = {regime.name: regime.message for regime in corpus.exercise.regimes}
    regimes: tuple[RegimeScore, ...] = tuple(
        replace(regime, label=labels.get(regime.regime)) for regime in score.regimes
    )
    failed = frozenset(name for regime in regimes for name in regime.failed)
    told = [
        v.message
        for v in verdicts
        if v.criterion == score.criterion
        and v.status is not Status.PASSED
        and v.message is not None
    ]
    line = lost_line(score, explanation.conditions.get(failed), told)
    return replace(
        score,
        regimes=regimes,
        lines=() if line is None else (line,),
        standing=standing_of(score, told),
    )


def _undecided(verdicts: Sequence[Verdict]) -> Message | None:
    undecided = (v.message for v in verdicts if v.status is Status.UNDECIDED)
    return next((message for message in undecided if message is not None), None)


def _raised(judged: Judged) -> Iterator[Raised]:
    for run in judged.runs:
        for observation in (*run.forward, *run.backward):
            if isinstance(observation, Raised):
                yield observation


def _notes(judged: Judged) -> Iterator[Message]:
    """Yield what explains points that may surprise."""
    if any(isinstance(run.forward[0], Raised) for run in judged.runs):
        yield Message(id="session.documented_cache")


def _module(file: str) -> str:
    """Return the name to import the submission by; blank for a notebook."""
    path = PurePosixPath(file)
    return path.stem if path.suffix == ".py" and path.stem.isidentifier() else ""
