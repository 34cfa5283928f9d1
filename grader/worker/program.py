"""Run a program's source and find the two functions in it."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from . import describe, ordering, plain
from .importer import OwnModules, compiled, register

if TYPE_CHECKING:
    from collections.abc import Callable

STUDENT: Final = "submission"  # the __name__ of what is run, never "__main__"


class Running:
    """A program that ran: its namespace, its functions, the sources to quote."""

    def __init__(self, program: plain.Program) -> None:
        self.program = program
        self.own = OwnModules(program)
        self.sources = {
            source.name: register(source)
            for source in (*program.units, *(m.source for m in program.modules))
        }
        self.student = ModuleType(STUDENT)
        self.forward: Callable[..., Any] | None = None
        self.backward: Callable[..., Any] | None = None
        self._orders: dict[tuple[int, bool], ordering.Order] = {}

    def order(self, count: int, *, with_options: bool) -> ordering.Order:
        """Return the order in which forward takes so many arrays, and options."""
        known = self._orders.get((count, with_options))
        if known is None:
            known = ordering.order(self.program, count, with_options=with_options)
            self._orders[count, with_options] = known
        return known

    def load(self) -> plain.Loading:
        """Run the adapter, then the units; find both functions."""
        adapter: dict[str, Any] = {"__name__": "adapter"}
        try:
            self._run_adapter(adapter)
        except BaseException as error:  # noqa: BLE001 (told as it is)
            told = describe.raised(error, self.sources)
            return plain.AdapterFailed(
                f"the adapter does not run: {told.type_name}: {told.text}"
            )
        try:
            self._run_units()
            return self._find(adapter)
        except BaseException as error:  # noqa: BLE001 (student code raises anything)
            return describe.raised(error, self.sources)

    def _run_adapter(self, namespace: dict[str, Any]) -> None:
        source = self.program.adapter
        if source is None:
            return
        register(source)
        exec(compiled(source), namespace)
        for name in ("forward", "backward"):
            if not callable(namespace.get(name)):
                raise TypeError(f"{source.name!r} has no function {name!r}")

    def _run_units(self) -> None:
        namespace = vars(self.student)
        namespace["__package__"] = self.program.package
        if self.program.units:
            namespace["__file__"] = self.program.units[0].name
        if self.own.builtins is not None:
            namespace["__builtins__"] = self.own.builtins
        # Dataclasses look their module up by its name.
        sys.modules[STUDENT] = self.student
        for unit in self.program.units:
            exec(compiled(unit), namespace)

    def _find(self, adapter: dict[str, Any]) -> plain.Loading:
        if self.program.adapter is not None:
            self.forward, self.backward = adapter["forward"], adapter["backward"]
            return plain.Loaded()
        self.forward = self._named(self.program.forward)
        self.backward = self._named(self.program.backward)
        pairs = (
            (self.program.forward, self.forward),
            (self.program.backward, self.backward),
        )
        missing = tuple(name for name, found in pairs if found is None)
        return plain.Missing(missing) if missing else plain.Loaded()

    def _named(self, dotted: str) -> Callable[..., Any] | None:
        first, *rest = dotted.split(".")
        found: Any = vars(self.student).get(first)
        for name in rest:
            found = getattr(found, name, None)
        return found if callable(found) else None
