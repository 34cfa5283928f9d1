"""Gather the assignment file and the files that it names, to be packed together."""

from __future__ import annotations

import tomllib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from grader.course.archive import File
from grader.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME: Final = "assignment.toml"


def gathered(assignment: Path) -> tuple[File, ...]:
    """Return the assignment as assignment.toml, and its files beside it.

    The assignment has been read before, so it is right and its files are there.

    Raises:
        UsageError: a file does not lie in or below the assignment's folder.
    """
    content = assignment.read_bytes()
    raw = tomllib.loads(content.decode("utf-8-sig"))
    files = [File(path=NAME, content=content)]
    for name in dict.fromkeys(_named(raw)):
        if name.startswith(("/", "\\")) or ".." in PurePosixPath(name).parts:
            raise UsageError(
                f"{assignment.name!r} names {name!r}; wanted a file in its own folder"
            )
        files.append(File(path=name, content=(assignment.parent / name).read_bytes()))
    return tuple(files)


def _named(raw: dict[str, Any]) -> Iterator[str]:
    yield from raw.get("provided", {}).get("files", ())
    for exercise in raw.get("exercise", ()):
        adapter = exercise.get("adapter") or ""
        if adapter.endswith(".py"):
            yield adapter
        module, colon, _ = exercise.get("layer", "").partition(":")
        if colon:
            yield f"{module.replace('.', '/')}.py"
