"""Consoles: where results go, and where everything else goes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console


def results() -> Console:
    """Return the console of standard output; rich honours NO_COLOR and pipes."""
    from rich.console import Console  # noqa: PLC0415 (a piped format needs none)

    return Console(file=sys.stdout, highlight=False, markup=False, emoji=False)


def say_names(what: str, names: Sequence[str]) -> None:
    """Remark on these names, if there are any."""
    from grader.reports.foreign import visible_line  # noqa: PLC0415 (the same)

    if names:
        listed = ", ".join(map(repr, names))
        remarks().print(visible_line(f"{what}: {listed}"))


def remarks() -> Console:
    """Return the console of standard error: progress, warnings, paths."""
    from rich.console import Console  # noqa: PLC0415 (the same)

    return Console(
        file=sys.stderr, highlight=False, markup=False, emoji=False, soft_wrap=True
    )


def plural(count: int) -> str:
    """Return what a noun ends in after that number."""
    return "" if count == 1 else "s"
