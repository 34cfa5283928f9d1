"""Pack an autograder for Classroom 50: a zip for its folder of autograders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.course import filling
from grader.course.archive import File, zipped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.course.own_wheel import Wheel
    from grader.course.pins import Pins

FILES: Final = ("autograder.py", "runtime.json", "README.md")


def packed(named: Sequence[File], wheel: Wheel, pins: Pins) -> bytes:
    """Return the zip: the script, the assignment with its files, our own wheel.

    NumPy and the rest are installed in each run: Classroom 50 takes 10 MB at most.
    """
    values = {**pins.values, "WHEEL": wheel.name}
    files = [
        File(
            path=name,
            content=filling.filled(f"classroom50/{name}", values).encode("utf-8"),
        )
        for name in FILES
    ]
    return zipped([*files, *named, File(path=wheel.name, content=wheel.content)])
