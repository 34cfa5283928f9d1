"""Serve the submission's own modules to its imports, and nothing beyond them."""

from __future__ import annotations

import builtins
import importlib.util
import linecache
import sys
from importlib.abc import Loader, MetaPathFinder
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

    from . import plain

ALWAYS_ALLOWED = frozenset({"__future__", "builtins"})
# A submission's random.py may stand for Python's; without these nothing would run.
IRREPLACEABLE = frozenset({"numpy", "builtins", "sys", "os", "io", "types", "typing"})


def register(source: plain.Source) -> tuple[str, ...]:
    """Make the source's lines known to tracebacks; return them."""
    lines = source.text.splitlines(keepends=True)
    linecache.cache[source.name] = (len(source.text), None, lines, source.name)
    return tuple(lines)


def compiled(source: plain.Source) -> Any:  # noqa: ANN401 (a code object)
    """Compile the source under its own name, with no flags of ours."""
    return compile(source.text, source.name, "exec", dont_inherit=True)


def guarded_builtins(allowed: frozenset[str], own: frozenset[str]) -> dict[str, Any]:
    """Return builtins whose import statement knows only these top-level names.

    A course rule told early, not a wall: the wall is what a worker can read.
    """
    real = builtins.__import__
    known = allowed | own | ALWAYS_ALLOWED

    def import_allowed(
        name: str,
        globals: Any = None,  # noqa: A002, ANN401 (the same)
        locals: Any = None,  # noqa: A002, ANN401 (the same)
        fromlist: Any = (),  # noqa: ANN401 (the same)
        level: int = 0,
    ) -> ModuleType:
        top = name.partition(".")[0]
        if level == 0 and top not in known:
            raise ModuleNotFoundError(f"this assignment does not allow {top!r}")
        return real(name, globals, locals, fromlist, level)

    return {**vars(builtins), "__import__": import_allowed}


def _parents(name: str) -> set[str]:
    parts = name.split(".")
    return {".".join(parts[:count]) for count in range(1, len(parts))}


class OwnModules(MetaPathFinder, Loader):
    """Finds a submission's modules, and the packages above them, by their names."""

    def __init__(self, program: plain.Program) -> None:
        self._modules = {module.dotted_name: module for module in program.modules}
        inside = {program.package, *_parents(program.package)} - {""}
        above = {parent for name in self._modules for parent in _parents(name)}
        self._packages = inside | above
        tops = {name.partition(".")[0] for name in {*self._modules, *self._packages}}
        self._tops = frozenset(tops) - IRREPLACEABLE - set(sys.builtin_module_names)
        self._theirs: dict[str, ModuleType] = {}
        self._displaced: dict[str, ModuleType] = {}
        self.builtins: dict[str, Any] | None = None
        if program.allowed_imports is not None:
            self.builtins = guarded_builtins(program.allowed_imports, self._tops)

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        """Return a spec for a name of ours, None for all others."""
        del path, target
        module = self._modules.get(fullname)
        if module is None and fullname not in self._packages:
            return None
        is_package = fullname in self._packages or bool(module and module.is_package)
        return importlib.util.spec_from_loader(fullname, self, is_package=is_package)

    def exec_module(self, module: ModuleType) -> None:
        """Run the module's source; a package that is only implied has none."""
        own = self._modules.get(module.__name__)
        if self.builtins is not None:
            vars(module)["__builtins__"] = self.builtins
        if own is not None:
            module.__file__ = own.source.name
            exec(compiled(own.source), vars(module))

    def install(self) -> None:
        """Answer imports before all other finders do."""
        self._displaced = self._taken_out()
        sys.modules.update(self._theirs)
        sys.meta_path.insert(0, self)

    def remove(self) -> None:
        """Leave imports as they were; only tests in one process need it."""
        sys.meta_path.remove(self)
        self._theirs = self._taken_out()
        sys.modules.update(self._displaced)

    def _taken_out(self) -> dict[str, ModuleType]:
        """Take what bears our names out of the loaded modules, such as random."""
        taken = [top for top in self._tops if top in sys.modules]
        packages = tuple(
            f"{top}." for top in taken if hasattr(sys.modules[top], "__path__")
        )
        if packages:
            taken += [name for name in sys.modules if name.startswith(packages)]
        return {name: sys.modules.pop(name) for name in taken}
