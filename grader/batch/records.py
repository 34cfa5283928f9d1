"""What the parts of a batch hand to one another; all of it can be pickled."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.assignment import Assignment
    from grader.batch.overrides import Override
    from grader.loaders.bulk import HandedIn
    from grader.records import Tier
    from grader.report import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What every submission of a batch is graded with."""

    assignment: Assignment
    seed: int
    corpus: str  # digest
    tier: Tier | None = None  # the weakest that will do


class Pages(StrEnum):
    """Which pages of single submissions are written; their reports always are."""

    ALL = "all"
    STUDENTS = "students"
    STAFF = "staff"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One submission to be graded."""

    setup: Setup
    handed_in: HandedIn
    file: str  # the name of its files, without suffix
    key: str
    overrides: tuple[Override, ...] = ()
    pseudonym: str = ""  # in place of every name; blank: names are shown
    pages: Pages = Pages.ALL
    twins: tuple[Task, ...] = ()  # the same files, to be graded once

    @property
    def name(self) -> str:
        """The name of its row."""
        return self.handed_in.identity.submission


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a results folder holds about one submission."""

    name: str
    file: str
    key: str
    outcome: Outcome
    score: float | None
    max_score: float
    version: str  # of convgrade
    seed: int
    corpus: str  # digest
    row: tuple[tuple[str, str], ...]  # of grades.csv

    @property
    def shown(self) -> str:
        """What the folder calls it: its name, or its pseudonym."""
        return dict(self.row)["submission"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A graded submission: its entry, and its files by their place in the folder."""

    entry: Entry
    files: tuple[tuple[str, bytes], ...]
    twins: tuple[Done, ...] = ()  # of the task's twins
