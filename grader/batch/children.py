"""Run tasks in child processes of a cluster's worker, and survive their deaths.

A task that ends its process must not end the worker: others wait in there, and would be
blamed. A worker may also run several threads, which cannot share one sandbox.
"""

from __future__ import annotations

import atexit
import os
import pickle
import subprocess
import sys
from collections import deque
from typing import Any, Final

from grader.batch.pool import MOST_DEATHS, EndedError, MismatchError
from grader.batch.undecided import running_version

#: Children without work; taking one and giving it back is safe in every thread.
_IDLE: Final[deque[Child]] = deque()


class ChildDiedError(Exception):
    """The child is gone, and with it what it was asked."""


class Child:
    """One process that answers one question at a time."""

    def __init__(self) -> None:
        # What this process can import, the child can: as multiprocessing has it.
        path = os.pathsep.join(filter(None, sys.path))
        self._process = subprocess.Popen(
            # -P: a folder called grader where the worker was started is not ours.
            [sys.executable, "-P", "-m", "grader.batch.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
        )

    def ask(self, job: bytes) -> tuple[bool, Any]:
        """Return whether the call returned, and what, pickled; else what it raised.

        Raises:
            ChildDiedError: it has ended instead.
        """
        questions, answers = self._process.stdin, self._process.stdout
        assert questions is not None  # noqa: S101 (they are pipes)
        assert answers is not None  # noqa: S101 (the same)
        try:
            pickle.dump(job, questions)  # as bytes, which end where they say
            questions.flush()
            told: tuple[bool, Any] = pickle.load(answers)  # noqa: S301 (our own child)
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            self.close()
            raise ChildDiedError from error
        return told

    def close(self) -> None:
        """End it at once."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:  # what was not read yet is lost with it
                    continue
        self._process.wait()


def run(version: str, job: bytes) -> bytes:
    """Do a pickled job of that version's in a child, and return its value, pickled.

    Raises:
        EndedError: it has ended child after child.
        MismatchError: another version runs here.
    """
    if version != running_version():
        raise MismatchError(mismatch("this worker", found=running_version()))
    for _ in range(MOST_DEATHS):
        child = _IDLE.pop() if _IDLE else Child()
        try:
            returned, value = child.ask(job)
        except ChildDiedError:
            continue
        _IDLE.append(child)
        if not returned:
            raise value
        answer: bytes = value
        return answer
    raise EndedError


def mismatch(worker: str, *, found: str) -> str:
    """Return the sentence for a worker on which another convgrade, or none, runs."""
    return f"{worker} has convgrade {found}, wanted the version of this machine on all"


@atexit.register
def close_all() -> None:
    """End the children that have nothing to do."""
    while _IDLE:
        _IDLE.pop().close()
