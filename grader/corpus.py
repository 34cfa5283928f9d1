"""Fill the published cases from one seed and hold the oracle's answers beside them.

Fixed shapes, fresh data: everyone in a batch is graded on the same corpus, and a
corpus is replayed from its seed alone.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.calls import Array
    from grader.exercise import Answer, Domain, Exercise
    from grader.records import Case

Data: TypeAlias = Literal["lattice", "real"]

#: The smallest step of an answer on lattice data is 1/256; the worst honest error
#: (FFT) is below 1e-12.
LATTICE_TOLERANCE: Final = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSet:
    """One filling of a case's arrays, the right answer, and how far off is honest.

    `elementwise` bounds every number of a tensor. `normwise`, where there is one,
    bounds the norm of the whole error instead, for programs (FFT) that honestly
    cannot meet the first.
    """

    arrays: Mapping[str, Array]
    dout: Array
    expected: Answer
    elementwise: Mapping[str, Array]
    normwise: Mapping[str, Array]

    def tensor(self, name: str) -> Array:
        """Return the expected out or gradient of this name."""
        return self.expected.out if name == "out" else self.expected.gradients[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A case with its options and its two opposing data sets."""

    case: Case
    seed: int
    options: Mapping[str, int] | None
    first: DataSet
    second: DataSet


@dataclass(frozen=True, kw_only=True, eq=False)
class Corpus:
    """Everything that a batch is graded on for one exercise; itself, not its equal."""

    exercise: Exercise
    domain: Domain
    seed: int
    data: Data
    entries: tuple[Entry, ...]

    @cached_property
    def digest(self) -> str:
        """SHA-256 of what decides the data: exercise, cases, kind of data and seed."""
        return hashlib.sha256(json.dumps(self.identity).encode()).hexdigest()

    @property
    def identity(self) -> dict[str, object]:
        """What must be the same for two corpora to be the same, as plain JSON."""
        return {
            "exercise": self.exercise.name,
            "seed": self.seed,
            "data": self.data,
            "remainder": self.domain.remainder,
            "flags": sorted(self.domain.flags),
            "allowed": {k: sorted(v) for k, v in sorted(self.domain.allowed.items())},
            "cases": {e.case.name: dict(e.case.axes) for e in self.entries},
        }


def build(exercise: Exercise, domain: Domain, *, seed: int, data: Data) -> Corpus:
    """Fill every published case of the exercise's domain from the seed."""
    entries = tuple(
        pose(exercise, case, seed=case_seed(case, seed=seed), data=data)
        for case in exercise.published(domain)
    )
    return Corpus(
        exercise=exercise, domain=domain, seed=seed, data=data, entries=entries
    )


def case_seed(case: Case, *, seed: int) -> int:
    """Return the fill seed (64 bits) of one case in a corpus of this seed."""
    digest = hashlib.sha256(f"{seed}/{case.name}".encode()).digest()
    return int.from_bytes(digest[:8], "little")


def pose(exercise: Exercise, case: Case, *, seed: int, data: Data = "lattice") -> Entry:
    """Fill one case from a seed and ask the oracle.

    With real data only the first data set is real. The second stays on the lattice,
    so that what is caught there (rounding, a factor 1 + 1e-6) is caught all the same.
    """
    options = exercise.options(case.axes) if exercise.options_name else None
    first, second = exercise.fill(case.axes, seed)
    lattice = _on_lattice(exercise, second, options)
    if data == "real" and exercise.real is not None:
        real = exercise.real.fill(case.axes, seed)[0]
        return Entry(
            case=case,
            seed=seed,
            options=options,
            first=_on_reals(exercise, real, options),
            second=lattice,
        )
    return Entry(
        case=case,
        seed=seed,
        options=options,
        first=_on_lattice(exercise, first, options),
        second=lattice,
    )


def pose_with(
    exercise: Exercise, case: Case, filled: Mapping[str, Array], *, seed: int
) -> Entry:
    """Pose a case with these arrays (and "dout"), for which sums are exact."""
    options = exercise.options(case.axes) if exercise.options_name else None
    data = _on_lattice(exercise, filled, options)
    return Entry(case=case, seed=seed, options=options, first=data, second=data)


def _on_lattice(
    exercise: Exercise, filled: Mapping[str, Array], options: Mapping[str, int] | None
) -> DataSet:
    tolerance = np.float64(LATTICE_TOLERANCE)
    return _data_set(
        exercise,
        filled,
        options,
        elementwise=dict.fromkeys(("out", *exercise.gradients), np.asarray(tolerance)),
        normwise={},
    )


def _on_reals(
    exercise: Exercise, filled: Mapping[str, Array], options: Mapping[str, int] | None
) -> DataSet:
    if exercise.real is None:
        raise ValueError(f"exercise {exercise.name!r} has no bounds for real data")
    arrays = {name: filled[name] for name in exercise.arrays}
    known = options or {}
    return _data_set(
        exercise,
        filled,
        options,
        elementwise=exercise.real.elementwise(arrays, known, filled["dout"]),
        normwise=exercise.real.normwise(arrays, known, filled["dout"]),
    )


def _data_set(
    exercise: Exercise,
    filled: Mapping[str, Array],
    options: Mapping[str, int] | None,
    *,
    elementwise: Mapping[str, Array],
    normwise: Mapping[str, Array],
) -> DataSet:
    arrays = {name: filled[name] for name in exercise.arrays}
    return DataSet(
        arrays=arrays,
        dout=filled["dout"],
        expected=exercise.oracle(arrays, options or {}, filled["dout"]),
        elementwise=elementwise,
        normwise=normwise,
    )
