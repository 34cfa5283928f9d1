"""Turn the smallest failing case into the record that a student is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from grader.engine.compare import wrong_cells
from grader.engine.results import value_of
from grader.explain.problems import GRADIENTS, INPUTS, OUT
from grader.explain.snippet import NUMBERS, snippet
from grader.report import Counterexample, Grid

if TYPE_CHECKING:
    from grader.calls import Array, Value
    from grader.corpus import DataSet
    from grader.engine.protocol import CaseRun
    from grader.exercise import Exercise
    from grader.explain.minimise import Smallest
    from grader.explain.problems import Problem
    from grader.records import Convention, Message

#: A tensor of more numbers than this is shown by its shape alone.
SHOWN: Final = NUMBERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Presentation:
    """What a counterexample needs to know of the submission."""

    exercise: Exercise
    convention: Convention
    module: str

    def show(self, problem: Problem, smallest: Smallest) -> Counterexample | None:
        """Return the record, or None where there is nothing that fits on a page."""
        entry, seen = smallest.entry, smallest.seen
        if seen.message is None:
            return None
        tensor, data, value = self._wrong(problem, seen.run, seen.message)
        expected = data.tensor(tensor)
        inputs = dict(data.arrays)
        if tensor != OUT:
            inputs["dout"] = data.dout
        if max(array.size for array in (*inputs.values(), expected)) > SHOWN:
            return None
        return Counterexample(
            criterion=problem.criterion,
            axes=dict(entry.case.axes),
            seed=entry.seed,
            inputs=tuple(grid(name, array) for name, array in inputs.items()),
            expected=grid(tensor, expected),
            got=_compared(tensor, value, data),
            problem=seen.message,
            snippet=snippet(
                self.exercise,
                entry,
                tensor=tensor,
                ends=seen.message.id.startswith("call."),
                convention=self.convention,
                module=self.module,
            ),
            calls=smallest.calls,
        )

    def _wrong(
        self, problem: Problem, run: CaseRun, message: Message
    ) -> tuple[str, DataSet, Value | None]:
        """Return the wrong tensor, the data set it is wrong on, and what came."""
        tensor = str(message.values.get("tensor", problem.tensors[0]))
        later = message.id == "tensor.remembered"
        data = run.entry.second if later else run.entry.first
        if tensor not in (OUT, *self.exercise.gradients):
            tensor = self._stand_in(problem)
        observations = run.forward if tensor == OUT else run.backward
        seen = observations[-1] if later else next(iter(observations), None)
        if seen is None or problem.tensors == (INPUTS,):
            return tensor, data, None
        return tensor, data, value_of(tensor, seen, self.exercise)

    def _stand_in(self, problem: Problem) -> str:
        """Return the tensor to show where the problem is with none in particular."""
        if problem.tensors[0] in (GRADIENTS, INPUTS):
            return self.exercise.gradients[0]
        return OUT


def grid(name: str, array: Array, wrong: Array | None = None) -> Grid:
    """Return the array as a record that survives JSON."""
    return Grid(
        name=name,
        shape=tuple(array.shape),
        numbers=tuple(float(v) for v in array.ravel()),
        marks=() if wrong is None else tuple(bool(v) for v in wrong.ravel()),
    )


def _compared(tensor: str, value: Value | None, data: DataSet) -> Grid | None:
    """Return what came, wrong cells marked; None where no numbers came."""
    if value is None or value.array is None or value.array.size > SHOWN:
        return None
    expected = data.tensor(tensor)
    if value.array.shape != expected.shape:
        return grid(tensor, value.array, np.ones(value.array.shape, dtype=bool))
    wrong = wrong_cells(value.array, expected, data.elementwise[tensor])
    return grid(tensor, value.array, wrong)
