"""Answer the steps of one request by calling the program's functions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import describe, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .program import Running


class Kept:
    """What one forward call was given and has left behind."""

    def __init__(self, arguments: tuple[Any, ...], options: dict[str, Any]) -> None:
        self.options = options
        self.out: tuple[Any, ...] = ()  # one thing, or nothing
        self.cache: Any = arguments  # the documented one, until there is a better


class Calls:
    """One request: its arrays, and what its calls have left in the slots."""

    def __init__(self, running: Running, arrays: Sequence[plain.Array]) -> None:
        self._running = running
        self._program = running.program
        self.arrays = tuple(arrays)  # what becomes of them is for the parent to see
        self._slots: dict[int, Kept] = {}

    def answer(self, step: plain.Step) -> plain.Observation:
        """Do one step; whatever student code raises is an answer too."""
        try:
            return self._answer(step)
        except BaseException as error:  # noqa: BLE001 (SystemExit is an answer too)
            return describe.raised(error, self._running.sources)

    def _answer(self, step: plain.Step) -> plain.Observation:
        match step:
            case plain.Forward():
                return self._forward(step)
            case plain.Again():
                kept = self._slots.get(step.slot)
                if kept is None or not kept.out:
                    return plain.Absent()
                thing = kept.out[0]
                return plain.Returned(
                    describe.type_name(thing), None, (describe.value(thing),)
                )
            case plain.Backward():
                return self._backward(step)
            case plain.Inputs():
                return self._inputs()

    def _forward(self, step: plain.Forward) -> plain.Observation:
        given = [self.arrays[index] for index in step.arrays]
        renamed = {} if self._program.adapter else self._program.option_names
        options = {
            renamed.get(name, name): int(number)
            for name, number in (step.options or {}).items()
        }
        arguments = self._in_order(
            given, options, with_options=step.options is not None
        )
        kept = self._slots[step.slot] = Kept(tuple(arguments.values()), options)
        result = self._called_forward(arguments)
        parts = describe.items(result)
        kept.out = (result,) if parts is None else parts[:1]
        if parts is not None and len(parts) == 2:  # noqa: PLR2004 (out and cache)
            kept.cache = parts[1]
        return describe.returned(result, travels=1)

    def _in_order(
        self, given: list[plain.Array], options: dict[str, int], *, with_options: bool
    ) -> dict[str, Any]:
        """Pair the names of forward's arguments, in the student's order, with them."""
        order = self._program.arguments
        arrays = self._program.arrays or order[: len(given)]
        values: dict[str, Any] = dict(zip(arrays, given, strict=True))
        if with_options:
            # The documented name of the options is the one that no array bears.
            rest = [name for name in order if name not in values] or ["options"]
            values[rest[0]] = options
        if self._program.adapter:
            return values
        return {name: values[name] for name in order if name in values}

    def _called_forward(self, arguments: dict[str, Any]) -> Any:  # noqa: ANN401 (anything)
        call, student = self._running.forward, self._running.student
        if call is None:
            raise NameError(f"name {self._program.forward!r} is not defined")
        if self._program.adapter:
            return call(student, *arguments.values())
        names = self._program.keywords
        by_place = [value for name, value in arguments.items() if name not in names]
        by_name = {
            names[name]: value for name, value in arguments.items() if name in names
        }
        return call(*by_place, **by_name)

    def _backward(self, step: plain.Backward) -> plain.Observation:
        kept, call = self._slots.get(step.slot), self._running.backward
        if kept is None:
            return plain.Absent()
        if call is None:
            raise NameError(f"name {self._program.backward!r} is not defined")
        dout = self.arrays[step.dout]
        if self._program.adapter:
            result = call(self._running.student, dout, kept.cache)
        else:
            result = call(dout, kept.cache)
        return describe.returned(result)

    def _inputs(self) -> plain.Inspected:
        originals = {new: old for old, new in self._program.option_names.items()}
        names = {} if self._program.adapter else originals
        slots = [self._slots[number] for number in sorted(self._slots)]
        return plain.Inspected(
            self.arrays,
            tuple(describe.options(kept.options, names) for kept in slots),
        )
