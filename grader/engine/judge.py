"""Judge what a worker did with one case, criterion by criterion.

Each check returns the message that says what is wrong, or None where nothing is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from grader.calls import Inspected, Returned
from grader.engine import endings
from grader.engine.compare import agrees, wrong_cells
from grader.engine.held import ALL_RIGHT
from grader.engine.protocol import FIRST
from grader.engine.results import (
    describe,
    describe_results,
    gradient_named,
    gradients_of,
    is_untouched,
    out_of,
    same_numbers,
    shape_fault,
    value_of,
)
from grader.records import Message, Status, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from grader.calls import Array, Observation, Value
    from grader.corpus import DataSet
    from grader.engine.protocol import CaseRun
    from grader.exercise import Exercise
    from grader.records import MessageValue

FORWARD_SHAPE: Final = "forward.shape"
FORWARD_VALUE: Final = "forward.value"
BACKWARD_SHAPE: Final = "backward.shape"
HYGIENE: Final = "hygiene.inputs_unchanged"

#: The role of the case in which honest answers depend on every input.
GENERAL: Final = "general"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """The words that a judgement of one exercise needs."""

    exercise: Exercise
    forward: str  # the submission's names of its functions
    backward: str

    def judge(self, run: CaseRun) -> tuple[Verdict, ...]:
        """Return one verdict for each criterion of the exercise."""
        known = ALL_RIGHT.verdicts(run)
        if known is None:
            known = self._judge(run)
            ALL_RIGHT.note(run, known)
        return known

    def _judge(self, run: CaseRun) -> tuple[Verdict, ...]:
        faults = self.faults(run)
        return tuple(
            Verdict(
                criterion=criterion.name,
                case=run.entry.case.name,
                status=Status.FAILED if faults[criterion.name] else Status.PASSED,
                message=faults[criterion.name],
            )
            for criterion in self.exercise.criteria
        )

    def faults(self, run: CaseRun) -> Mapping[str, Message | None]:
        """Return what is wrong by criterion; None where all is right."""
        faults = {
            FORWARD_SHAPE: self._forward_shape(run),
            FORWARD_VALUE: self._forward_value(run),
            BACKWARD_SHAPE: self._backward_shape(run),
        }
        for criterion in self.exercise.criteria:
            if criterion.gradient is not None:
                faults[criterion.name] = self._gradient(run, criterion.gradient)
        faults[HYGIENE] = self._hygiene(run, faults)
        return faults

    def describe(self, run: CaseRun) -> str:
        """Return the case as a student would write it down."""
        return describe(self.exercise, run.entry.case.axes)

    def _forward_shape(self, run: CaseRun) -> Message | None:
        for observation in run.forward:
            if not isinstance(observation, Returned):
                return self._ending(run, observation, self.forward)
            if observation.count != 2:  # noqa: PLR2004 (out and cache)
                values: dict[str, MessageValue] = {
                    "function": self.forward,
                    "got": describe_results(observation),
                }
                return Message(id="results.not_two", values=values)
            expected = run.entry.first.expected.out.shape
            fault = shape_fault("out", out_of(observation), expected)
            if fault:
                return fault
        if run.entry.case.role == GENERAL and _same_answer(run.forward):
            return Message(id="out.constant", values={"function": self.forward})
        return None

    def _forward_value(self, run: CaseRun) -> Message | None:
        for observation, data in _paired(run, run.forward):
            if not isinstance(observation, Returned):
                return self._ending(run, observation, self.forward)
            fault = self._tensor("out", out_of(observation), data, run)
            if fault:
                return fault
        if run.again is None:
            return None
        if not isinstance(run.again, Returned):
            return self._ending(run, run.again, self.forward)
        if not same_numbers(out_of(run.forward[FIRST]), out_of(run.again)):
            return Message(id="out.reused", values={"function": self.forward})
        return None

    def _backward_shape(self, run: CaseRun) -> Message | None:
        for observation, data in _paired(run, run.backward):
            if not isinstance(observation, Returned):
                return self._ending(run, observation, self.backward)
            fault = self.gradient_shapes(observation, data)
            if fault:
                return fault
        if run.entry.case.role == GENERAL and _same_answer(run.backward):
            values = {"function": self.backward}
            return Message(id="gradients.constant", values=values)
        return None

    def gradient_shapes(self, observation: Returned, data: DataSet) -> Message | None:
        """Are there exactly as many gradients as promised, each of its shape?"""
        names = self.exercise.gradients
        gradients = gradients_of(observation, self.exercise)
        if len(gradients) != len(names) or _count(observation) != len(names):
            values: dict[str, MessageValue] = {
                "function": self.backward,
                "got": describe_results(observation),
                "count": len(names),
                "names": ", ".join(names),
            }
            return Message(id="results.not_gradients", values=values)
        for name, value in zip(names, gradients, strict=True):
            fault = shape_fault(name, value, data.tensor(name).shape)
            if fault:
                return fault
        return None

    def _gradient(self, run: CaseRun, name: str) -> Message | None:
        for observation, data in _paired(run, run.backward):
            if not isinstance(observation, Returned):
                return self._ending(run, observation, self.backward)
            value = gradient_named(name, observation, self.exercise)
            fault = self._tensor(name, value, data, run)
            if fault:
                return fault
        return None

    def _tensor(
        self, name: str, value: Value | None, data: DataSet, run: CaseRun
    ) -> Message | None:
        expected = data.tensor(name)
        fault = shape_fault(name, value, expected.shape)
        if fault or value is None:
            return fault
        if value.array is None:
            values = {"tensor": name, "dtype": value.dtype or value.type_name}
            return Message(id="tensor.dtype", values=values)
        if agrees(name, value.array, data):
            return None
        return self._wrong_numbers(name, value.array, data, run)

    def _wrong_numbers(
        self, name: str, actual: Array, data: DataSet, run: CaseRun
    ) -> Message:
        wrong = wrong_cells(actual, data.tensor(name), data.elementwise[name])
        values: dict[str, MessageValue] = {
            "tensor": name,
            "wrong": int(np.count_nonzero(wrong)),
            "size": int(wrong.size),
            "case": self.describe(run),
        }
        if not np.isfinite(actual).all():
            return Message(id="tensor.not_finite", values=values)
        if data is run.entry.second and _first_is_right(self, run, name):
            return Message(id="tensor.remembered", values=values)
        return Message(id="tensor.value", values=values)

    def _hygiene(
        self, run: CaseRun, faults: Mapping[str, Message | None]
    ) -> Message | None:
        inputs = run.inputs
        if inputs is None:
            return None
        if not isinstance(inputs, Inspected):
            return self._ending(run, inputs, self.backward)
        if (forward := faults[FORWARD_SHAPE]) and (backward := faults[BACKWARD_SHAPE]):
            # Leaving the inputs alone is no merit where nothing was computed.
            ended = all(m.id.startswith("call.") for m in (forward, backward))
            name = "nothing_computed" if ended else "no_right_shape"
            return Message(id=f"inputs.{name}")
        changed = _changed_array(run, inputs, self.exercise)
        if changed:
            return Message(id="inputs.changed", values={"tensor": changed})
        options = {k: str(v) for k, v in (run.entry.options or {}).items()}
        own = inputs.options[: len(run.forward)]  # not those of the case between
        if any(dict(seen) != options for seen in own):
            name = self.exercise.options_name or ""
            return Message(id="inputs.options_changed", values={"tensor": name})
        return None

    def _ending(self, run: CaseRun, observation: Observation, function: str) -> Message:
        return endings.explain(observation, function=function, case=self.describe(run))


def _count(observation: Returned) -> int:
    return 1 if observation.count is None else observation.count


def _paired(
    run: CaseRun, observations: tuple[Observation, ...]
) -> Iterator[tuple[Observation, DataSet]]:
    return zip(observations, (run.entry.first, run.entry.second), strict=False)


def _same_answer(observations: tuple[Observation, ...]) -> bool:
    match observations:
        case (Returned() as one, Returned() as other):
            pairs = zip(one.values, other.values, strict=False)
            return all(same_numbers(a, b) for a, b in pairs)
        case _:
            return False


def _first_is_right(judge: Judge, run: CaseRun, name: str) -> bool:
    pair = run.forward if name == "out" else run.backward
    value = value_of(name, pair[FIRST], judge.exercise)
    if value is None or value.array is None:
        return False
    return agrees(name, value.array, run.entry.first)


def _changed_array(run: CaseRun, inputs: Inspected, exercise: Exercise) -> str:
    first, second = run.entry.first, run.entry.second
    sent = [*first.arrays.values(), *second.arrays.values(), first.dout, second.dout]
    names = [*exercise.arrays, *exercise.arrays, "dout", "dout"]
    # The arrays of the case that came between are the last ones, and not judged.
    for name, before, after in zip(names, sent, inputs.arrays, strict=False):
        if not is_untouched(before, after):
            return name
    return ""
