"""Name the misconception that a program equals, tensor by tensor, on every case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.calls import Raised
from grader.corpus import LATTICE_TOLERANCE
from grader.engine.compare import wrong_cells
from grader.engine.protocol import FIRST
from grader.engine.results import value_of
from grader.explain.problems import OUT
from grader.misconceptions import RAISES, misconceptions_of
from grader.records import Message
from grader.report import Diagnosis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.engine.protocol import CaseRun
    from grader.exercise import Exercise
    from grader.misconceptions import Misconception, Outcome


def diagnose(
    exercise: Exercise, tensor: str, *, runs: Sequence[CaseRun], failed: frozenset[str]
) -> Diagnosis | None:
    """Return the misconception that this tensor is, on all of the runs, or None.

    `failed` are the names of the cases that tell a wrong tensor from a right one;
    these are compared first, since most candidates end there.
    """
    ordered = sorted(runs, key=lambda run: run.entry.case.name not in failed)
    equal = [
        candidate
        for candidate in misconceptions_of(exercise.name)
        if tensor in candidate.tensors
        and any(
            all(_equals(candidate, tensor, run, exercise, strict=s) for run in ordered)
            for s in (False, True)
        )
    ]
    if not equal:
        return None
    named, *twins = equal
    values = {"tensor": tensor}
    return Diagnosis(
        tensor=tensor,
        misconception=named.name,
        twins=tuple(twin.name for twin in twins),
        behaves_like=Message(id=named.behaves_like, values=values),
        hint=Message(id=named.hint, values=values),
    )


def _equals(
    candidate: Misconception,
    tensor: str,
    run: CaseRun,
    exercise: Exercise,
    *,
    strict: bool,
) -> bool:
    observation = (run.forward if tensor == OUT else run.backward)[FIRST]
    if isinstance(observation, Raised):
        # One gradient that raises takes the others with it.
        together = {OUT} if tensor == OUT else candidate.tensors - {OUT}
        return any(
            _predicted(candidate, each, run, strict=strict) is RAISES
            for each in together
        )
    predicted = _predicted(candidate, tensor, run, strict=strict)
    value = value_of(tensor, observation, exercise)
    if predicted is RAISES or value is None or value.array is None:
        return False
    if value.array.shape != predicted.shape:
        return False
    return not wrong_cells(value.array, predicted, LATTICE_TOLERANCE).any()


def _predicted(
    candidate: Misconception, tensor: str, run: CaseRun, *, strict: bool
) -> Outcome:
    data = run.entry.first
    return candidate.answer(
        tensor,
        arrays=data.arrays,
        options=run.entry.options or {},
        dout=data.dout,
        strict=strict,
    )
