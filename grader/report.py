"""The one record of everything that is known about one submission.

Every output format is a pure function of it, and it survives a round trip through
JSON: plain numbers, strings, tuples and mappings only, arrays as nested tuples.
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 (pydantic reads the annotations)
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from grader.records import Message, Shape, Status, Tier  # noqa: TC001 (the same)

SCHEMA_VERSION: Final = 1


class Outcome(StrEnum):
    """How grading one submission ended."""

    GRADED = "graded"
    UNDECIDED = "undecided"  # our fault: a blank score, never zero
    UNREADABLE = "unreadable"  # the student's: 0 points and the reason
    MISSING = "missing"  # on the roster, nothing handed in


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who handed in what; every field but the name is blank where unknown."""

    submission: str  # the name of the row, unique in a batch
    student: str = ""
    platform_id: str = ""
    email: str = ""
    late: str = ""  # as the platform marks it: a column, never a penalty
    files: tuple[str, ...] = ()
    given: tuple[str, ...] = ()  # what a platform calls the files, if it renames them
    digest: str = ""  # SHA-256 of what was handed in


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A tensor to be drawn; `marks` flags the wrong cells, in C order."""

    name: str
    shape: Shape
    numbers: tuple[float, ...]  # NaN and infinities allowed; C order
    marks: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The numbers that one number of an answer is made of, by tensor and index.

    Each part is a product; the answer is the sum of the parts and of what is `added`
    once. Where `is_sum` is False it is only said which numbers are looked at. Indices
    count the zeros around a tensor, if the counterexample has any.
    """

    parts: tuple[tuple[tuple[str, Shape], ...], ...]
    added: tuple[tuple[str, Shape], ...] = ()
    is_sum: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterexample:
    """The smallest failing case that was found for one criterion."""

    criterion: str
    axes: Mapping[str, int]
    seed: int
    inputs: tuple[Grid, ...]
    expected: Grid
    got: Grid | None  # None where there are no numbers to show
    problem: Message
    snippet: str  # Python that reproduces it without convgrade
    calls: int  # of student code, that finding it took
    options: Mapping[str, int] = field(default_factory=dict)  # of the call
    origin: Origin | None = None  # of the first wrong number, if it is one of many
    margins: Mapping[str, int] = field(default_factory=dict)  # zeros around a tensor


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundary:
    """The simplest condition that separates the wrong cases from the right ones."""

    criterion: str
    literals: tuple[str, ...]  # empty: wrong everywhere
    exact: bool  # survived fresh cases on both sides
    message: Message
    joined: str = "and"  # or "or": what stands between the literals
    conditions: tuple[Message, ...] = ()  # the literals in words


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """A misconception that the submission equals on every case, for one tensor."""

    tensor: str
    misconception: str
    twins: tuple[str, ...]  # others that these cases cannot tell from it
    behaves_like: Message
    hint: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class FootprintRow:
    """One output pixel: which input pixels it looks at, and which it should."""

    output: Shape
    got: Grid
    expected: Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class Footprint:
    """The linear map that forward really computes, read off by one-hot images."""

    axes: Mapping[str, int]
    rows: tuple[FootprintRow, ...]
    message: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class RegimeScore:
    """How much of a criterion's share one regime earned."""

    regime: str
    status: Status
    earned: float  # 0, 0.5 or 1 of the share
    failed: tuple[str, ...] = ()  # names of the cases that failed
    cases: int = 0  # how many there are
    follow_through: bool = False  # at least one case passed only by the adjoint
    label: Message | None = None  # the kind of case in words, as the exercise names it


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionScore:
    """One line of the rubric; the points of all lines add up to the score."""

    criterion: str
    status: Status
    points: float | None  # None: undecided
    max_points: float
    regimes: tuple[RegimeScore, ...] = ()
    lines: tuple[Message, ...] = ()  # why points were lost, whole sentences
    standing: Message | None = None  # in few words, where "wrong" would not be true
    override: str = ""  # the instructor's comment, where they set the points
    automatic_points: float | None = None  # what it was before an override
    is_overridden: bool = False  # the points are the instructor's


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseReport:
    """Everything about one layer of the submission."""

    exercise: str
    criteria: tuple[CriterionScore, ...]
    summary: tuple[Message, ...] = ()  # where, what, look: what a student reads
    counterexamples: tuple[Counterexample, ...] = ()
    boundaries: tuple[Boundary, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()
    footprint: Footprint | None = None
    searched: int = 0  # Hypothesis examples beyond the corpus
    flagged: bool = False  # the search found what the corpus did not


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What is needed to see the same score again."""

    convgrade: str
    python: str
    numpy: str
    tier: Tier
    seed: int
    corpus: str  # digest
    assignment: str = ""
    assignment_digest: str = ""
    seconds: float = 0.0  # wall time of this submission
    student_seconds: float = 0.0  # CPU time inside the worker
    calls: int = 0
    key: str = ""  # digest of all that decides the points; same key, same report


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One submission's whole record."""

    identity: Identity
    outcome: Outcome
    score: float | None  # None: blank, because something stayed undecided
    max_score: float
    provenance: Provenance
    exercises: tuple[ExerciseReport, ...] = ()
    reason: Message | None = None  # why it is unreadable, undecided or missing
    notes: tuple[Message, ...] = ()  # such as "the whole file was run"
    output: str = ""  # what the submission printed; foreign text
    comments: tuple[str, ...] = ()  # the instructor's
    automatic_outcome: Outcome | None = None  # what it was before an override
    schema_version: int = SCHEMA_VERSION
