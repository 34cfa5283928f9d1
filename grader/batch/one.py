"""Grade one submission that is in memory: for platforms that give each a container."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from grader import session
from grader.assignment import DEFAULT, Assignment, load_assignment
from grader.batch import corpora, work
from grader.batch.records import Setup
from grader.report import Identity

if TYPE_CHECKING:
    from grader.report import Report


def grade_one(
    content: bytes,
    assignment: Assignment | Path | str | None = None,
    *,
    name: str = "",
    seed: int | None = None,
) -> Report:
    """Return the report of one submission: a Python file, a notebook or an archive.

    The report has everything in it; `grader.reports` renders it. The sandbox stays
    open for the next call of the same process, which must come after this one. No
    results folder is written, and whatever the bytes are there is a report.

    Args:
        content: The file as it was handed in.
        assignment: What `grader.assignment` made, or where the assignment.toml lies;
            without it, conv2d with its defaults.
        name: What the file is called in sentences; blank: by what it is.
        seed: Of the data, the same for everyone who is to be compared; without it,
            the assignment's, else one that is drawn once a process.

    Raises:
        UsageError: the assignment is wrong, or isolation is weaker than it requires.
        TypeError: the content is not bytes.
    """
    if not isinstance(content, bytes):
        raise TypeError(f"content is {type(content).__name__!r}, wanted bytes")
    known = _known(assignment)
    setting = work.setting_of(_setup(known, seed))
    called = name or _called(content)
    identity = Identity(submission=called)
    return session.grade_bytes(called, content, setting, identity=identity)


def _known(assignment: Assignment | Path | str | None) -> Assignment:
    if assignment is None:
        return DEFAULT
    if isinstance(assignment, Assignment):
        return assignment
    return load_assignment(Path(assignment))


def _setup(assignment: Assignment, seed: int | None) -> Setup:
    chosen = assignment.seed if seed is None else seed
    if chosen is None:
        chosen = _drawn()
    built = corpora.build(assignment, seed=chosen)
    digest = corpora.digest(built)
    return Setup(
        assignment=assignment, seed=chosen, corpus=digest, tier=assignment.tier
    )


@cache
def _drawn() -> int:
    """Return one fresh seed: with another for each call, none could be compared."""
    return corpora.fresh_seed()


def _called(content: bytes) -> str:
    """Return a name with the ending of what this is; archives are seen anyway."""
    is_notebook = content.lstrip().startswith(b"{") and b'"nbformat"' in content
    return "notebook.ipynb" if is_notebook else "layers.py"
