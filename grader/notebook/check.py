"""Check the functions of a notebook: here, and as they would be handed in."""

from __future__ import annotations

import sys
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from grader import session
from grader.assignment import DEFAULT, load_assignment
from grader.batch import corpora
from grader.errors import SandboxError, UsageError
from grader.isolation.choose import open_sandbox
from grader.notebook import alarms, compare
from grader.notebook.asked import asked
from grader.notebook.drift import Drift, drift
from grader.notebook.errors import NotebookError
from grader.notebook.hazards import WatchedSandbox
from grader.notebook.live import LiveSandbox
from grader.notebook.result import Checked
from grader.notebook.saved import CELLS, Saved, cells, saved
from grader.notebook.stand_in import stand_in
from grader.records import Message
from grader.report import Identity
from grader.session import Setting

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping, Sequence
    from os import PathLike

    from grader.assignment import Assignment
    from grader.notebook.asked import Asked
    from grader.report import Report

#: Notes that explain files: of a kernel there is no whole, and its cells run again.
NOT_HERE: Final = frozenset({"session.whole_file", "loading.note.redefined"})


def check(
    forward: Callable[..., Any] | None = None,
    backward: Callable[..., Any] | None = None,
    *,
    assignment: str | PathLike[str] | None = None,
    seed: int | None = None,
    search: int | None = None,
) -> Checked:
    """Check a layer as it will be graded, and show what is wrong.

    Without functions, those of the assignment are looked up where this is called.

    Args:
        forward: the layer's forward function.
        backward: the layer's backward function.
        assignment: path of the instructor's assignment.toml.
        seed: seed of the data; fresh in every call without it.
        search: drawn cases to try after the published ones.

    Raises:
        NotebookError: the call or the assignment is wrong.
    """
    caller = sys._getframe(1)  # noqa: SLF001 (there is no other way to its names)
    names = {**caller.f_globals, **caller.f_locals}
    path = None if assignment is None else Path(assignment)
    return check_in(
        names, (forward, backward), assignment=path, seed=seed, search=search
    )


def check_in(
    names: Mapping[str, object],
    given: tuple[object, object],
    *,
    assignment: Path | None,
    seed: int | None,
    search: int | None,
) -> Checked:
    """Check as `check` does, with the names of this namespace."""
    interrupts = alarms.Interrupts()
    try:
        known = DEFAULT if assignment is None else load_assignment(assignment)
        wanted = asked(given, known, names)
        chosen = known.seed if seed is None else seed
        seed = corpora.fresh_seed() if chosen is None else chosen
        task = _setting(wanted.assignment, interrupts, seed=seed, search=search)
        with interrupts.noted(), task as setting:
            return _checked(wanted, setting)
    except (UsageError, SandboxError) as error:
        raise NotebookError(str(error)) from None


@contextmanager
def _setting(
    assignment: Assignment,
    interrupts: alarms.Interrupts,
    *,
    seed: int,
    search: int | None,
) -> Iterator[Setting]:
    """Yield the setting for the saved source; an interrupt leaves no process."""
    built = corpora.build(assignment, seed=seed)
    with ExitStack() as stack:
        with alarms.held_back():
            sandbox = WatchedSandbox(open_sandbox(assignment.tier), interrupts)
            stack.callback(_closed, sandbox)
        yield Setting(
            assignment=assignment,
            corpora=built,
            sandbox=sandbox,
            seed=seed,
            corpus_digest=corpora.digest(built),
            search=search,
        )


def _closed(sandbox: WatchedSandbox) -> None:
    with alarms.held_back():
        sandbox.close()


def _checked(wanted: Asked, setting: Setting) -> Checked:
    """Grade what is saved first: where that hangs, the kernel is spared."""
    roots = wanted.functions
    kept = saved(roots, setting.assignment, wanted.names)
    apart = drift(roots, kept) if kept is not None else Drift()
    remarks = [_other_name(pair) for pair in wanted.official]
    if kept is not None and apart.unsaved:
        # What is saved is old; what the cells say is what will be saved.
        kept = cells(setting.assignment) or kept
    there = _graded(kept, setting)
    if there is None:
        here = _live(wanted, kept, setting, explain=True)
        remarks.append(Message(id="notebook.no_source"))
        return Checked.of(here, remarks, setting.assignment.feedback)
    is_hazardous = getattr(setting.sandbox, "is_hazardous", False)
    live = None if is_hazardous else _live(wanted, kept, setting, explain=False)
    if live is None:
        remarks.append(Message(id="notebook.not_run_here"))
    if kept is not None:
        remarks += compare.differences(live, there, drift=apart, saved=kept)
    return Checked.of(there, remarks, setting.assignment.feedback)


def _graded(kept: Saved | None, setting: Setting) -> Report | None:
    """Grade what is saved in a clean process, as it will be."""
    if kept is None:
        return None
    identity = Identity(submission=kept.name)
    if kept.refused is not None:
        return session.unreadable(identity, kept.refused, setting)
    if kept.submission is None:
        return None
    report = session.grade(kept.submission, setting)
    return _without(report, NOT_HERE) if kept.name == CELLS else report


def _live(
    wanted: Asked, kept: Saved | None, setting: Setting, *, explain: bool
) -> Report:
    """Grade the functions of this kernel, on the same cases with the same numbers."""
    live = replace(setting, sandbox=LiveSandbox(wanted.names), explain=explain)
    return _without(session.grade(stand_in(kept, setting.assignment), live), NOT_HERE)


def _without(report: Report, ids: Container[str]) -> Report:
    notes = tuple(note for note in report.notes if note.id not in ids)
    return replace(report, notes=notes)


def _other_name(pair: Sequence[str]) -> Message:
    here, official = pair
    return Message(
        id="notebook.other_name", values={"here": here, "official": official}
    )
