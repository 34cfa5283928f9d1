"""Find the names that one statement makes hold the same object, or parts of it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from grader.loaders.walking import root

if TYPE_CHECKING:
    from collections.abc import Iterator

# Of these the parts are kept as they are; a call or a sum makes something new.
HOLDERS = (
    ast.Tuple,
    ast.List,
    ast.Dict,
    ast.Set,
    ast.Starred,
    ast.IfExp,
    ast.BoolOp,
    ast.NamedExpr,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
    ast.comprehension,
)


def sharing(node: ast.stmt) -> Iterator[frozenset[str]]:
    """Yield groups of names that may share an object after this statement.

    Statements inside it are looked at too: a loop's variable shares with what is
    looped over, `params = model.params` shares with `model`.
    """
    waiting: list[ast.AST] = [node]
    while waiting:
        at = waiting.pop()
        match at:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield frozenset({at.name, *_names(*_defaults(at.args))})
                continue
            case ast.Lambda():
                continue
            case ast.Assign(targets=targets, value=value):
                yield _names(*targets, value)
            case ast.NamedExpr(target=target, value=value):
                yield _names(target, value)
            case ast.For(target=target, iter=value):
                yield _names(target, _looped(value))
            case ast.ClassDef():
                yield frozenset({at.name, *_names(*_values(at))})
            case _:
                pass
        waiting += ast.iter_child_nodes(at)


def _looped(value: ast.expr) -> ast.expr:
    """Return what is looped over in `for key, each in table.items()`."""
    while isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        value = value.func.value
    return value


def _defaults(arguments: ast.arguments) -> list[ast.expr]:
    keyword_only = [each for each in arguments.kw_defaults if each is not None]
    return [*arguments.defaults, *keyword_only]


def _values(node: ast.ClassDef) -> list[ast.expr]:
    return [each.value for each in node.body if isinstance(each, ast.Assign)]


def _names(*values: ast.expr) -> frozenset[str]:
    found: set[str] = set()
    waiting: list[ast.AST] = list(values)
    while waiting:
        node = waiting.pop()
        if isinstance(node, HOLDERS):
            waiting += ast.iter_child_nodes(node)
        elif isinstance(node, ast.expr) and (name := root(node)):
            found.add(name)
    return frozenset(found)
