"""One namespace of a program: the main file, or a module that it imports."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final, Protocol

from grader.loaders.cut import cut
from grader.loaders.names import Names
from grader.loaders.scopes import EVERYTHING
from grader.loaders.slicing import Slice, Slicer
from grader.loaders.standins import ANYTHING
from grader.records import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.loaders.records import SourceFile
    from grader.loaders.scopes import Import
    from grader.loaders.source import Source
    from grader.loaders.statements import Statement

NOTHING: Final = Slice(kept=(), unbound=frozenset())


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What one import asks for: a module, and names of it ("*": all of them)."""

    dotted: str
    names: frozenset[str] = frozenset()


class Surroundings(Protocol):
    """What a part must know of the submission around it."""

    @property
    def package(self) -> str:
        """The package that the main file's relative imports start from."""

    def file_of(self, dotted: str) -> SourceFile | None:
        """Return the submission's file for a module, or one that stands in for it."""

    def has(self, dotted: str) -> bool:
        """Tell whether the submission has a module of that name."""

    def is_missing(self, dotted: str) -> bool:
        """Tell whether a module is neither here nor where students' code runs."""

    def exports(self, dotted: str) -> frozenset[str]:
        """Return the names that a star import of this module binds."""


@dataclass(slots=True, kw_only=True)
class Part:
    """The file's statements, what is wanted of them, and which are kept for it."""

    around: Surroundings
    source: Source
    dotted: str = ""  # blank: the main file
    is_package: bool = False
    wanted: set[str] = field(default_factory=set)
    slice: Slice = NOTHING
    _slicer: Slicer | None = None
    _chains: dict[str, set[str]] = field(default_factory=dict)  # read, by first name

    @property
    def slicer(self) -> Slicer:
        """The slicer over the file's statements, made when it is first needed."""
        if self._slicer is None:
            names = Names.of(
                self.source.statements, self._star_names, file=self.source.file.name
            )
            self._slicer = Slicer(names=names, is_missing=self.is_missing)
        return self._slicer

    def reslice(self, *, whole: bool) -> None:
        """Choose the statements again, because more is wanted."""
        names = self.wanted - {EVERYTHING}
        if EVERYTHING in self.wanted or (self.dotted and self.source.listed):
            names |= self.source.exports
            if self.source.listed:
                names.add("__all__")
        if whole:
            self.slice = self.slicer.everything(names)
        else:
            self.slice = self.slicer.slice(names)
        self._chains = {}
        for statement in self.kept:
            for use in (*statement.now, *statement.later):
                self._chains.setdefault(use.name, set()).add(use.chain)

    @property
    def kept(self) -> list[Statement]:
        """The chosen statements in order."""
        return [self.source.statements[place] for place in self.slice.kept]

    def units(self) -> Iterator[Unit]:
        """Yield every unit of which something is kept, cut to that."""
        units = self.source.file.units
        instead: dict[int, dict[int, str]] = {}
        for each, name in self.annotating():
            lines = instead.setdefault(each.unit, {})
            lines[each.node.lineno] = f"{name} = {ANYTHING}"
        for number, own in groupby(self.kept, key=attrgetter("unit")):
            text = cut(units[number].source, list(own), instead=instead.get(number))
            yield Unit(name=units[number].name, source=text)

    def annotating(self) -> list[tuple[Statement, str]]:
        """Return the missing imports, and their names, that only annotations use."""
        needed = {use.name for each in self.kept for use in each.needs} | self.wanted
        hinted = {use.name for each in self.kept for use in each.hints}
        loose = (self.slice.unbound & hinted) - needed
        return [
            (each, name)
            for each in (self.source.statements if loose else ())
            for name in each.binds & loose
            if self.is_missing(each)
        ]

    def targets(self, node: Import) -> Iterator[Target]:
        """Yield what an import of this file asks for."""
        if isinstance(node, ast.Import):
            for alias in node.names:
                names = frozenset({EVERYTHING})
                if alias.asname != EVERYTHING:
                    names = self._used_of(alias.asname or alias.name)
                yield Target(dotted=alias.name, names=names)
            return
        module = self.absolute(node)
        for alias in node.names:
            inner = f"{module}.{alias.name}"
            if alias.name == EVERYTHING:
                yield Target(dotted=module, names=self._missed(module))
            elif self.around.has(inner):
                names = self._used_of(alias.asname or alias.name)
                yield Target(dotted=inner, names=names)
            else:
                yield Target(dotted=module, names=frozenset({alias.name}))

    def is_missing(self, statement: Statement) -> bool:
        """Tell whether it imports from what is neither here nor installed."""
        node = statement.node
        if isinstance(node, ast.Import):
            return any(self.around.is_missing(alias.name) for alias in node.names)
        if not isinstance(node, ast.ImportFrom):
            return False
        module = self.absolute(node)
        inner = (f"{module}.{alias.name}" for alias in node.names)
        return self.around.is_missing(module) and not any(map(self.around.has, inner))

    def module_of(self, statement: Statement) -> str:
        """Return the module that an import statement names, as it was written."""
        node = statement.node
        if isinstance(node, ast.ImportFrom):
            return "." * node.level + (node.module or "")
        return node.names[0].name if isinstance(node, ast.Import) else ""

    def modules_of(self, node: Import) -> list[str]:
        """Return the full names of the modules that an import names."""
        if isinstance(node, ast.ImportFrom):
            return [self.absolute(node)]
        return [alias.name for alias in node.names]

    def absolute(self, node: ast.ImportFrom) -> str:
        """Return the full name of the module that names are imported from."""
        if node.level == 0:
            return node.module or ""
        own = self.dotted if self.is_package else self.dotted.rpartition(".")[0]
        package = (own if self.dotted else self.around.package).split(".")
        kept = package[: len(package) - node.level + 1]
        return ".".join([*kept, *([node.module] if node.module else [])])

    def _used_of(self, prefix: str) -> frozenset[str]:
        """Return the attributes of a module that are read; "*" if it is passed on."""
        used: set[str] = set()
        for chain in self._chains.get(prefix.partition(".")[0], ()):
            if chain.startswith(f"{prefix}."):
                used.add(chain[len(prefix) + 1 :].partition(".")[0])
            elif chain == prefix:
                used.add(EVERYTHING)
        return frozenset(used)

    def _missed(self, module: str) -> frozenset[str]:
        """Return what a star import brings of all that is read or wanted here."""
        exports = self.around.exports(module)
        if EVERYTHING in self.wanted:
            return exports
        return frozenset((self._chains.keys() | self.wanted) & exports)

    def _star_names(self, statement: Statement) -> frozenset[str] | None:
        node = statement.star
        module = self.absolute(node) if node else ""
        if module and self.around.file_of(module) is self.source.file:
            return frozenset()  # of itself: nothing that it would not have anyway
        return self.around.exports(module) if self.around.has(module) else None
