"""A worker that answers what it likes: any observation that the wire would let in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

import numpy as np
from in_process import InProcessSandbox

from grader import calls
from grader.calls import Absent, Died, Frame, Inspected, Raised, Returned, TimedOut
from grader.records import Tier

if TYPE_CHECKING:
    from random import Random
    from types import TracebackType

    from grader.calls import Array, Loading, Observation, Request, Step, Value
    from grader.isolation.sandbox import Worker
    from grader.records import Limits, Program

TEXTS: Final = (
    "",
    "name 'foo' is not defined",
    "No module named 'torch'",
    "module 'numpy' has no attribute 'float'",
    "slice indices must be integers",
    "\x1b[31mred\x07\x00\x9b",
    "<script>alert(1)</script>",
    "{x}{0}{ %s%n",
    "]]>&amp;\ufffe",
    "\u202e\u2066abc",
    "\r\n\n::error::x",
    "x" * 2000,
    "=cmd|' /C calc'!A0",
)
NAMES: Final = (*(text[:200] for text in TEXTS), "ndarray", "NoneType", "list")
SHAPES: Final = ((), (0,), (0, 2**40), (1,) * 8, (3, 0, 5, 5), (2, 3))


class LyingSandbox:
    """Implements `Sandbox`: right answers now and then, and lies between them."""

    tier = Tier.STRONG

    def __init__(self, chance: Random) -> None:
        self._chance = chance

    def open(self, program: Program, limits: Limits) -> LyingWorker:
        honest = InProcessSandbox().open(program, limits)
        return LyingWorker(self._chance, honest)

    def close(self) -> None:
        """Nothing to end."""


class LyingWorker:
    """Answers for one program."""

    def __init__(self, chance: Random, honest: Worker) -> None:
        self._chance = chance
        self._honest = honest
        self._truth = chance.random()  # how often

    def load(self) -> Loading:
        chance = self._chance
        told: tuple[Loading, ...] = (
            calls.Loaded(),
            calls.Missing(names=(chance.choice(NAMES),)),
            self._raised(),
        )
        return chance.choices(told, weights=(8, 1, 1))[0]

    def run(self, request: Request) -> tuple[Observation, ...]:
        seen: list[Observation] = []
        for step, true in zip(request.steps, self._honest.run(request), strict=True):
            tells = self._chance.random() < self._truth
            seen.append(true if tells else self._lie(step, request))
            if isinstance(seen[-1], TimedOut | Died):
                break
        return (*seen, *(Absent(),) * (len(request.steps) - len(seen)))

    def _lie(self, step: Step, request: Request) -> Observation:
        chance = self._chance
        sizes = [array.shape for array in request.arrays]
        lies: list[Observation] = [self._ended(), self._raised()]
        if isinstance(step, calls.Inputs):
            forward = [s for s in request.steps if isinstance(s, calls.Forward)]
            slots = len({each.slot for each in forward})
            told = [{chance.choice(TEXTS): chance.choice(TEXTS)}] * slots
            arrays = tuple(self._value(size) for size in sizes)
            lies.append(Inspected(arrays=arrays, options=tuple(told)))
        else:
            lies.append(self._returned(step, sizes))
        if isinstance(step, calls.Again | calls.Backward):
            lies.append(Absent())
        return chance.choices(lies, weights=(1, 2, *(9,) * (len(lies) - 2)))[0]

    def _ended(self) -> Observation:
        chance = self._chance
        cause = chance.choice(("signal", "exit", "protocol", "memory"))
        died = Died(cause=cause, detail=chance.choice(TEXTS), frame=self._frame())
        return chance.choice((TimedOut(seconds=1.0, frame=self._frame()), died))

    def _raised(self) -> Raised:
        chance = self._chance
        frames = tuple(self._frame() for _ in range(chance.randrange(3)))
        kind = chance.choice((*NAMES, "NameError", "SyntaxError"))
        return Raised(type_name=kind, text=chance.choice(TEXTS), frames=frames)

    def _frame(self) -> Frame:
        chance = self._chance
        return Frame(
            unit=chance.choice(("layers.py", "\x1b", "nowhere.py")),
            line=chance.choice((0, 1, 5, 2**32 - 1)),
            function=chance.choice(NAMES),
            text=chance.choice(NAMES),
        )

    def _returned(self, step: Step, sizes: list[tuple[int, ...]]) -> Returned:
        chance = self._chance
        count = chance.choice((None, 0, 1, 2, 2, 3, 3, 9, 2**62))
        if isinstance(step, calls.Again):
            count = None
        most = 1 if isinstance(step, calls.Forward) else 8
        due = 1 if count is None else min(count, most)
        values = tuple(self._value(chance.choice(sizes)) for _ in range(due))
        return Returned(container=chance.choice(NAMES), count=count, values=values)

    def _value(self, size: tuple[int, ...]) -> Value:
        chance = self._chance
        array = self._array(chance.choice((size, size, size[::-1], *SHAPES)))
        kind, dtype = chance.choice(NAMES), chance.choice(("float64", "<U3", "\x00"))
        sent = calls.Value(type_name=kind, dtype=dtype, shape=array.shape, array=array)
        shown = calls.Value(type_name=kind, dtype=dtype, shape=(2**63,) * 64)
        return chance.choice((sent, sent, sent, shown, calls.Value(type_name=kind)))

    def _array(self, shape: tuple[int, ...]) -> Array:
        chance = self._chance
        numbers = np.random.default_rng(chance.randrange(9)).normal(size=shape)
        kinds: tuple[Array, ...] = (
            numbers,
            numbers.astype(np.float32),
            np.full(shape, np.nan),
            np.copysign(np.inf, numbers),
            np.copysign(1.7e308, numbers),
            np.full(shape, 5e-324),
        )
        return np.array(chance.choice(kinds))

    def output(self) -> str:
        return self._chance.choice(TEXTS)

    def seconds(self) -> float:
        return 0.1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing to end."""
