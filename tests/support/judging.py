"""Judge the text of a submission in this process, for tests."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

from in_process import InProcessSandbox
from programs import program

from grader import corpus, scoring
from grader.engine.grade import Engine, Judged, build_engine
from grader.exercise import Domain
from grader.exercises import load_exercise
from grader.records import Limits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.corpus import Corpus
    from grader.records import Program

Remainder = Literal["never", "floor"]


@cache
def corpus_of(
    layer: str = "conv2d",
    *,
    seed: int = 1,
    remainder: Remainder = "never",
    data: corpus.Data = "lattice",
) -> Corpus:
    exercise = load_exercise(layer)
    domain = Domain(remainder=remainder)
    return corpus.build(exercise, domain, seed=seed, data=data)


def engine_of(
    submission: str | Program, *, on: Corpus, follow_through: bool = True
) -> Engine:
    given = program(submission) if isinstance(submission, str) else submission
    worker = InProcessSandbox().open(given, Limits())
    return build_engine(
        on, worker, convention=given.convention, follow_through=follow_through
    )


def judge(
    submission: str | Program,
    *,
    on: Corpus | None = None,
    follow_through: bool = True,
) -> Judged:
    posed = on or corpus_of()
    return engine_of(submission, on=posed, follow_through=follow_through).grade()


def points(judged: Judged) -> Mapping[str, float | None]:
    posed = judged.corpus
    rubric = scoring.Rubric(points={c.name: c.points for c in posed.exercise.criteria})
    cases = [entry.case for entry in posed.entries]
    scores = scoring.score(judged.verdicts, cases, rubric)
    return {s.criterion: s.points for s in scores}


def total(judged: Judged) -> float:
    return sum(value or 0.0 for value in points(judged).values())


def lost(judged: Judged) -> set[str]:
    """Return the criteria that did not get all their points."""
    full = {c.name: c.points for c in judged.corpus.exercise.criteria}
    return {name for name, value in points(judged).items() if value != full[name]}


def messages(judged: Judged, criterion: str) -> set[str]:
    """Return the ids of the messages that this criterion's verdicts carry."""
    return {
        v.message.id for v in judged.verdicts if v.criterion == criterion and v.message
    }
