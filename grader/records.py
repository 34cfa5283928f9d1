"""The frozen records that one stage hands to the next."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 (pydantic reads the annotations)
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias, Union

Shape: TypeAlias = tuple[int, ...]
#: A message may show another one, such as the words for a condition.
MessageValue: TypeAlias = Union[str, int, float, "Message"]


class Status(StrEnum):
    """What a check concluded; undecided is the grader's fault and costs nothing."""

    PASSED = "passed"
    FAILED = "failed"
    UNDECIDED = "undecided"


class Tier(StrEnum):
    """How strong the isolation is, as a canary observed it."""

    STRONG = "strong"
    MEDIUM = "medium"
    WEAK = "weak"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One whole sentence by the id of its template, with the values it shows."""

    id: str
    values: Mapping[str, MessageValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One input to one exercise, as sizes; arrays are filled from a seed later.

    `axes` holds every number that defines the case, in the exercise's own letters
    (conv2d: N, C, H, W, F, HH, WW, stride, pad); shapes and options follow from them.
    """

    name: str
    axes: Mapping[str, int]
    regime: str
    role: str
    tags: frozenset[str] = frozenset()
    fill_seed: int = 0  # of a drawn case; a published one gets it from the corpus


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What one criterion concluded on one case."""

    criterion: str
    case: str
    status: Status
    message: Message | None = None
    follow_through: bool = False  # the adjoint, not the reference, gave the points


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A piece of source text and the name that its line numbers belong to.

    Lines keep the numbers they have in the student's file: what a slice leaves out
    is replaced by empty lines.
    """

    name: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """A module of the submission itself that its functions import."""

    dotted_name: str
    unit: Unit
    is_package: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Convention:
    """How the submission's functions are named and called.

    `forward` and `backward` are dotted names in the program's namespace.
    `arguments` is the order in which forward takes its arrays and its options, in
    the exercise's own names; `keywords` maps such a name to the student's name for
    it where it is passed by keyword. `option_names` renames the keys of the options.
    `arrays` are the exercise's arrays in its own order, in which requests list them;
    left empty, it is the order of `arguments`, whose last name is then the options'.
    """

    forward: str
    backward: str
    arguments: tuple[str, ...]
    keywords: Mapping[str, str] = field(default_factory=dict)
    option_names: Mapping[str, str] = field(default_factory=dict)
    arrays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """What a worker runs: units in order in one namespace, and their modules.

    The adapter defines `forward(student, *arguments)` and
    `backward(student, dout, cache)`; `student` is the module that the units ran in,
    and the arguments come in the exercise's own order and names.
    """

    units: tuple[Unit, ...]
    convention: Convention
    modules: tuple[Module, ...] = ()
    adapter: Unit | None = None
    allowed_imports: frozenset[str] | None = None  # None: NumPy and the stdlib
    package: str = ""  # where the units' own relative imports start


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a submission may use; seconds of CPU, wall time at five times that."""

    call_seconds: float = 1.0
    submission_seconds: float = 60.0
    memory_mb: int = 1024
