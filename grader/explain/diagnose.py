"""Name the misconception that a program equals, tensor by tensor, on every case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grader.calls import Raised
from grader.corpus import LATTICE_TOLERANCE
from grader.engine.compare import agrees, wrong_cells
from grader.engine.protocol import FIRST
from grader.engine.results import value_of
from grader.explain.problems import OUT
from grader.misconceptions import RAISES, misconceptions_of
from grader.remembering import Remembered
from grader.report import Diagnosis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.corpus import Entry
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
        for candidate in misconceptions_of(exercise)
        if tensor in candidate.tensors
        and any(
            _Suspect(candidate, tensor, exercise, strict).is_it(ordered)
            for strict in (False, True)
        )
    ]
    if not equal:
        return None
    named, *twins = equal
    behaves_like, hint = named.said_of(tensor)
    return Diagnosis(
        tensor=tensor,
        misconception=named.name,
        twins=tuple(twin.name for twin in twins),
        behaves_like=behaves_like,
        hint=hint,
    )


@dataclass(frozen=True, slots=True)
class _Suspect:
    """A misconception that one tensor may be; `strict` as for its answer."""

    candidate: Misconception
    tensor: str
    exercise: Exercise
    strict: bool

    def is_it(self, runs: Sequence[CaseRun]) -> bool:
        """Is the tensor what the misconception makes of every case, and ever wrong?

        An exception alone is no evidence, since there are a hundred ways to one: some
        numbers must be wrong in the same way. A check of the program's own is, if that
        is what the misconception is about.
        """
        shows = self._raises if self.candidate.refuses else self._is_wrong
        return all(map(self._equals, runs)) and any(map(shows, runs))

    def _equals(self, run: CaseRun) -> bool:
        observations = run.forward if self.tensor == OUT else run.backward
        if not observations:
            return False
        if isinstance(observations[FIRST], Raised):
            own_check = _is_own_check(observations[FIRST])
            return own_check == self.candidate.refuses and self._raises(run)
        predicted = self._predicted(self.tensor, run)
        value = value_of(self.tensor, observations[FIRST], self.exercise)
        if predicted is RAISES or value is None or value.array is None:
            return False
        if value.array.shape != predicted.shape:
            return False
        return not wrong_cells(value.array, predicted, LATTICE_TOLERANCE).any()

    def _raises(self, run: CaseRun) -> bool:
        """One gradient that raises takes the others with it."""
        gradients = self.candidate.tensors - {OUT}
        together = {OUT} if self.tensor == OUT else gradients
        return any(self._predicted(each, run) is RAISES for each in together)

    def _is_wrong(self, run: CaseRun) -> bool:
        """Did numbers come, which are wrong? Another gradient may have raised."""
        observations = run.forward if self.tensor == OUT else run.backward
        predicted = self._predicted(self.tensor, run)
        if predicted is RAISES or isinstance(observations[FIRST], Raised):
            return False
        return not agrees(self.tensor, predicted, run.entry.first)

    def _predicted(self, tensor: str, run: CaseRun) -> Outcome:
        return _predicted(self.candidate, tensor, run.entry, self.strict)


def _predict(
    candidate: Misconception,
    tensor: str,
    entry: Entry,
    strict: bool,  # noqa: FBT001 (what is remembered is given by position)
) -> Outcome:
    return candidate.answer(
        tensor,
        arrays=entry.first.arrays,
        options=entry.options or {},
        dout=entry.first.dout,
        strict=strict,
    )


#: The published cases are compared for every wrong program of a batch.
_predicted: Final = Remembered(_predict, most=1 << 13)


def _is_own_check(raised: Raised) -> bool:
    """Tell whether a statement of the student's own raised this."""
    code = raised.frames[-1].text.split() if raised.frames else []
    return code[:1] in (["assert"], ["raise"])
