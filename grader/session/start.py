"""Start a program: the slice of its file, or the whole where that falls short."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from grader.calls import Died, Loaded, Missing, Raised, TimedOut
from grader.engine import endings
from grader.errors import SubmissionError
from grader.loaders import extract, failures
from grader.records import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.assignment import Assignment, GradedExercise
    from grader.calls import Loading
    from grader.exercise import Exercise
    from grader.isolation.sandbox import Sandbox, Worker
    from grader.loaders import Extraction, Submission


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One exercise of one submission, and where it is to run."""

    submission: Submission
    assignment: Assignment
    graded: GradedExercise
    exercise: Exercise
    sandbox: Sandbox
    explain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """A worker in which the program is loaded."""

    extraction: Extraction
    worker: Worker
    is_whole: bool


@contextmanager
def start(task: Task, *, whole: bool = False) -> Iterator[Started]:
    """Load the program; where a name is missing in the slice, the whole file.

    Raises:
        SubmissionError: it cannot be cut out, or does not run to its end.
        SandboxError: the sandbox broke.
    """
    extraction = _extracted(task, whole=whole)
    with task.sandbox.open(extraction.program, task.assignment.limits) as worker:
        ending = _loaded(worker)
        if isinstance(ending, Loaded) or _is_half_there(ending):
            yield Started(extraction=extraction, worker=worker, is_whole=whole)
            return
        # What no statement seems to define may be defined while the file runs.
        helps = isinstance(ending, Missing) or (
            isinstance(ending, Raised) and failures.whole_may_help(extraction, ending)
        )
        if whole or not helps:
            raise SubmissionError(_why(ending, extraction))
    with start(task, whole=True) as started:
        yield started


def _extracted(task: Task, *, whole: bool) -> Extraction:
    cut = extract.whole if whole else extract.program
    extraction = cut(
        task.submission, task.assignment, graded=task.graded, exercise=task.exercise
    )
    if not whole:
        return extraction
    note = Message(id="session.whole_file", values={"file": extraction.file})
    return replace(extraction, notes=(*extraction.notes, note))


def _loaded(worker: Worker) -> Loading:
    """Load; a death or a time-out may be the machine's and is tried once more."""
    ending = worker.load()
    if isinstance(ending, (Died, TimedOut)):
        return worker.load()
    return ending


def _is_half_there(ending: Loading) -> bool:
    return isinstance(ending, Missing) and len(ending.names) == 1


def _why(ending: Missing | Raised | TimedOut | Died, extraction: Extraction) -> Message:
    """Say in one sentence why there is nothing to call."""
    match ending:
        case Missing(names=names):
            listed = ", ".join(names)
            values = {"file": extraction.file, "names": listed}
            return Message(id="session.missing", values=values)
        case Raised():
            known = failures.explain(extraction, ending)
            return known or _ended(ending, extraction)
        case TimedOut() | Died():
            return _ended(ending, extraction)


def _ended(ending: Raised | TimedOut | Died, extraction: Extraction) -> Message:
    told = endings.explain(ending, function=extraction.file, case="")
    return Message(id=told.id.replace("call.", "load."), values=told.values)
