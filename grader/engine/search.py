"""Look for a wrong case beyond the published ones, once those all hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.corpus import case_seed, pose
from grader.drawing import draw_cases
from grader.records import Status

if TYPE_CHECKING:
    from grader.engine.grade import Engine, Judged
    from grader.records import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """How many more cases were asked, and the first wrong one with its verdicts."""

    count: int
    found: Judged | None = None
    case: Case | None = None


def search(engine: Engine, *, count: int) -> Searched:
    """Ask up to `count` more cases, the simplest first, until one is wrong.

    The cases come from the corpus's seed, so that a search is replayed with it. Where
    the sandbox breaks the search ends: it owes nobody a verdict.
    """
    corpus = engine.corpus
    drawn = draw_cases(corpus.exercise, corpus.domain, count=count, seed=corpus.seed)
    for number, case in enumerate(drawn, start=1):
        seed = case_seed(case, seed=corpus.seed) ^ case.fill_seed
        entry = pose(corpus.exercise, case, seed=seed, data=corpus.data)
        judged = engine.grade([entry])
        statuses = {verdict.status for verdict in judged.verdicts}
        if Status.UNDECIDED in statuses:
            return Searched(count=number - 1)
        if Status.FAILED in statuses:
            return Searched(count=number, found=judged, case=case)
    return Searched(count=len(drawn))
