"""Processes that are forked grade with what their parent has opened."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.batch.processes import may_fork

if sys.platform != "linux":
    pytest.skip("processes are forked on Linux only", allow_module_level=True)

EXAMPLES = Path(__file__).parents[2] / "submissions"
GRADE = """
import pathlib, sys
from grader.assignment import DEFAULT
from grader.batch import corpora, pool, processes, records, work
from grader.isolation.choose import open_sandbox
from grader.loaders.bulk import HandedIn
from grader.report import Identity

built = corpora.build(DEFAULT, seed=4)
setup = records.Setup(assignment=DEFAULT, seed=4, corpus=corpora.digest(built))
tasks = [
    records.Task(
        setup=setup,
        handed_in=HandedIn(identity=Identity(submission=name), path=pathlib.Path(name)),
        file="f",
        key="k",
    )
    for name in sys.argv[1:]
]
sandbox = open_sandbox()
work.open_sandbox = None
with work.shared(setup, built, sandbox, pages=records.Pages.ALL):
    endings = pool.run(tasks, work.grade, pool=processes.Processes(jobs=2))
    print(*(ending.value.entry.score for ending in endings))
sandbox.close()
print(len(work._SETTINGS))
"""
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def told(code: str, *arguments: str) -> list[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, **ONE_THREAD},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()


def test_forked_processes_open_no_sandbox_of_their_own() -> None:
    right = str(EXAMPLES / "correct_im2col.py")
    assert told(GRADE, *[right] * 4) == [*["100.0"] * 4, "0"]


THREADED = """
import threading
from grader.batch.processes import Processes, may_fork
print(may_fork())
end = threading.Event()
threading.Thread(target=end.wait).start()
print(may_fork())
end.set()
"""


def test_nothing_is_forked_beside_a_thread() -> None:
    assert told(THREADED) == ["True", "False"]
    assert may_fork() in {True, False}
