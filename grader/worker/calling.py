"""Answer the steps of one request by calling the program's functions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import describe, plain, quick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .ordering import Order
    from .program import Running


class Kept:
    """What one forward call was given and has left behind."""

    def __init__(self, arguments: tuple[Any, ...], options: dict[str, Any]) -> None:
        self.options = options
        self.out: tuple[Any, ...] = ()  # one thing, or nothing
        self.cache: Any = arguments  # the documented one, until there is a better


class Calls:
    """One request: its arrays, and what its calls have left in the slots."""

    def __init__(
        self, running: Running, arrays: Sequence[plain.Array], *, largest: int
    ) -> None:
        """Begin; numbers of a value that has more bytes than `largest` stay here."""
        self._running = running
        self._largest = largest
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
                return self._lone(kept.out[0])
            case plain.Backward():
                return self._backward(step)
            case plain.Inputs():
                return self._inputs()

    def _lone(self, thing: object) -> plain.Observation:
        told = quick.lone(thing, largest=self._largest)
        if told is None:
            name = describe.type_name(thing)
            return plain.Returned(name, None, (describe.value(thing),))
        return told

    def _returned(self, thing: object, travels: int) -> plain.Observation:
        told = quick.returned(thing, travels=travels, largest=self._largest)
        return describe.returned(thing, travels=travels) if told is None else told

    def _forward(self, step: plain.Forward) -> plain.Observation:
        options = self._options(step.options or {})
        order = self._running.order(
            len(step.arrays), with_options=step.options is not None
        )
        given = [self.arrays[index] for index in step.arrays]
        given.append(options)  # type: ignore[arg-type]  # the last place is theirs
        every = tuple([given[place] for place in order.every])
        kept = self._slots[step.slot] = Kept(every, options)
        result = self._called_forward(given, order)
        parts = describe.items(result)
        kept.out = (result,) if parts is None else parts[:1]
        if parts is not None and len(parts) == 2:  # noqa: PLR2004 (out and cache)
            kept.cache = parts[1]
        return self._returned(result, 1)

    def _options(self, asked: dict[str, int]) -> dict[str, Any]:
        renamed = self._program.option_names
        if self._program.adapter or not renamed:
            return dict(asked)
        return {renamed.get(name, name): number for name, number in asked.items()}

    def _called_forward(self, given: list[Any], order: Order) -> Any:  # noqa: ANN401 (anything)
        call = self._running.forward
        if call is None:
            raise NameError(f"name {self._program.forward!r} is not defined")
        by_place = [given[place] for place in order.by_place]
        if self._program.adapter:
            return call(self._running.student, *by_place)
        if not order.by_name:
            return call(*by_place)
        return call(*by_place, **{n: given[place] for n, place in order.by_name})

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
        return self._returned(result, describe.MOST_VALUES)

    def _inputs(self) -> plain.Observation:
        slots = [self._slots[number].options for number in sorted(self._slots)]
        names = {} if self._program.adapter else self._program.option_names
        if not names:
            told = quick.inspected(self.arrays, slots, largest=self._largest)
            if told is not None:
                return told
        originals = {new: old for old, new in names.items()}
        options = tuple(describe.options(now, originals) for now in slots)
        return plain.Inspected(self.arrays, options)
