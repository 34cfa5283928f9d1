"""Group what failed by reason, so that each reason is told once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grader.engine.judge import BACKWARD_SHAPE, FORWARD_SHAPE, FORWARD_VALUE, HYGIENE
from grader.records import Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grader.engine.grade import Judged
    from grader.records import Message, Verdict

OUT: Final = "out"
GRADIENTS: Final = "gradients"
INPUTS: Final = "inputs"

#: What follows from another failure and needs no words of its own.
CONSEQUENCES: Final = frozenset({"call.not_run", "inputs.nothing_computed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One reason to lose points: the same cases fail for all of its tensors."""

    criterion: str  # the one that is explained
    tensors: tuple[str, ...]
    failed: frozenset[str]  # names of cases
    message: Message  # of the first failing case

    @property
    def kind(self) -> str:
        """The id of what the judge said, the same for every case of this reason."""
        return self.message.id


def find_problems(judged: Judged) -> tuple[Problem, ...]:
    """Return the problems of one program, forward's first."""
    by_criterion = {
        c.name: [v for v in judged.verdicts if v.criterion == c.name and _tells(v)]
        for c in judged.corpus.exercise.criteria
    }
    gradients = {
        c.name: c.gradient for c in judged.corpus.exercise.criteria if c.gradient
    }
    found = [
        _problem(OUT, by_criterion, main=FORWARD_VALUE, rest=FORWARD_SHAPE),
        *(_problem(t, by_criterion, main=name) for name, t in gradients.items()),
        _problem(GRADIENTS, by_criterion, main=BACKWARD_SHAPE),
        _problem(INPUTS, by_criterion, main=HYGIENE),
    ]
    return _merged([p for p in found if p is not None])


def _tells(verdict: Verdict) -> bool:
    return (
        verdict.status is Status.FAILED
        and verdict.message is not None
        and verdict.message.id not in CONSEQUENCES
    )


def _problem(
    tensor: str,
    verdicts: Mapping[str, Sequence[Verdict]],
    *,
    main: str,
    rest: str | None = None,
) -> Problem | None:
    failing = [*verdicts[main], *(verdicts[rest] if rest else ())]
    message = failing[0].message if failing else None
    if message is None:
        return None
    return Problem(
        criterion=failing[0].criterion,
        tensors=(tensor,),
        failed=frozenset(v.case for v in failing),
        message=message,
    )


def _merged(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Join gradients that fail in the same cases; drop what they already tell."""
    merged: dict[tuple[object, ...], Problem] = {}
    told: frozenset[str] = frozenset()
    for problem in problems:
        if problem.tensors == (GRADIENTS,) and problem.failed <= told:
            continue
        if problem.criterion.startswith("backward."):
            told |= problem.failed
        key = (problem.failed, _family(problem))
        known = merged.get(key)
        tensors = (*known.tensors, *problem.tensors) if known else problem.tensors
        merged[key] = Problem(
            criterion=known.criterion if known else problem.criterion,
            tensors=tensors,
            failed=problem.failed,
            message=known.message if known else problem.message,
        )
    return tuple(merged.values())


def _family(problem: Problem) -> str:
    """Wrong numbers are one reason with wrong numbers only, a crash with a crash."""
    if problem.tensors in {(OUT,), (INPUTS,)}:
        return problem.tensors[0]
    return "ending" if problem.kind.startswith("call.") else "numbers"
