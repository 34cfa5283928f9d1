"""Ask whether a wrong program loses points, and whether always the same ones."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from handwritten import BASES, base_source
from judging import corpus_of, engine_of
from mutating import Mutant, mutants

from grader.engine.between import choose_between
from grader.records import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.corpus import Corpus
    from grader.engine.grade import Judged
    from grader.engine.protocol import CaseRun

FOLDER: Final = Path(__file__).parents[1] / "adequacy"
NAMES: Final = tuple(sorted(path.stem for path in BASES.glob("*.py")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Harmless:
    """A mutant that loses no points, and why it should not.

    `differs` says where: "never" (it is the same function), or "remainders" (only
    where rows or columns are left over, which an assignment may leave open).
    """

    base: str
    function: str
    was: str
    becomes: str
    differs: str
    reason: str

    @property
    def name(self) -> str:
        """Return the change in one line, as the mutant writes it."""
        return f"{self.base}.{self.function}: {self.was}  ->  {self.becomes}"


@cache
def mutants_of(base: str) -> tuple[Mutant, ...]:
    return mutants(base, base_source(base))


@cache
def harmless() -> tuple[Harmless, ...]:
    entries = tomllib.loads((FOLDER / "harmless.toml").read_text("utf-8"))["mutant"]
    return tuple(Harmless(**entry) for entry in entries)


def harmless_names(*, remainder: str) -> frozenset[str]:
    """Return the mutants that must get full points under this policy."""
    kinds = {"never"} if remainder == "floor" else {"never", "remainders"}
    return frozenset(entry.name for entry in harmless() if entry.differs in kinds)


def survives(source: str, on: Corpus) -> bool:
    """Return whether a program gets every point; the first lost one ends it."""
    engine = engine_of(source, on=on)
    runs: list[CaseRun] = []
    for entry in on.entries:
        runs.append(engine.run(entry, choose_between(entry, runs)))
        verdicts = engine.judge_run(runs[-1])
        if any(verdict.status is not Status.PASSED for verdict in verdicts):
            return False
    return True


def survivors(chosen: Sequence[Mutant], *, on: Corpus) -> set[str]:
    return {mutant.name for mutant in chosen if survives(mutant.source, on)}


Outcome: TypeAlias = frozenset[tuple[str, str]]


def lost_by(judged: Judged) -> Outcome:
    """Return the cases and criteria that lost: what a score is made of."""
    return frozenset(
        (v.case, v.criterion) for v in judged.verdicts if v.status is not Status.PASSED
    )


def outcomes(source: str, *, seeds: range) -> set[Outcome]:
    """Return what a program loses; one thing, if its score is no lottery."""
    posed = (corpus_of(seed=seed, remainder="floor") for seed in seeds)
    return {lost_by(engine_of(source, on=on).grade()) for on in posed}


def survives_never(outcome: Outcome) -> bool:
    """Return whether all is right but for remainders; these are cases of their own."""
    return all(case.startswith("remainder/") for case, _ in outcome)
