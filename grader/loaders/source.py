"""A file of the submission, parsed once, as the statements it consists of."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from grader.errors import SubmissionError
from grader.loaders.parsing import parse
from grader.loaders.statements import Statement, split

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.loaders.records import SourceFile


@dataclass
class Source:
    """One parsed file; a notebook's broken cells are set aside, a file's raise."""

    file: SourceFile
    statements: tuple[Statement, ...] = ()
    broken: dict[int, SubmissionError] = field(default_factory=dict)

    def definitions(self, name: str) -> list[Statement]:
        """Return the statements that define a function or class of this name."""
        return [
            each
            for each in self.statements
            if each.is_definition and name in each.binds
        ]

    @cached_property
    def exports(self) -> frozenset[str]:
        """What `from it import *` binds: `__all__`, or the public names."""
        bound = {name for each in self.statements for name in each.binds}
        listed = self.listed
        return frozenset(listed if listed is not None else _public(bound))

    @cached_property
    def listed(self) -> frozenset[str] | None:
        """The names in `__all__`, where the file has one that can be read."""
        for each in self.statements:
            node = each.node
            if isinstance(node, ast.Assign) and "__all__" in each.binds:
                return frozenset(_texts(node.value))
        return None


@lru_cache(maxsize=3)  # a file is read for every exercise, and again for the whole
def parsed(file: SourceFile) -> Source:
    """Parse every unit of a file.

    Raises:
        SubmissionError: the file is no Python 3; of a notebook only broken cells are
            left out, because other cells run without them.
    """
    statements: list[Statement] = []
    broken: dict[int, SubmissionError] = {}
    for number, unit in enumerate(file.units):
        try:
            tree = parse(unit)
        except SubmissionError as error:
            if not file.is_notebook:
                raise
            broken[number] = error
        else:
            statements += split(tree, unit=number)
    return Source(file, tuple(statements), broken)


def _public(names: set[str]) -> Iterator[str]:
    return (name for name in names if not name.startswith("_"))


def _texts(node: ast.expr) -> Iterator[str]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            yield inner.value
