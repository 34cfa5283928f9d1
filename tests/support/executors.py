"""Pools that run tasks in this process, and work for processes of their own."""

from __future__ import annotations

import os
import pickle
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from written_reports import ENDINGS

from grader.batch import entries, overrides, processes
from grader.batch.records import Done, Task
from grader.loaders import load_handed_in


class DeadlyError(Exception):
    """What takes the whole process with it."""


class FragileExecutor(Executor):
    """Runs tasks at once, and breaks for good when one of them is deadly."""

    def __init__(self) -> None:
        self.is_broken = False

    def submit(
        self, fn: Callable[..., Any], /, *args: object, **kwargs: object
    ) -> Future[Any]:
        if self.is_broken:
            raise BrokenExecutor
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except DeadlyError:
            self.is_broken = True
            future.set_exception(BrokenExecutor())
        except Exception as error:  # noqa: BLE001 (as executors do)
            future.set_exception(error)
        return future


@dataclass
class FragilePool:
    """Counts what it starts and stops."""

    width: int = 4
    started: list[Executor] = field(default_factory=list)
    stopped: list[Executor] = field(default_factory=list)

    def start(self) -> Executor:
        self.started.append(FragileExecutor())
        return self.started[-1]

    def stop(self, executor: Executor) -> None:
        self.stopped.append(executor)


def double_or_die(number: int) -> int:
    """Work for a real process; 13 kills it."""
    if number == 13:
        os._exit(1)
    return 2 * number


def grade_by_first_word(task: Task) -> Done:
    """Grade a submission by its first word: an ending, or what goes wrong."""
    word = (task.handed_in.path or Path()).read_text("utf-8").split()[0]
    if word == "deadly":
        raise DeadlyError
    make = {make.__name__: make for make in ENDINGS}[word]
    made = make(task.name)
    known = replace(made.provenance, key=task.key, seed=task.setup.seed)
    report = overrides.apply(
        replace(made, provenance=replace(known, corpus=task.setup.corpus)),
        task.overrides,
    )
    return entries.done(
        report,
        file=task.file,
        feedback=task.setup.assignment.feedback,
        pseudonym=task.pseudonym,
        pages=task.pages,
    )


def note_and_wait(folder: str) -> None:
    """Work that says which process it is in, and does not end by itself."""
    closed = Path(folder) / "closed"
    processes.at_exit(closed.touch)
    (Path(folder) / f"{os.getpid()}.pid").touch()
    time.sleep(600)


class UnreadableError(Exception):
    """One that cannot be pickled."""

    def __reduce__(self) -> str:
        raise TypeError


def raise_unreadable(number: int) -> None:
    raise UnreadableError(number)


def say(text: str) -> int:
    """Print, which must do no harm, and return which process did."""
    print(text, flush=True)  # noqa: T201
    return os.getpid()


def read_or_die(task: Task) -> str:
    """Work for a process elsewhere, which has no file of ours."""
    assert task.handed_in.path is None
    found = load_handed_in(task.handed_in, task.setup.assignment)
    if "deadly" in found.files[0].name:
        os._exit(1)
    return found.files[0].name


def kill_the_worker(version: str, job: bytes) -> bytes:
    """Work for a cluster's own process; 13 takes it down, and who waits in it."""
    del version
    function, number = pickle.loads(job)  # noqa: S301 (our own)
    if number == 13:
        os._exit(1)
    return pickle.dumps(function(number))
