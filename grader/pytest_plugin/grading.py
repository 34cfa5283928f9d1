"""Grade one submission at most once in this process, and not before it is asked for."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from grader import session
from grader.assignment import DEFAULT, load_assignment
from grader.batch import corpora, setting
from grader.errors import UsageError
from grader.report import Identity
from grader.reports.shown import for_student
from grader.reports.words import Words

if TYPE_CHECKING:
    from pathlib import Path

    from grader.assignment import Assignment
    from grader.corpus import Corpus
    from grader.report import Report


@dataclass(kw_only=True)
class Grading:
    """One submission, what it is graded with, and its report."""

    path: Path
    assignment: Assignment
    seed: int
    _stack: ExitStack = field(default_factory=ExitStack)

    @classmethod
    def of(cls, path: Path, *, assignment: Path | None, seed: int | None) -> Grading:
        """Read the assignment; a seed that is told comes before its own.

        Raises:
            UsageError: there is no such path, or the assignment is wrong.
        """
        if not path.exists():
            raise UsageError(f"--submission is {str(path)!r}, which does not exist")
        known = DEFAULT if assignment is None else load_assignment(assignment)
        chosen = known.seed if seed is None else seed
        return cls(
            path=path.absolute(),
            assignment=known,
            seed=corpora.fresh_seed() if chosen is None else chosen,
        )

    @cached_property
    def corpora(self) -> tuple[Corpus, ...]:
        """The published cases, filled."""
        return corpora.build(self.assignment, seed=self.seed)

    @cached_property
    def setting(self) -> session.Setting:
        """The sandbox and all else; `close` ends it.

        Raises:
            UsageError: isolation is weaker than the assignment requires.
            SandboxError: no sandbox starts.
        """
        opened = setting.opened(self.assignment, seed=self.seed, built=self.corpora)
        return self._stack.enter_context(opened)

    @cached_property
    def report(self) -> Report:
        """The report as its student may see it; raises what `setting` raises."""
        identity = Identity(submission=self.path.name)
        report = session.grade_path(
            self.path, self.setting, identity=identity, siblings=True
        )
        return for_student(report, self.assignment.feedback)

    @property
    def words(self) -> Words:
        """The instructor's language and sentences."""
        feedback = self.assignment.feedback
        return Words(language=feedback.language, own=feedback.messages)

    def close(self) -> None:
        """End the sandbox."""
        self._stack.close()
