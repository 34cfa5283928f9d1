"""Write out the kept statements of a unit, each on the lines it had."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from grader.loaders.statements import Statement

AS_SCRIPT: Final = re.compile(r"^if\s+__name__\s*==\s*(['\"])__main__\1\s*:")


def cut(
    source: str, kept: Sequence[Statement], *, instead: Mapping[int, str] | None = None
) -> str:
    """Return the source with every line left out that no kept statement needs.

    Several statements on one line are joined with "; "; lines keep their numbers.
    `instead` has statements, by line, that stand for what was left out there.
    """
    lines = source.split("\n")
    result = [""] * len(lines)
    for line, statement in (instead or {}).items():
        result[line - 1] = statement
    for node, names in _by_node(kept):
        if isinstance(node, ast.Import | ast.ImportFrom) and len(names) < len(
            node.names
        ):
            _write(result, node.lineno, [_import_of(node, names)])
        else:
            first, text = _text(node, lines)
            _write(result, first, text)
    return "\n".join(result).rstrip("\n") + "\n" if any(result) else ""


def _by_node(kept: Sequence[Statement]) -> Iterable[tuple[ast.stmt, list[ast.alias]]]:
    """Pair what stands in the file with those of its imported names that are kept."""
    names: dict[ast.stmt, list[ast.alias]] = {}
    for statement in kept:
        aliases = names.setdefault(statement.part_of, [])
        if isinstance(statement.node, ast.Import | ast.ImportFrom):
            aliases += statement.node.names
    return names.items()


def _import_of(node: ast.Import | ast.ImportFrom, names: list[ast.alias]) -> str:
    if isinstance(node, ast.Import):
        return ast.unparse(ast.Import(names=names))
    return ast.unparse(ast.ImportFrom(node.module, names, node.level))


def _text(node: ast.stmt, lines: list[str]) -> tuple[int, list[str]]:
    """Return the number of the node's first line, and its text."""
    first, column = node.lineno, node.col_offset
    decorators = getattr(node, "decorator_list", [])
    if decorators:
        first = min(first, *(each.lineno for each in decorators))
        column = 0
    last = node.end_lineno or first
    text = lines[first - 1 : last]
    # Offsets count bytes of UTF-8; the end first, because both may be on one line.
    text[-1] = text[-1].encode()[: node.end_col_offset].decode()
    text[0] = text[0].encode()[column:].decode()
    if isinstance(node, ast.If):  # kept, so what it defines is wanted here too
        text[0] = AS_SCRIPT.sub("if True:", text[0])
    return first, text


def _write(result: list[str], first: int, text: list[str]) -> None:
    for number, line in enumerate(text, start=first - 1):
        result[number] = f"{result[number]}; {line}" if result[number] else line
