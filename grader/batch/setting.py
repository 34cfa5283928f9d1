"""Open what submissions are graded with, one after another: sandbox and corpora."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from grader import session
from grader.batch import corpora
from grader.isolation.choose import open_sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.assignment import Assignment
    from grader.corpus import Corpus


@contextmanager
def opened(
    assignment: Assignment, *, seed: int, built: tuple[Corpus, ...]
) -> Iterator[session.Setting]:
    """Yield the setting for these corpora of this seed; its sandbox ends with it.

    Raises:
        UsageError: isolation is weaker than the assignment requires.
    """
    sandbox = open_sandbox(assignment.tier)
    try:
        yield session.Setting(
            assignment=assignment,
            corpora=built,
            sandbox=sandbox,
            seed=seed,
            corpus_digest=corpora.digest(built),
        )
    finally:
        sandbox.close()
