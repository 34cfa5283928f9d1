"""Write a new repository, never over anything that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.batch import files
from grader.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from grader.course.archive import File

SHOWN: Final = 5


def write_new(folder: Path, wanted: Sequence[File]) -> None:
    """Write all files, or none if one of them is there already.

    Raises:
        UsageError: a file exists, or the folder cannot be written.
    """
    taken = [file.path for file in wanted if _is_there(folder / file.path)]
    if taken:
        more = f" and {len(taken) - SHOWN} more" if len(taken) > SHOWN else ""
        listed = ", ".join(map(repr, taken[:SHOWN]))
        raise UsageError(
            f"{str(folder)!r} already has {listed}{more}; nothing was written, "
            "wanted a folder without them"
        )
    for file in wanted:
        path = folder / file.path
        files.make_folder(path.parent)
        files.write_whole(path, file.content)


def _is_there(path: Path) -> bool:
    """A link that leads nowhere is there, too."""
    return path.is_symlink() or path.exists()
