"""Call a submission's functions in their sandbox as if they were here."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pytest

from grader.calls import Backward, Forward, Request, Returned
from grader.corpus import case_seed
from grader.engine import endings, results
from grader.errors import SandboxError, SubmissionError, UsageError
from grader.loaders import load
from grader.records import Message
from grader.session.start import Task, start

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from grader.calls import Array, Observation, Value
    from grader.corpus import Corpus
    from grader.isolation.sandbox import Worker
    from grader.pytest_plugin.grading import Grading
    from grader.records import Case, Convention, MessageValue
    from grader.reports.words import Words

#: Properties may call as often as they like; only a single call has a limit.
ALL_DAY: Final = 86_400.0
OUT_AND_CACHE: Final = 2


class SubmissionFailed(AssertionError):  # noqa: N818 (it reads as what happened)
    """The submission gave no answer, or none of the promised kind."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Cache:
    """Stands for what forward keeps for backward, which never leaves the sandbox."""

    layer: str
    arrays: tuple[Array, ...]
    options: Mapping[str, int] | None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Layer:
    """The two functions of one layer."""

    name: str
    corpus: Corpus
    convention: Convention
    worker: Worker
    words: Words

    def forward(self, *arguments: Any) -> tuple[Array, Cache]:  # noqa: ANN401 (arrays and a dict)
        """Call forward with its arrays and its options, in the documented order.

        Returns:
            out, and a cache that only `backward` understands.

        Raises:
            SubmissionFailed: it raised, hung, died or returned something else.
        """
        cache = self._given(arguments)
        (seen,) = self._asked(cache, dout=None)
        out = self._answer(seen, self.convention.forward, cache)
        if out.count != OUT_AND_CACHE:
            got = results.describe_results(out)
            raise self._failed(
                Message(
                    id="results.not_two",
                    values={"function": self.convention.forward, "got": got},
                )
            )
        return self._array("out", results.out_of(out)), cache

    def backward(self, dout: Array, cache: Cache) -> Any:  # noqa: ANN401 (one array, or several)
        """Call forward once more, then backward with what it kept.

        Returns:
            the gradients in their order; of a layer that has but one, this one.

        Raises:
            SubmissionFailed: as `forward` does.
        """
        if getattr(cache, "layer", None) != self.name:
            raise TypeError(f"{cache!r} is not what {self.name}'s forward returned")
        _, seen = self._asked(cache, dout=np.asarray(dout, np.float64))
        answer = self._answer(seen, self.convention.backward, cache)
        exercise = self.corpus.exercise
        found = results.gradients_of(answer, exercise)
        if len(found) != len(exercise.gradients):
            raise self._failed(
                Message(
                    id="results.not_gradients",
                    values={
                        "function": self.convention.backward,
                        "got": results.describe_results(answer),
                        "count": len(exercise.gradients),
                        "names": ", ".join(exercise.gradients),
                    },
                )
            )
        pairs = zip(exercise.gradients, found, strict=True)
        arrays = tuple(self._array(name, value) for name, value in pairs)
        return arrays if len(arrays) > 1 else arrays[0]

    def arguments(self, case: Case) -> tuple[Any, ...]:
        """Return fresh arguments of forward for a case: arrays, then options."""
        exercise, filled = self.corpus.exercise, self._filled(case)
        arrays = tuple(filled[name].copy() for name in exercise.arrays)
        if exercise.options_name is None:
            return arrays
        return (*arrays, dict(exercise.options(case.axes)))

    def dout(self, case: Case) -> Array:
        """Return an upstream gradient for a case."""
        return self._filled(case)["dout"].copy()

    def _filled(self, case: Case) -> Mapping[str, Array]:
        seed = case.fill_seed or case_seed(case, seed=self.corpus.seed)
        return self.corpus.exercise.fill(case.axes, seed)[0]

    def _given(self, arguments: tuple[Any, ...]) -> Cache:
        exercise = self.corpus.exercise
        wanted = (*exercise.arrays, *([exercise.options_name] * _has_options(self)))
        if len(arguments) != len(wanted):
            raise TypeError(
                f"{self.convention.forward} got {len(arguments)} arguments, wanted "
                f"{', '.join(map(str, wanted))}"
            )
        count = len(exercise.arrays)
        arrays = tuple(np.asarray(each, np.float64) for each in arguments[:count])
        options = dict(arguments[count]) if _has_options(self) else None
        return Cache(layer=self.name, arrays=arrays, options=options)

    def _asked(self, cache: Cache, *, dout: Array | None) -> tuple[Observation, ...]:
        count = len(cache.arrays)
        forward = Forward(arrays=tuple(range(count)), options=cache.options, slot=0)
        request = (
            Request(arrays=cache.arrays, steps=(forward,))
            if dout is None
            else Request(
                arrays=(*cache.arrays, dout),
                steps=(forward, Backward(dout=count, slot=0)),
            )
        )
        try:
            return self.worker.run(request)
        except SandboxError as error:  # our fault is nobody's failure
            pytest.skip(f"not judged: {error}")

    def _answer(self, seen: Observation, function: str, cache: Cache) -> Returned:
        if isinstance(seen, Returned):
            return seen
        pairs = zip(self.corpus.exercise.arrays, cache.arrays, strict=True)
        shapes = [f"{name} {array.shape}" for name, array in pairs]
        options = [f"{key} {value}" for key, value in (cache.options or {}).items()]
        case = ", ".join([*shapes, *options])
        raise self._failed(endings.explain(seen, function=function, case=case))

    def _array(self, name: str, value: Value | None) -> Array:
        if value is None:
            raise self._failed(Message(id="tensor.absent", values={"tensor": name}))
        if value.array is not None:
            return value.array
        told: dict[str, MessageValue] = {"tensor": name}
        if value.dtype is not None:
            told["dtype"] = value.dtype
            raise self._failed(Message(id="tensor.dtype", values=told))
        told["got"] = results.describe_value(value)
        raise self._failed(Message(id="tensor.no_numbers", values=told))

    def _failed(self, message: Message) -> SubmissionFailed:
        return SubmissionFailed(self.words.say(message))


def _has_options(layer: Layer) -> bool:
    return layer.corpus.exercise.options_name is not None


class Functions:
    """A submission's functions by their names; `[...]` gives a layer by its own."""

    def __init__(self, layers: Mapping[str, Layer]) -> None:
        self.layers = layers

    def __repr__(self) -> str:  # Hypothesis prints it with every failing example
        return f"<functions of {', '.join(self.layers)}>"

    def __getitem__(self, layer: str) -> Layer:
        return self.layers[layer]

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 (functions of many kinds)
        """Return a function by its own name, or what the first layer has."""
        for layer in self.layers.values():
            if name == layer.convention.forward:
                return layer.forward
            if name == layer.convention.backward:
                return layer.backward
        if name in {"forward", "backward", "arguments", "dout"}:
            return getattr(next(iter(self.layers.values())), name)
        raise AttributeError(f"the submission has no graded function {name!r}")


@contextmanager
def opened(grading: Grading) -> Iterator[Functions]:
    """Start the submission's functions, each layer in a process of its own.

    What cannot be read or started ends the tests that need it, with the reason.
    """
    with ExitStack() as stack:
        try:
            layers = _started(grading, stack)
        except SubmissionError as error:
            pytest.fail(grading.words.say(error.message), pytrace=False)
        except (SandboxError, UsageError) as error:
            pytest.skip(f"not judged: {error}")
        yield Functions(layers)


def _started(grading: Grading, stack: ExitStack) -> dict[str, Layer]:
    limits = replace(grading.assignment.limits, submission_seconds=ALL_DAY)
    assignment = replace(grading.assignment, limits=limits)
    submission = load(grading.path, assignment, siblings=True)
    layers: dict[str, Layer] = {}
    for corpus, graded in zip(grading.corpora, assignment.exercises, strict=True):
        task = Task(
            submission=submission,
            assignment=assignment,
            graded=graded,
            exercise=corpus.exercise,
            sandbox=grading.setting.sandbox,
        )
        name = graded.title
        layers[name] = Layer(
            name=name,
            corpus=corpus,
            convention=graded.convention_for(corpus.exercise),
            worker=stack.enter_context(start(task)).worker,
            words=grading.words,
        )
    return layers
