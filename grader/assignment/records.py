"""The frozen records of an assignment, with every default.

Tables of the file are validated by pydantic from these annotations; nothing here
imports it, so that a run without an assignment file pays nothing.
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 (pydantic reads the annotations)
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Literal, TypeAlias

from annotated_types import Ge, Gt, MinLen

from grader.exercise import Domain, Exercise
from grader.exercises import DEFAULT as DEFAULT_LAYER
from grader.exercises import load_exercise
from grader.records import Convention, Limits, Unit

if TYPE_CHECKING:
    from grader.records import Tier

STRICT: Final[dict[str, Any]] = {
    "extra": "forbid",
    "strict": True,
    "allow_inf_nan": False,
}

Name: TypeAlias = Annotated[str, MinLen(1)]
Amount: TypeAlias = Annotated[float, Ge(0)]
Positive: TypeAlias = Annotated[float, Gt(0)]
Count: TypeAlias = Annotated[int, Ge(0)]


@dataclass(frozen=True, slots=True, kw_only=True)
class GradedExercise:
    """One `[[exercise]]`: which layer, and how it is called, graded and searched.

    What is None or empty is as the exercise itself says.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    layer: Name = DEFAULT_LAYER  # one of ours, or "my_layers:NAME" beside the file
    name: str = ""  # in reports; blank: the layer's
    forward: Name | None = None
    backward: Name | None = None
    arguments: tuple[Name, ...] = ()  # the exercise's names, in the student's order
    keywords: Mapping[str, Name] = field(default_factory=dict)  # passed by this name
    option_names: Mapping[str, Name] = field(default_factory=dict)
    adapter: Name | None = None  # a .py beside the file, or the name of a shipped one
    remainder: Literal["never", "floor"] = "never"
    partial: Literal["regimes", "all"] = "regimes"
    follow_through: bool = True
    search: Count = 0
    search_costs: bool = False
    data: Literal["lattice", "real"] = "lattice"
    points_step: Positive = 1.0
    domain: Mapping[str, object] = field(default_factory=dict)  # flags and lists
    points: Mapping[str, Amount] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What reports call it."""
        return self.name or self.layer.rpartition(":")[2]

    def convention_for(self, exercise: Exercise) -> Convention:
        """Return how the submission's functions are named and called."""
        documented = exercise.arrays
        if exercise.options_name is not None:
            documented = (*documented, exercise.options_name)
        return Convention(
            forward=self.forward or exercise.forward,
            backward=self.backward or exercise.backward,
            arguments=self.arguments or documented,
            arrays=exercise.arrays,
            keywords=self.keywords,
            option_names=self.option_names,
        )

    def domain_for(self, exercise: Exercise) -> Domain:
        """Return the contract: a list restricts an axis, a true name is a flag."""
        return Domain(
            remainder=self.remainder,
            flags=frozenset(
                name for name, value in self.domain.items() if value is True
            ),
            allowed={
                axis_of(name, exercise): frozenset(value)
                for name, value in self.domain.items()
                if isinstance(value, (list, tuple))
            },
        )

    def points_for(self, exercise: Exercise) -> dict[str, float]:
        """Return the points of every criterion, in the exercise's order."""
        return {
            criterion.name: float(self.points.get(criterion.name, criterion.points))
            for criterion in exercise.criteria
        }


def axis_of(name: str, exercise: Exercise) -> str:
    """Return the axis that a domain's list restricts; `strides` is `stride`."""
    singular = name.removesuffix("s")
    return singular if name not in exercise.axes and singular in exercise.axes else name


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the students' code may use, found by reading it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    allowed_imports: tuple[Name, ...] | None = None  # None: NumPy and the stdlib
    forbidden: tuple[Name, ...] = ()  # names, dotted or not, such as np.convolve


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What a student's page shows beside the score; never what is graded."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    language: Literal["en", "ko"] = "en"
    boundaries: bool = True
    counterexamples: bool = True
    diagnosis: bool = True
    footprint: bool = True
    output: bool = True  # what the program printed, to its own student
    messages: Mapping[str, str] = field(default_factory=dict)  # own sentences, by id


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """The whole file, with the files that it names read into it."""

    name: str = ""
    file: str = ""  # pattern of the file to grade, such as layers.py; blank: found
    seed: int | None = None  # None: fresh in every run
    exercises: tuple[GradedExercise, ...] = (GradedExercise(),)
    provided: tuple[Unit, ...] = ()  # laid over every submission
    adapters: Mapping[str, Unit] = field(default_factory=dict)
    layers: Mapping[str, Unit] = field(default_factory=dict)  # the instructor's own
    rules: Rules = field(default_factory=Rules)
    limits: Limits = field(default_factory=Limits)
    tier: Tier | None = None  # fail closed below it
    same_code: bool = False  # the staff's report of functions that are the same
    feedback: Feedback = field(default_factory=Feedback)
    path: str = ""
    digest: str = ""  # SHA-256 of the file and of the files it names

    def adapter_of(self, graded: GradedExercise) -> Unit | None:
        """Return the source of the exercise's adapter, if it has one."""
        return None if graded.adapter is None else self.adapters[graded.adapter]

    def exercise_of(self, graded: GradedExercise) -> Exercise:
        """Return the layer that is graded, loading it only now.

        Raises:
            UsageError: there is no such layer.
        """
        own = self.layers.get(graded.layer)
        if own is None:
            return load_exercise(graded.layer)
        # It imports NumPy, which --help must not.
        from grader.exercises.own import load_own  # noqa: PLC0415

        return load_own(graded.layer, own)


DEFAULT: Final = Assignment()
