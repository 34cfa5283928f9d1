"""Gather the assignment file and the files that it names, to be packed together."""

from __future__ import annotations

import ast
import tomllib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from grader.course.archive import File
from grader.errors import UsageError
from grader.exercises.own import file_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME: Final = "assignment.toml"


def gathered(assignment: Path) -> tuple[File, ...]:
    """Return the assignment as assignment.toml, and its files beside it.

    The assignment has been read before, so it is right and its files are there. A
    layer of the instructor's own brings the modules beside it that it imports.

    Raises:
        UsageError: a file does not lie in or below the assignment's folder.
    """
    content = assignment.read_bytes()
    raw = tomllib.loads(content.decode("utf-8-sig"))
    files = [File(path=NAME, content=content)]
    for name in dict.fromkeys(_named(raw, assignment.parent)):
        if name.startswith(("/", "\\")) or ".." in PurePosixPath(name).parts:
            raise UsageError(
                f"{assignment.name!r} names {name!r}; wanted a file in its own folder"
            )
        files.append(File(path=name, content=(assignment.parent / name).read_bytes()))
    return tuple(files)


def _named(raw: dict[str, Any], folder: Path) -> Iterator[str]:
    yield from raw.get("provided", {}).get("files", ())
    for exercise in raw.get("exercise", ()):
        adapter = exercise.get("adapter") or ""
        if adapter.endswith(".py"):
            yield adapter
        layer = file_of(exercise.get("layer", ""))
        if layer:
            yield from _with_imported(layer, folder)


def _with_imported(name: str, folder: Path) -> list[str]:
    """Return the file and what it imports from its own folder, and those in turn."""
    beside = PurePosixPath(name).parent
    found = [name]
    for each in found:  # it grows
        for module in _imported((folder / each).read_text("utf-8-sig")):
            stem = beside / module.replace(".", "/")
            for candidate in (stem.with_suffix(".py"), stem / "__init__.py"):
                path = candidate.as_posix()
                if path not in found and (folder / path).is_file():
                    found.append(path)
    return found


def _imported(source: str) -> Iterator[str]:
    """Yield the dotted names of all modules that a source may import."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                modules = [alias.name for alias in names]
            case ast.ImportFrom(module=str(module), names=names, level=0):
                modules = [module, *(f"{module}.{alias.name}" for alias in names)]
            case _:
                continue
        for name in modules:
            parts = name.split(".")
            yield from (".".join(parts[:end]) for end in range(1, len(parts) + 1))
