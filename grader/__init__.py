"""Property-based tests and grading for student NumPy layers.

`check` checks a layer in a notebook; `%load_ext grader` brings it as `%grade`.
`conv_cases` is the strategy of valid convolutions, for properties of your own.
`grade_one` grades one submission that is in memory, and writes nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from grader.batch.one import grade_one
    from grader.exercises.conv2d.strategy import conv_cases
    from grader.notebook.check import check
    from grader.notebook.magic import load_ipython_extension

__all__ = ["check", "conv_cases", "grade_one", "load_ipython_extension"]

#: Public name -> the module that has it. All of them are slow to import.
HOMES: Final = {
    "check": "grader.notebook.check",
    "conv_cases": "grader.exercises.conv2d.strategy",
    "grade_one": "grader.batch.one",
    "load_ipython_extension": "grader.notebook.magic",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 (what a module holds can be anything)
    """Import a public name when it is asked for."""
    if name in HOMES:
        return getattr(import_module(HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
