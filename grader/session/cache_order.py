"""Compare the order of what forward puts into its cache with how backward unpacks it.

Where the same names come in another order each of them means something else from
there on, whether that raises or not.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, TypeAlias

from grader.records import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.records import Program

Function: TypeAlias = ast.FunctionDef


def mixed_up(program: Program) -> Message | None:
    """Return the sentence for names that change places; None where none are seen to.

    Nothing is said where either side cannot be read off the code.
    """
    if program.adapter is not None:
        return None
    functions = {f.name: f for u in program.units for f in _functions(u.source)}
    forward = functions.get(program.convention.forward)
    backward = functions.get(program.convention.backward)
    if forward is None or backward is None:
        return None
    put, taken = _put(forward), _taken(backward)
    if put == taken or sorted(put) != sorted(taken) or len(set(put)) < len(put):
        return None
    values = {"put": ", ".join(put), "taken": ", ".join(taken)}
    return Message(id="reading.cache_order", values=values)


def _functions(source: str) -> Iterator[Function]:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return
    yield from (n for n in tree.body if isinstance(n, ast.FunctionDef))


def _put(forward: Function) -> list[str]:
    """Return the names of the one tuple that forward returns as its cache, or none."""
    caches = [
        node.value.elts[1]
        for node in ast.walk(forward)
        if isinstance(node, ast.Return)
        and isinstance(node.value, ast.Tuple)
        and len(node.value.elts) == 2  # noqa: PLR2004 (out and cache)
    ]
    if len(caches) != 1:
        return []
    (cache,) = caches
    if isinstance(cache, ast.Name):
        given = [value for name, value in _assigned(forward) if name == cache.id]
        return _names(given[0]) if len(given) == 1 else []
    return _names(cache)


def _taken(backward: Function) -> list[str]:
    """Return the names that backward unpacks its cache into, or none."""
    arguments = [argument.arg for argument in backward.args.args]
    unpacked = [
        node.targets[0]
        for node in ast.walk(backward)
        if isinstance(node, ast.Assign)
        and len(node.targets) == 1
        and isinstance(node.value, ast.Name)
        and node.value.id == arguments[-1]
    ] if arguments else []  # fmt: skip
    return _names(unpacked[0]) if len(unpacked) == 1 else []


def _assigned(function: Function) -> Iterator[tuple[str, ast.expr]]:
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    yield target.id, node.value


def _names(several: ast.expr) -> list[str]:
    if not isinstance(several, ast.Tuple | ast.List):
        return []
    names = [part.id for part in several.elts if isinstance(part, ast.Name)]
    return names if len(names) == len(several.elts) else []
