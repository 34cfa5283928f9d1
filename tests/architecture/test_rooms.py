"""Rooms stay small and are named for what is in them."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(
    path for folder in ("grader", "reference") for path in (ROOT / folder).rglob("*.py")
)
EVERYTHING_DRAWERS = {"utils", "util", "helpers", "helper", "manager", "data", "common"}


def names(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", SOURCES, ids=names)
def test_a_file_has_at_most_300_lines(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 300


@pytest.mark.parametrize("path", SOURCES, ids=names)
def test_a_function_has_at_most_30_lines(path: Path) -> None:
    too_long = [
        f"{node.name} has {lines_of(node)}"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
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


@pytest.mark.parametrize("path", SOURCES, ids=names)
def test_a_file_opens_with_one_sentence_about_its_job(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    assert docstring
    assert docstring.split("\n\n")[0].rstrip().endswith(".")


def test_no_module_is_a_drawer_for_everything() -> None:
    assert [path for path in SOURCES if path.stem in EVERYTHING_DRAWERS] == []
