"""Say from reading the code why a function is as it is: unfilled, without a return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.loaders.records import Hint, message
from grader.loaders.unfilled import is_unfilled, returns_nothing

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator, Sequence

    from grader.loaders.part import Part


def hints_of(main: Part, names: Sequence[str]) -> tuple[Hint, ...]:
    """Return what can be said of each function without running it."""
    return tuple(hint for name in names for hint in _of(main, name))


def _of(main: Part, dotted: str) -> Iterator[Hint]:
    node = _definition(main, dotted)
    if node is None:
        return
    kind = ""
    if is_unfilled(node):
        kind = "unfilled"
    elif returns_nothing(node):
        kind = "no_return"
    if kind:
        line = getattr(node, "lineno", 1)
        told = message(f"loading.hint.{kind}", name=dotted, line=line)
        yield Hint(function=dotted, kind=kind, message=told)


def _definition(main: Part, dotted: str) -> ast.AST | None:
    """Return the function's own node, the last one in force, if it is in the file."""
    root, *rest = dotted.split(".")
    found: list[ast.AST] = [
        each.node for each in main.kept if each.is_definition and root in each.binds
    ]
    for name in rest:
        found = [
            inner
            for node in found
            for inner in getattr(node, "body", [])
            if getattr(inner, "name", None) == name
        ]
    return found[-1] if found else None
