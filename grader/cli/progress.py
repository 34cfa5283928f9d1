"""Show how far a batch is and when it will be done, where somebody is looking."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from grader.reports.foreign import visible_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console
    from rich.progress import Progress

    from grader.batch import grade


@contextmanager
def bar(console: Console, *, total: int) -> Iterator[Callable[[grade.Progress], None]]:
    """Yield what a batch calls when it has begun, and after each submission.

    Silent in a pipe or a file. The bar has a thread of its own, so that it must not be
    there before the batch has forked its processes.
    """
    if not console.is_terminal or not total:
        yield _show_nothing
        return
    shown = _bar(console)
    task = shown.add_task("", total=total)

    def watch(progress: grade.Progress) -> None:
        shown.start()  # or goes on
        name = "" if progress.entry is None else visible_line(progress.entry.shown)
        shown.update(task, completed=progress.done, description=name)

    try:
        yield watch
    finally:
        shown.stop()


def _show_nothing(progress: grade.Progress) -> None:
    """Be called, and show nothing."""


def _bar(console: Console) -> Progress:
    from rich.progress import (  # noqa: PLC0415 (where nobody looks, nobody waits for it)
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    return Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("about"),
        TimeRemainingColumn(),
        TextColumn("left  {task.description}", markup=False),
        console=console,
        transient=True,
    )
