"""Say in what the kernel and what is handed in differ, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.notebook.saved import CELLS
from grader.records import Message, MessageValue
from grader.report import Outcome
from grader.reports import wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.notebook.drift import Drift
    from grader.notebook.saved import Saved
    from grader.report import Report


def differences(
    here: Report | None, there: Report, *, drift: Drift, saved: Saved
) -> Iterator[Message]:
    """Yield the reasons first that a reader can do something about.

    `here` is None where nothing was run in this kernel.
    """
    known = list(_known(here, there, drift, saved))
    yield from known
    if here is None or here.score is None or there.score is None:
        return
    if here.score == there.score:
        return
    scores: dict[str, MessageValue] = {
        "here": wording.out_of(here.score, here.max_score),
        "there": wording.out_of(there.score, there.max_score),
    }
    if here.score < there.score:
        yield Message(
            id="notebook.better_there", values={**scores, "file": _place(saved)}
        )
    elif not drift.only_here:
        why = _first(there)
        name = "notebook.worse_there_because" if why else "notebook.worse_there"
        yield Message(id=name, values={**scores, **({"why": why} if why else {})})


def _known(
    here: Report | None, there: Report, drift: Drift, saved: Saved
) -> Iterator[Message]:
    if drift.only_here and _is_worse(here, there):
        several = "s" if len(drift.only_here) > 1 else ""
        values: dict[str, MessageValue] = {
            "names": _listed(drift.only_here),
            "file": _place(saved),
        }
        yield Message(id=f"notebook.only_here{several}", values=values)
    for file in drift.changed:
        yield Message(id="notebook.changed", values={"file": file})
    if drift.unsaved:
        yield Message(
            id="notebook.unsaved",
            values={"file": _place(saved), "names": _listed(drift.unsaved)},
        )


def _place(saved: Saved) -> str | Message:
    """Return the file's name; of cells nobody knows the file of, that they are here."""
    return Message(id="notebook.this") if saved.name == CELLS else saved.name


def _is_worse(here: Report | None, there: Report) -> bool:
    """Whether what is handed in earns less than what runs here."""
    if there.outcome is Outcome.UNREADABLE:
        return True
    if here is None or here.score is None or there.score is None:
        return False
    return there.score < here.score


def _first(report: Report) -> Message | None:
    """Return the sentence that says best why points are lost."""
    told = [message for e in report.exercises for message in e.summary]
    return wording.reason(report) or next(iter(told), None)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
