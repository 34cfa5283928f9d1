"""Grade one task in a process of its own, whose sandbox and corpora stay for the next.

This is the function that executors run, here or on a cluster.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader import session
from grader.batch import corpora, entries, keys, overrides, processes
from grader.isolation.choose import open_sandbox
from grader.report import Identity

if TYPE_CHECKING:
    from grader.batch.records import Done, Setup, Task

#: By the key of the setup; a process of a cluster may serve several batches.
_SETTINGS: Final[dict[str, session.Setting]] = {}


def grade(task: Task) -> Done:
    """Grade one submission and write all of its texts; nothing is put on disk."""
    identity = Identity(submission=task.name)
    report = session.grade_path(
        Path(task.path), _setting(task.setup), identity=identity
    )
    stamped = replace(
        report,
        identity=replace(report.identity, submission=task.name),
        provenance=replace(report.provenance, key=task.key),
    )
    return entries.done(
        overrides.apply(stamped, task.overrides),
        file=task.file,
        feedback=task.setup.assignment.feedback,
    )


def _setting(setup: Setup) -> session.Setting:
    known = keys.key(setup, "")
    if known not in _SETTINGS:
        sandbox = open_sandbox(setup.tier)
        processes.at_exit(sandbox.close)
        _SETTINGS[known] = session.Setting(
            assignment=setup.assignment,
            corpora=corpora.build(setup.assignment, seed=setup.seed),
            sandbox=sandbox,
            seed=setup.seed,
            corpus_digest=setup.corpus,
        )
    return _SETTINGS[known]
