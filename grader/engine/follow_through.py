"""Credit gradients that are right for the submission's own, wrong forward.

A gradient is the adjoint of the forward it belongs to: for any displacement v,
<dout, f(x + v) - f(x)> = <dx, v>. On lattice data both sides are exact, there is no
step size, and the reference has no part in it. So that this rewards a convolution
gone slightly wrong and not any consistent pair, the forward must be affine in every
argument and still look at its images the way the layer does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from grader.calls import Backward, Forward, Request, Returned
from grader.cases import Stream, lattice
from grader.engine.judge import BACKWARD_SHAPE, FORWARD_VALUE, GENERAL
from grader.engine.linear_map import marked, read_linear_map, right_linear_map
from grader.engine.results import gradient_named, out_of, shape_fault
from grader.remembering import Remembered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.calls import Array, Observation
    from grader.corpus import Corpus, Entry
    from grader.engine.attempts import Attempts
    from grader.engine.judge import Judge
    from grader.engine.protocol import CaseRun
    from grader.exercise import Exercise
    from grader.records import Message

#: Of the largest sum of the probe's terms; lattice data leaves no rounding at all.
TOLERANCE: Final = 1e-9

#: The share of output pixels that must look at their image as the layer does.
FAITHFUL: Final = 1 / 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """One argument displaced: f(a + v1), f(a + 2 v1), f(a + v2), each less f(a)."""

    argument: str
    displacements: tuple[Array, Array]
    once: Array
    twice: Array
    other: Array

    @property
    def is_affine(self) -> bool:
        """Does twice the displacement give twice the difference, and not nothing?"""
        return _near(self.twice, 2 * self.once)

    @property
    def is_felt(self) -> bool:
        """Does out depend on this argument?"""
        return bool(np.any(self.once != 0) or np.any(self.other != 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRun:
    """The submission's own out, its gradients for a dout of that shape, its probes."""

    dout: Array
    backward: Observation
    probes: Mapping[str, Probe]


@dataclass(slots=True)
class FollowThrough:
    """Decides the credit of one program; what a regime's guard found is kept."""

    judge: Judge
    corpus: Corpus
    attempts: Attempts
    _faithful: dict[str, bool] = field(default_factory=dict)

    def credited(
        self, run: CaseRun, faults: Mapping[str, Message | None]
    ) -> frozenset[str]:
        """Return the criteria that failed against the reference and hold anyway."""
        wanted = {
            c.name: c.gradient
            for c in self.corpus.exercise.criteria
            if c.gradient is not None and faults[c.name]
        }
        out = out_of(run.forward[0])
        if not wanted or faults[FORWARD_VALUE] is None or out is None:
            return frozenset()
        if out.array is None or not self._is_faithful(run.entry):
            return frozenset()
        own = self._ask(run.entry, out.array)
        if own is None or not all(p.is_affine for p in own.probes.values()):
            return frozenset()
        return self._credits(run.entry, own, wanted, faults)

    def _credits(
        self,
        entry: Entry,
        own: OwnRun,
        wanted: Mapping[str, str],
        faults: Mapping[str, Message | None],
    ) -> frozenset[str]:
        if not isinstance(own.backward, Returned):
            return frozenset()
        credited = {
            criterion
            for criterion, gradient in wanted.items()
            if self._is_adjoint(gradient, entry, own)
        }
        shapes = self.judge.gradient_shapes(own.backward, entry.first)
        if faults[BACKWARD_SHAPE] and credited and shapes is None:
            credited.add(BACKWARD_SHAPE)
        return frozenset(credited)

    def _is_adjoint(self, name: str, entry: Entry, own: OwnRun) -> bool:
        exercise = self.corpus.exercise
        probe = own.probes[exercise.gradient_of[name]]
        # An out without pixels feels nothing, and its only right gradient is zero.
        if not isinstance(own.backward, Returned) or not (
            probe.is_felt or own.dout.size == 0
        ):
            return False
        value = gradient_named(name, own.backward, exercise)
        wrong = shape_fault(name, value, entry.first.tensor(name).shape)
        if wrong or value is None or value.array is None:
            return False
        responses = (probe.once, probe.other)
        return all(
            _pairs(own.dout, response, value.array, displacement)
            for response, displacement in zip(
                responses, probe.displacements, strict=True
            )
        )

    def _is_faithful(self, entry: Entry) -> bool:
        regime = entry.case.regime
        if regime not in self._faithful:
            self._faithful[regime] = self._looks_like_the_layer(regime)
        return self._faithful[regime]

    def _looks_like_the_layer(self, regime: str) -> bool:
        share = self.corpus.exercise.faithful_share
        general = next(
            (
                e
                for e in self.corpus.entries
                if e.case.regime == regime and e.case.role == GENERAL
            ),
            None,
        )
        if general is None or share is None:
            return False
        own = self._ask(general, None)
        if own is None or not all(p.is_affine for p in own.probes.values()):
            return False
        posed, right = _right_map(self.corpus.exercise, general)
        found = read_linear_map(self.attempts, posed)
        if found is None:
            return False
        return share(posed.first.arrays, found.weights, right) >= FAITHFUL

    def _ask(self, entry: Entry, out: Array | None) -> OwnRun | None:
        """Ask for own gradients and probes; None where the program did not answer."""
        dout = entry.first.dout
        if out is not None and out.shape != dout.shape:
            dout = lattice(Stream(entry.seed), out.shape)
        names = self.corpus.exercise.affine_in
        request, moves = _request(entry, dout, names)
        observations = self.attempts.run(request, regime=entry.case.regime)
        outs = [out_of(o) for o in (observations[0], *observations[2:])]
        arrays = [o.array for o in outs if o is not None and o.array is not None]
        if len(arrays) != len(outs) or len({a.shape for a in arrays}) != 1:
            return None
        if not all(np.isfinite(a).all() for a in arrays):
            return None
        start, *moved = arrays
        probes = {}
        for i, name in enumerate(names):
            once, twice, other = (a - start for a in moved[3 * i : 3 * i + 3])
            probes[name] = Probe(
                argument=name,
                displacements=moves[name],
                once=once,
                twice=twice,
                other=other,
            )
        return OwnRun(dout=dout, backward=observations[1], probes=probes)


def _read_right_map(exercise: Exercise, general: Entry) -> tuple[Entry, Array]:
    # By chance a sum of lattice weights is another one: a score by the seed.
    posed = marked(general)
    return posed, right_linear_map(exercise, posed)


#: The general cases of a corpus are asked of every program with a forward of its own.
_right_map: Final = Remembered(_read_right_map, most=64)


def _request(
    entry: Entry, dout: Array, names: tuple[str, ...]
) -> tuple[Request, dict[str, tuple[Array, Array]]]:
    """Return f(a), backward, then three displaced f for each argument."""
    given = entry.first.arrays
    arrays = [*given.values(), dout]
    base = tuple(range(len(given)))
    steps: list[Forward | Backward] = [
        Forward(arrays=base, options=entry.options, slot=0),
        Backward(dout=len(given), slot=0),
    ]
    stream = Stream(entry.seed)
    moves = {}
    for name in names:
        place = list(given).index(name)
        shape = given[name].shape
        v, u = lattice(stream, shape), lattice(stream, shape)
        moves[name] = (v, u)
        for displaced in (given[name] + v, given[name] + 2 * v, given[name] + u):
            arrays.append(displaced)
            which = (*base[:place], len(arrays) - 1, *base[place + 1 :])
            steps.append(Forward(arrays=which, options=entry.options, slot=1))
    return Request(arrays=tuple(arrays), steps=tuple(steps)), moves


def _pairs(dout: Array, response: Array, gradient: Array, displacement: Array) -> bool:
    """Is <dout, response> = <gradient, displacement>, up to honest rounding?"""
    if dout.shape != response.shape:
        return False
    left, right = dout * response, gradient * displacement
    scale = 1.0 + float(np.abs(left).sum()) + float(np.abs(right).sum())
    return bool(abs(float(left.sum()) - float(right.sum())) <= TOLERANCE * scale)


def _near(one: Array, other: Array) -> bool:
    scale = 1.0 + float(np.abs(other).max(initial=0.0))
    return bool(np.all(np.abs(one - other) <= TOLERANCE * scale))
