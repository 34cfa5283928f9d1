"""Tell a function that nobody has filled in from one that is wrong."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def is_unfilled(function: ast.AST) -> bool:
    """Tell whether the body is only what a template has.

    That is a docstring, `pass`, `...`, names set to None or taken out of the cache,
    `raise NotImplementedError`, and returns of such names.
    """
    if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
        return False
    given = {each.arg for each in ast.walk(function.args) if isinstance(each, ast.arg)}
    others = (each for each in function.body if not isinstance(each, ast.Return))
    if not all(_is_template(each, given=given, own=set()) for each in others):
        return False
    own = {
        node.id
        for statement in function.body
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    return all(_is_template(each, given=given, own=own) for each in function.body)


def returns_nothing(function: ast.AST) -> bool:
    """Tell whether no `return` of the function gives anything back."""
    if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
        return False
    return not any(
        (isinstance(node, ast.Return) and node.value is not None)
        or isinstance(node, ast.Yield | ast.YieldFrom)
        for node in _own_nodes(function)
    )


def _own_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes of a function that are not inside another one."""
    waiting = list(ast.iter_child_nodes(function))
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            waiting += ast.iter_child_nodes(node)


def _is_template(statement: ast.stmt, *, given: set[str], own: set[str]) -> bool:
    match statement:
        case ast.Pass() | ast.Return(value=None) | ast.Global():
            return True
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.Raise(exc=ast.expr() as error):
            name = error.func if isinstance(error, ast.Call) else error
            return isinstance(name, ast.Name) and name.id == "NotImplementedError"
        case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value):
            return _is_nothing(value) or _is_taken_out(value, given)
        case ast.Return(value=ast.expr() as value):
            return all(
                _is_nothing(part) or (isinstance(part, ast.Name) and part.id in own)
                for part in (value.elts if isinstance(value, ast.Tuple) else [value])
            )
        case _:
            return False


def _is_nothing(value: ast.expr) -> bool:
    """Tell whether the value is None, or a tuple of Nones."""
    if isinstance(value, ast.Tuple):
        return all(map(_is_nothing, value.elts))
    return isinstance(value, ast.Constant) and value.value in (None, Ellipsis)


def _is_taken_out(value: ast.expr, given: set[str]) -> bool:
    """Tell whether the value only packs or unpacks arguments: `cache = (x, w, b)`."""
    return all(
        isinstance(node, ast.Tuple | ast.expr_context)
        or (isinstance(node, ast.Name) and node.id in given)
        or isinstance(node, ast.Subscript | ast.Constant | ast.Attribute)
        for node in ast.walk(value)
    )
