"""Follow imports through the submission's own files, slicing each as it is reached."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from grader.loaders.part import Part
from grader.loaders.source import parsed
from grader.loaders.standins import stand_in
from grader.loaders.tree import is_installed
from grader.records import Module, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grader.loaders.part import Target
    from grader.loaders.records import SourceFile
    from grader.loaders.source import Source
    from grader.loaders.tree import Tree


@dataclass(slots=True)
class Linker:
    """The files of one submission, parsed when they are reached."""

    tree: Tree
    sources: dict[str, Source] = field(default_factory=dict)  # by path
    parts: dict[str, Part] = field(default_factory=dict)  # by module; "": main
    found: dict[str, SourceFile | None] = field(default_factory=dict)  # by module
    exported: dict[str, frozenset[str]] = field(default_factory=dict)  # by module

    @property
    def package(self) -> str:
        """The package that the main file's relative imports start from."""
        return self.tree.package

    def link(self, main: Source, wanted: Iterable[str], *, whole: bool = False) -> Part:
        """Slice the main file for these names, and every module that it imports.

        Raises:
            SubmissionError: a module that is imported is no Python 3.
        """
        self.sources[main.file.name] = main
        part = self.parts[""] = Part(around=self, source=main, wanted=set(wanted))
        waiting = [part]
        while waiting:
            part = waiting.pop()
            part.reslice(whole=whole)
            waiting += self._asked_by(part)
        return self.parts[""]

    def modules(self) -> Iterator[Module]:
        """Yield every module that was reached, cut to what is wanted of it."""
        for dotted, part in self.parts.items():
            if dotted:
                file = part.source.file
                units = list(part.units()) or [Unit(name=file.name, source="")]
                yield Module(
                    dotted_name=dotted, unit=units[0], is_package=part.is_package
                )

    def file_of(self, dotted: str) -> SourceFile | None:
        """Return the submission's file for a module, or one that stands in for it."""
        if dotted not in self.found:
            self.found[dotted] = self._find(dotted)
        return self.found[dotted]

    def _find(self, dotted: str) -> SourceFile | None:
        if dotted.startswith("."):
            return None  # out of every package, where Python finds nothing either
        names = [dotted]
        if dotted.startswith(f"{self.package}."):
            names.append(dotted.removeprefix(f"{self.package}."))
        for name in names:
            if path := self.tree.find(name):
                return self.tree.files[path]
        return None if is_installed(dotted) else stand_in(dotted)

    def has(self, dotted: str) -> bool:
        """Tell whether the submission has a module of that name."""
        return self.file_of(dotted) is not None

    def is_missing(self, dotted: str) -> bool:
        """Tell whether a module is neither here nor where students' code runs."""
        is_here = is_installed(dotted) or self.has(dotted)
        return not is_here and not self.tree.is_folder(dotted)

    def exports(self, dotted: str) -> frozenset[str]:
        """Return what a star import of this module binds, other stars followed."""
        if dotted not in self.exported:
            self.exported[dotted] = self._exports(dotted)
        return self.exported[dotted]

    def _exports(self, dotted: str) -> frozenset[str]:
        names: set[str] = set()
        waiting, seen = [dotted], set[str]()
        while waiting:
            name = waiting.pop()
            file = self.file_of(name)
            if file is None or name in seen:
                continue
            seen.add(name)
            part = self._part(name, file)
            names |= part.source.exports - {"*"}
            if part.source.listed is None:
                stars = (each.star for each in part.source.statements)
                waiting += [part.absolute(star) for star in stars if star]
        return frozenset(names)

    def _asked_by(self, part: Part) -> Iterator[Part]:
        """Yield the modules that this part asks more of than was asked before."""
        for statement in part.kept:
            for imported in statement.imports:
                for target in part.targets(imported.node):
                    yield from self._more(target)

    def _more(self, target: Target) -> Iterator[Part]:
        file = self.file_of(target.dotted)
        if file is None:
            return
        is_new = target.dotted not in self.parts
        part = self.parts.setdefault(target.dotted, self._part(target.dotted, file))
        if is_new or not target.names <= part.wanted:
            part.wanted |= target.names
            yield part

    def _part(self, dotted: str, file: SourceFile) -> Part:
        if dotted in self.parts:
            return self.parts[dotted]
        is_package = "__init__.py" in file.name
        source = self.sources.setdefault(file.name, parsed(file))
        return Part(around=self, source=source, dotted=dotted, is_package=is_package)
