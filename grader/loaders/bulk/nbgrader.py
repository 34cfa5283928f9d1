"""Read nbgrader's collected folder: `submitted/<student>/<assignment>/<notebook>`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.loaders.bulk.records import HandedIn, LooseFile
from grader.report import Identity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

COLLECTED: Final = "submitted"


def submissions(students: Sequence[Path]) -> Iterator[HandedIn]:
    """Yield a submission for every student and assignment."""
    for student in students:
        if not student.is_dir() or student.is_symlink():
            continue
        assignments = [path for path in sorted(student.iterdir()) if path.is_dir()]
        for path in assignments:
            several = len(assignments) > 1
            row = f"{student.name}/{path.name}" if several else student.name
            identity = Identity(
                submission=row, student=student.name, platform_id=student.name
            )
            given = f"{COLLECTED}/{student.name}/{path.name}"
            collected = LooseFile(name="", path=path, given=given)
            yield HandedIn(identity=identity, files=(collected,))
