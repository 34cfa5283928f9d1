"""Property-based tests and grading for student NumPy layers.

`conv_cases` is the strategy of valid convolutions, for properties of your own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.exercises.conv2d.strategy import conv_cases

__all__ = ["conv_cases"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 (what a module holds can be anything)
    """Import a public name when it is asked for: Hypothesis is slow to import."""
    if name == "conv_cases":
        from grader.exercises.conv2d.strategy import conv_cases  # noqa: PLC0415

        return conv_cases
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
