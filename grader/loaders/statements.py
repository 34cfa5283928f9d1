"""A file's top-level statements, and what each of them needs and does."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from grader.loaders.scopes import ANNOTATION, Change, Import, Scope, Use
from grader.loaders.walking import read

if TYPE_CHECKING:
    from collections.abc import Iterator

FUNCTIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef)
Definition: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """One import, and whether the program goes on where it fails."""

    node: Import
    is_later: bool  # inside a function: it fails only when that is called
    is_guarded: bool  # inside a try that catches ImportError


class Statement:
    """One top-level statement, or one name of an import of several."""

    def __init__(
        self, node: ast.stmt, *, unit: int, part_of: ast.stmt | None = None
    ) -> None:
        self.node = node
        self.unit = unit
        self.part_of = part_of or node  # what stands in the file

    @cached_property
    def scope(self) -> Scope:
        """Everything inside, read once and only where it is asked for."""
        return read([self.node])

    @cached_property
    def binds(self) -> frozenset[str]:
        """The module's names that it may bind or delete; "*" for a star import."""
        if isinstance(self.node, Definition):
            return frozenset({self.node.name})  # without reading the body
        if self.star is not None:
            return frozenset({"*"})
        return frozenset(self.scope.bound)

    @property
    def star(self) -> ast.ImportFrom | None:
        """The star import that this is, if it is one."""
        node = self.node
        is_star = isinstance(node, ast.ImportFrom) and node.names[0].name == "*"
        return node if is_star and isinstance(node, ast.ImportFrom) else None

    @property
    def replaces(self) -> bool:
        """Tell whether what its names were before is gone afterwards, for certain."""
        node = self.node
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.ImportFrom | ast.Delete):
            return True
        if isinstance(node, ast.Import):
            # `import a.b` adds to an earlier `import a.c`.
            return all(alias.asname for alias in node.names)
        return isinstance(node, Definition)

    @property
    def is_plain_function(self) -> bool:
        """Tell whether it is a function whose head calls nothing."""
        node = self.node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            return False
        return not (node.decorator_list or node.args.defaults or node.args.kw_defaults)

    @property
    def is_import(self) -> bool:
        """Tell whether its names are modules, or come from one."""
        return isinstance(self.node, ast.Import | ast.ImportFrom)

    @property
    def is_about_the_future(self) -> bool:
        """Tell whether it is `from __future__ import ...`."""
        node = self.node
        return isinstance(node, ast.ImportFrom) and node.module == "__future__"

    @property
    def is_definition(self) -> bool:
        """Tell whether its name is a function or a class."""
        return isinstance(self.node, Definition)

    @property
    def parents(self) -> frozenset[str]:
        """The names of the classes that it inherits from, where it is a class."""
        node = self.node
        if not isinstance(node, ast.ClassDef):
            return frozenset()
        heads = [*node.bases, *(keyword.value for keyword in node.keywords)]
        return frozenset(head.id for head in heads if isinstance(head, ast.Name))

    @property
    def hears_of_heirs(self) -> bool:
        """Tell whether it is a class that is told of those that inherit from it."""
        node = self.node
        if not isinstance(node, ast.ClassDef):
            return False
        methods = {each.name for each in node.body if isinstance(each, FUNCTIONS)}
        return "__init_subclass__" in methods or "type" in self.parents

    @cached_property
    def now(self) -> tuple[Use, ...]:
        """The global names that it reads while it runs, and did not bind itself."""
        bound = self.scope.bound
        return tuple(
            use
            for scope in self.scope.everywhere()
            if not scope.is_later
            for use in scope.uses
            if scope.is_global(use.name, use.order)
            and bound.get(use.name, use.order) >= use.order
        )

    @cached_property
    def later(self) -> tuple[Use, ...]:
        """The global names that its functions read when they are called."""
        return tuple(
            use
            for scope in self.scope.everywhere()
            if scope.is_later
            for use in scope.uses
            if scope.is_global(use.name, use.order)
        )

    @cached_property
    def hints(self) -> frozenset[Use]:
        """What only an annotation reads; a program can do without it."""
        scopes = (s for s in self.scope.everywhere() if s.kind == ANNOTATION)
        return frozenset(use for scope in scopes for use in scope.uses)

    @property
    def needs(self) -> Iterator[Use]:
        """The global names that it reads, now or later, and cannot do without."""
        return (use for use in (*self.now, *self.later) if use not in self.hints)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """The global names whose objects it may change while it runs."""
        return self._changes(later=False)

    @cached_property
    def binds_later(self) -> frozenset[str]:
        """The global names that its functions bind when they are called."""
        scopes = self.scope.everywhere()
        return frozenset(name for scope in scopes for name in scope.declared_global)

    @cached_property
    def changes_later(self) -> frozenset[str]:
        """The global names whose objects its functions may change when called."""
        return frozenset(each.name for each in self._changes(later=True))

    def _changes(self, *, later: bool) -> tuple[Change, ...]:
        return tuple(
            change
            for scope in self.scope.everywhere()
            if scope.is_later == later
            for change in scope.changes
            if scope.is_global(change.name)
        )

    @cached_property
    def imports(self) -> tuple[Imported, ...]:
        """Every import in it, those inside its functions too."""
        found = [(s, node) for s in self.scope.everywhere() for node in s.imports]
        guarded = set(_guarded(self.node)) if found else set()
        return tuple(
            Imported(node=node, is_later=scope.is_later, is_guarded=node in guarded)
            for scope, node in found
        )

    @property
    def runs_as_script_only(self) -> bool:
        """Tell whether it is `if __name__ == "__main__":`, which is never true here."""
        match self.node:
            case ast.If(
                test=ast.Compare(
                    left=ast.Name(id="__name__"),
                    ops=[ast.Eq()],
                    comparators=[ast.Constant(value="__main__")],
                ),
                orelse=[],
            ):
                return True
            case _:
                return False


def split(tree: ast.Module, *, unit: int) -> Iterator[Statement]:
    """Yield the statements of one unit; every name of an import stands alone."""
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom) and len(node.names) > 1:
            for alias in node.names:
                part: ast.stmt = ast.Import(names=[alias])
                if isinstance(node, ast.ImportFrom):
                    part = ast.ImportFrom(node.module, [alias], node.level)
                yield Statement(ast.copy_location(part, node), unit=unit, part_of=node)
        else:
            yield Statement(node, unit=unit)


def _guarded(node: ast.stmt) -> Iterator[ast.AST]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Try) and any(map(_catches_missing, inner.handlers)):
            for each in inner.body:
                yield from ast.walk(each)


def _catches_missing(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    names = {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)}
    wide = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}
    return bool(names & wide)
