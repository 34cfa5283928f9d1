"""Find the cells that make a number of a name that used to be a function.

Whoever runs a notebook runs the function where it stands; that a later trial calls
something else `pad`, too, is no part of the solution.
"""

from __future__ import annotations

import ast
import builtins
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from grader.loaders.statements import Statement

BUILTINS: Final = frozenset(dir(builtins))
NUMPY: Final = frozenset({"np", "numpy"})
MAKES_A_FUNCTION: Final = frozenset({"vectorize", "frompyfunc"})


def overwritten(
    statements: Sequence[Statement], functions: Collection[str]
) -> Mapping[int, frozenset[str]]:
    """Return the names that a statement of a later cell makes mere numbers of.

    By the statement's place; `functions` are the names of all functions and classes.
    """
    cells: dict[str, int] = {}  # where a name last became a function or a module
    found: dict[int, frozenset[str]] = {}
    for place, statement in enumerate(statements):
        if statement.is_definition or statement.is_import:
            cells |= dict.fromkeys(statement.binds, statement.unit)
            continue
        if statement.unit == 0 or cells.keys().isdisjoint(statement.binds):
            continue
        lost = {n for n in statement.binds & cells.keys() if cells[n] < statement.unit}
        if lost and _is_number(statement.node, functions):
            found[place] = frozenset(lost)
    return found


def _is_number(node: ast.stmt, functions: Collection[str]) -> bool:
    """Tell whether what is bound can be no function."""
    match node:
        case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value):
            pass
        case ast.For(iter=value) | ast.AugAssign(value=value):
            pass
        case _:
            return False
    if isinstance(value, ast.Name | ast.Attribute):
        return False
    return all(_is_plain(inner, functions) for inner in ast.walk(value))


def _is_plain(node: ast.AST, functions: Collection[str]) -> bool:
    match node:
        case ast.Lambda():
            return False
        case ast.Name(id=name):
            return name not in functions
        case ast.Call(func=ast.Name(id=name)):
            return name in BUILTINS
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=attribute)):
            return name not in NUMPY or attribute not in MAKES_A_FUNCTION
        case _:
            return True
