"""The two walls that import-linter cannot express: what a worker may import."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

import grader

WORKER = sorted((Path(grader.__file__).parent / "worker").rglob("*.py"))


@pytest.mark.parametrize("path", WORKER, ids=lambda path: path.name)
def test_a_worker_imports_the_standard_library_and_numpy_only(path: Path) -> None:
    allowed = {*sys.stdlib_module_names, "numpy"}
    assert set(absolute_imports(path)) <= allowed


def absolute_imports(path: Path) -> list[str]:
    """Names of top-level modules; `from . import x` stays in the folder."""
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Import(names):
                found += [alias.name.partition(".")[0] for alias in names]
            case ast.ImportFrom(str(module), level=0):
                found.append(module.partition(".")[0])
            case _:
                pass
    return found
