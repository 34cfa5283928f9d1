"""Turn the smallest failing case into the record that a student is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from grader.calls import Inspected
from grader.engine.compare import wrong_cells
from grader.engine.results import is_untouched, value_of
from grader.explain.memory import When
from grader.explain.problems import FORWARD, GRADIENTS, INPUTS, OUT
from grader.explain.snippet import NUMBERS, Shown, snippet
from grader.records import Message
from grader.report import Counterexample, Grid, Origin

if TYPE_CHECKING:
    from grader.calls import Array, Value
    from grader.corpus import DataSet, Entry
    from grader.engine.protocol import CaseRun
    from grader.exercise import Axes, Exercise
    from grader.explain.memory import Memory
    from grader.explain.minimise import Smallest
    from grader.explain.problems import Problem
    from grader.records import Convention, MessageValue, Shape

#: A tensor of more numbers than this is shown by its shape alone.
SHOWN: Final = NUMBERS
#: Of a number: six digits of both would read the same.
NEARLY: Final = 1e-4
#: Of a number that is made of more than this nobody follows how it comes about.
MOST_PARTS: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """The tensor that is looked at: as it should be, as it came, and for what input."""

    tensor: str
    data: DataSet
    expected: Array
    got: Array | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Presentation:
    """What a counterexample needs to know of the submission.

    Without a convention (an adapter calls the functions) there is no snippet.
    """

    exercise: Exercise
    convention: Convention | None
    module: str

    def show(
        self, problem: Problem, smallest: Smallest, memory: Memory | None = None
    ) -> Counterexample | None:
        """Return the record, or None where there is nothing that fits on a page."""
        message, run = smallest.seen.message, smallest.seen.run
        if message is None:
            return None
        looked = self._looked(problem, run, message)
        inputs = dict(looked.data.arrays)
        if problem.half != FORWARD:
            inputs["dout"] = looked.data.dout
        sizes = [array.size for array in (*inputs.values(), looked.expected)]
        if max(sizes) > SHOWN:
            return None
        axes, got = run.entry.case.axes, _compared(looked)
        return Counterexample(
            criterion=problem.criterion,
            axes=dict(axes),
            seed=run.entry.seed,
            inputs=tuple(grid(name, array) for name, array in inputs.items()),
            expected=grid(looked.tensor, looked.expected),
            got=got,
            problem=message,
            snippet=self._snippet(problem, run, message, looked, memory),
            calls=smallest.calls,
            options=dict(run.entry.options or {}),
            origin=self._origin(axes, looked.tensor, got),
            margins=dict(self.exercise.margins(axes)),
        )

    def _origin(self, axes: Axes, tensor: str, got: Grid | None) -> Origin | None:
        """Return what the first wrong number should have been made of."""
        answers = (OUT, *self.exercise.gradients)
        if self.exercise.origin is None or tensor not in answers or got is None:
            return None
        if not any(got.marks) or got.shape != self._shape(axes, tensor):
            return None
        place = np.unravel_index(got.marks.index(True), got.shape)
        cell = tuple(int(index) for index in place)
        found = self.exercise.origin(axes, tensor, cell)
        if found is None or len(found.parts) > MOST_PARTS:
            return None
        return found

    def _shape(self, axes: Axes, tensor: str) -> Shape:
        if tensor == OUT:
            return self.exercise.output_shape(axes)
        return self.exercise.shapes(axes)[self.exercise.gradient_of[tensor]]

    def number(self, problem: Problem, smallest: Smallest) -> Message | None:
        """Return the sentence of one wrong number, where numbers are what is wrong."""
        message = smallest.seen.message
        if message is None or message.id != "tensor.value":
            return None
        looked = self._looked(problem, smallest.seen.run, message)
        wrong = _wrong(looked)
        if looked.got is None or wrong is None or not wrong.any():
            return None
        place = tuple(int(i) for i in np.argwhere(wrong)[0])
        values: dict[str, MessageValue] = {
            "tensor": looked.tensor,
            "place": ", ".join(map(str, place)),
            "got": float(looked.got[place]),
            "expected": float(looked.expected[place]),
            "wrong": int(wrong.sum()),
            "size": wrong.size,
        }
        name = "number.one" if wrong.size == 1 else "number.of_several"
        error = abs(float(looked.got[place] - looked.expected[place]))
        if error < NEARLY * abs(looked.expected[place]):
            name = "number.nearly"
            values["error"] = error
        return Message(id=name, values=values)

    def _looked(self, problem: Problem, run: CaseRun, message: Message) -> Looked:
        changed = _changed(run, message)
        if changed is not None:
            return changed
        tensor = self._tensor(problem, message)
        later = message.id == "tensor.remembered"
        data = run.entry.second if later else run.entry.first
        observations = run.forward if tensor == OUT else run.backward
        seen = observations[-1] if later else next(iter(observations), None)
        value: Value | None = None
        if seen is not None and problem.tensors != (INPUTS,):
            value = value_of(tensor, seen, self.exercise)
        return Looked(
            tensor=tensor,
            data=data,
            expected=data.tensor(tensor),
            got=None if value is None else value.array,
        )

    def _tensor(self, problem: Problem, message: Message) -> str:
        """Return the tensor to show, also where the problem is with none at all."""
        named = str(message.values.get("tensor", problem.tensors[0]))
        if named in (OUT, *self.exercise.gradients):
            return named
        if problem.tensors[0] in (GRADIENTS, INPUTS):
            return self.exercise.gradients[0]
        return problem.tensors[0]

    def _snippet(
        self,
        problem: Problem,
        run: CaseRun,
        message: Message,
        looked: Looked,
        memory: Memory | None,
    ) -> str:
        unknown = memory is not None and memory.when in {When.AGAIN, When.LATER}
        if self.convention is None or unknown:
            return ""
        shown = Shown(
            exercise=self.exercise,
            convention=self.convention,
            module=self.module,
            run=run,
            message=message,
            tensor=looked.tensor,
            in_backward=problem.half != FORWARD,
            before=memory.before if memory else None,
            between=memory is not None and memory.when is When.BETWEEN,
            other=_other(run, message, memory),
        )
        return snippet(shown)


def grid(name: str, array: Array, wrong: Array | None = None) -> Grid:
    """Return the array as a record that survives JSON."""
    return Grid(
        name=name,
        shape=tuple(array.shape),
        numbers=tuple(float(v) for v in array.ravel()),
        marks=() if wrong is None else tuple(bool(v) for v in wrong.ravel()),
    )


def _other(run: CaseRun, message: Message, memory: Memory | None) -> Entry | None:
    """Return the other case whose call has a part in what is wrong, if one has."""
    interrupted = memory is not None and memory.when is When.INTERRUPTED
    if interrupted or message.id in {"tensor.remembered", "out.reused"}:
        return run.between
    return None


def _changed(run: CaseRun, message: Message) -> Looked | None:
    """Return the array that was changed in place, before and after."""
    if message.id != "inputs.changed" or not isinstance(run.inputs, Inspected):
        return None
    first, second = run.entry.first, run.entry.second
    sent = [
        *((name, first, array) for name, array in first.arrays.items()),
        *((name, second, array) for name, array in second.arrays.items()),
        ("dout", first, first.dout),
        ("dout", second, second.dout),
    ]
    for (name, data, before), after in zip(sent, run.inputs.arrays, strict=False):
        if not is_untouched(before, after):
            return Looked(tensor=name, data=data, expected=before, got=after.array)
    return None


def _compared(looked: Looked) -> Grid | None:
    """Return what came, wrong cells marked; None where no numbers came."""
    got, expected = looked.got, looked.expected
    if got is None or got.size > SHOWN:
        return None
    if got.shape != expected.shape:
        return grid(looked.tensor, got, np.ones(got.shape, dtype=bool))
    return grid(looked.tensor, got, _wrong(looked))


def _wrong(looked: Looked) -> Array | None:
    """Return which numbers are wrong; None where none came, or of another shape."""
    got, expected = looked.got, looked.expected
    if got is None or got.shape != expected.shape:
        return None
    tolerance = looked.data.elementwise.get(looked.tensor, np.asarray(0.0))
    return wrong_cells(got, expected, tolerance)
