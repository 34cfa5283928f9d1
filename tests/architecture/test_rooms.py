"""Rooms stay small and are named for what is in them."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = sorted(
    path for folder in ("grader", "reference") for path in (ROOT / folder).rglob("*.py")
)
EVERYTHING_DRAWERS = {"utils", "util", "helpers", "helper", "manager", "data", "common"}


# A test for all files and not one for each: a thousand tests take longer than they.
def names(paths: Iterable[Path]) -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in paths]


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def test_a_file_has_at_most_300_lines() -> None:
    long = (p for p in SOURCES if len(p.read_text("utf-8").splitlines()) > 300)
    assert names(long) == []


def test_a_function_has_at_most_30_lines() -> None:
    too_long = [
        f"{path.name}: {node.name} has {lines_of(node)}"
        for path in SOURCES
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and lines_of(node) > 30
    ]
    assert too_long == []


def lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of code; the docstring is the contract and may be as long as it needs."""
    assert node.end_lineno is not None
    docstring = node.body[0] if ast.get_docstring(node) else None
    told = (docstring.end_lineno or 0) - docstring.lineno + 1 if docstring else 0
    return node.end_lineno - node.lineno + 1 - told


def test_a_file_opens_with_one_sentence_about_its_job() -> None:
    told = {path: ast.get_docstring(parsed(path)) or "" for path in SOURCES}
    silent = (p for p in SOURCES if not told[p].split("\n\n")[0].rstrip().endswith("."))
    assert names(silent) == []


def test_no_module_is_a_drawer_for_everything() -> None:
    assert [path for path in SOURCES if path.stem in EVERYTHING_DRAWERS] == []
