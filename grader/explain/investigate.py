"""Find out all there is to say about one problem of one program."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from grader.engine.results import value_of
from grader.errors import SandboxError
from grader.explain.boundary import find_boundary, untested
from grader.explain.conditions import Evidence
from grader.explain.diagnose import diagnose
from grader.explain.footprint import clear_cases, read_footprint
from grader.explain.fresh import fresh_cases, pool
from grader.explain.memory import Memory, When, find_memory, find_numbers
from grader.explain.minimise import Smallest, climb, minimise
from grader.explain.parts import remembered_part
from grader.explain.probe import WHOLE, Probe, Seen
from grader.explain.problems import (
    OUT,
    Problem,
    Subject,
    constant_answer,
    failure_of,
    is_ending,
)
from grader.explain.relations import pair_of, relate
from grader.explain.same import different, said_alike
from grader.explain.single_pixels import read_single_pixels
from grader.records import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.calls import Array
    from grader.corpus import Entry
    from grader.engine.grade import Engine, Judged
    from grader.engine.protocol import CaseRun
    from grader.explain.boundary import Guess
    from grader.records import Case, Message, Verdict
    from grader.report import Diagnosis, Footprint

#: Problems of numbers; these can come from an earlier call.
NUMBERS: Final = frozenset({Subject.WRONG, Subject.FAILS})
#: So many small cases, and so many of the corpus, are tried for a footprint.
DRAWN: Final = 4
#: What a window of nothing but padding, or of too few rows, looks like as well.
UNFILLED: Final = "footprint.unfilled"
BLANK: Final = frozenset({"footprint.nothing", UNFILLED})


@dataclass(slots=True)
class Clues:
    """What was found out about one problem, as far as it came."""

    smallest: Smallest
    boundary: Guess | None = None
    memory: Memory | None = None
    diagnoses: tuple[Diagnosis, ...] = ()
    relation: Message | None = None
    same: tuple[str, ...] = ()  # tensors of which the same can be said
    others: tuple[Message, ...] = ()  # what else can be said of the other tensors
    footprint: Footprint | None = None
    passing: Message | None = None


@dataclass(slots=True, kw_only=True)
class Investigation:
    """Asks one program further cases; what has been found stays if the sandbox breaks.

    `is_thorough` is False where the problem is only to be told, not looked into.
    """

    engine: Engine
    judged: Judged
    problem: Problem
    own_forward: bool = False
    needs_cache: bool = False
    is_thorough: bool = True
    _probe: Probe = field(init=False)

    def __post_init__(self) -> None:
        self._probe = Probe(
            engine=self.engine,
            problem=self.problem,
            own_forward=self.own_forward,
            needs_cache=self.needs_cache,
        )

    def clues(self) -> Clues:
        """Return what can be said; nothing here ever changes a score."""
        clues = Clues(smallest=self._seen())
        clues.boundary = untested(self._evidence(), self.judged.corpus)
        may_ask = self.is_thorough and self.problem.subject is not Subject.FOLLOWS
        if may_ask:
            # What was found so far is told; the points are known already.
            with suppress(SandboxError):
                if self.engine.attempts.is_costly:
                    self._climb(clues)
                else:
                    self._ask(clues)
        if may_ask and clues.memory is None:
            self._compare(clues)
            if not (clues.diagnoses or clues.relation or clues.footprint):
                with suppress(SandboxError):
                    clues.passing = self._passing(clues)
        return clues

    def _ask(self, clues: Clues) -> None:
        """Ask the program about more cases; raise SandboxError."""
        probe = self._probe
        fresh = fresh_cases(self.judged.corpus)
        smaller = minimise(probe, clues.smallest.entry.case, fresh)
        clues.smallest = smaller or clues.smallest
        if self.problem.kind == "tensor.remembered" and smaller is not None:
            self._tell_numbers(clues, clues.smallest.entry)
        elif self._may_remember(alone=smaller is not None):
            self._remember(clues)
        if clues.memory is None or clues.memory.when is not When.INTERRUPTED:
            clues.boundary = find_boundary(probe, self._evidence())
        else:  # no case is wrong by itself, and so it is no matter of sizes
            clues.boundary = None
        if clues.memory is not None and (seen := clues.memory.seen) is not None:
            clues.smallest = replace(clues.smallest, entry=seen.run.entry, seen=seen)
        elif self.problem.tensors == (OUT,) and self._shows_numbers():
            clues.footprint = self._draw(clues)

    def _climb(self, clues: Clues) -> None:
        """Ask small cases only, until one hangs or dies; raise SandboxError."""
        exercise, start = self.judged.corpus.exercise, clues.smallest.entry.case
        neighbours = exercise.smaller(start.axes, self.judged.corpus.domain)
        beside = [replace(start, axes=axes) for axes in neighbours]
        found = climb(self._probe, clues.smallest, [*self._inside(clues), *beside])
        clues.smallest = found or clues.smallest

    def _remember(self, clues: Clues) -> None:
        """Look for an earlier call that makes the case wrong; raise SandboxError."""
        found = find_memory(self._probe, clues.smallest)
        between = found is not None and found.when is When.BETWEEN and found.seen
        # The numbers that came in between may be wrong whatever came before.
        if not (between and self._tell_numbers(clues, between.run.entry)):
            clues.memory = found

    def _tell_numbers(self, clues: Clues, entry: Entry) -> bool:
        """Say that some numbers are wrong, where it is no matter of earlier calls."""
        found = find_numbers(self._probe, clues.smallest, entry)
        clues.smallest = found or clues.smallest
        return found is not None

    def _may_remember(self, *, alone: bool) -> bool:
        """Tell whether what is wrong may come from an earlier call.

        Numbers may, and whatever comes of a case that is not wrong `alone`.
        """
        if self.problem.subject in NUMBERS and self.problem.kind not in WHOLE:
            return True
        return not alone and self.problem.subject in {*NUMBERS, Subject.RAISES}

    def _shows_numbers(self) -> bool:
        """Are most answers wrong numbers, and not missing?"""
        return self.problem.subject in NUMBERS and not is_ending(self.problem.message)

    def _draw(self, clues: Clues) -> Footprint | None:
        """Draw the smallest clear case on which there is something wrong to see."""
        corpus = self.judged.corpus
        small = clear_cases(corpus.exercise, self._inside(clues))[:DRAWN]
        failing = clear_cases(corpus.exercise, [r.entry.case for r in self._failing()])
        found = []
        for case in (*small, *failing[:DRAWN]):
            drawn = read_footprint(corpus.exercise, self.engine.attempts, case)
            if drawn is not None and drawn.message.id not in BLANK:
                return drawn
            found.append(drawn)
        # On one case all that is reached may be padding: it must be so on every one.
        some = [f for f in found if f is not None and f.message.id == UNFILLED]
        every = found if found and None not in found else []
        return next(iter((*some, *every)), None)

    def _passing(self, clues: Clues) -> Message | None:
        """Say what single output pixels count in a gradient, where that is wrong."""
        attempts = self.engine.attempts
        if self.problem.subject is not Subject.WRONG or attempts.is_costly:
            return None
        cases = [*self._inside(clues), *(run.entry.case for run in self._failing())]
        exercise = self.judged.corpus.exercise
        gradients = self.problem.tensors
        return read_single_pixels(exercise, attempts, cases, gradients=gradients)

    def _inside(self, clues: Clues) -> list[Case]:
        """Return small cases that the boundary calls wrong."""
        guess = clues.boundary
        return [
            case
            for case in pool(self.judged.corpus)
            if guess is None or guess.condition.holds(case.axes)
        ]

    def _compare(self, clues: Clues) -> None:
        """Compare what is known already with mistakes that have a name or a form."""
        problem, exercise = self.problem, self.judged.corpus.exercise
        if problem.subject is Subject.RESULTS:
            return
        found = (
            diagnose(exercise, t, runs=self.judged.runs, failed=problem.failed)
            for t in problem.tensors
        )
        named = [d for d in found if d is not None]
        clues.diagnoses = different(named)
        constant = constant_answer(self.judged, problem)
        clues.relation = constant or self._relation(problem.tensors[0])
        if constant is None:
            self._compare_others(clues, named)

    def _compare_others(self, clues: Clues, named: Sequence[Diagnosis]) -> None:
        """Say of every tensor what it is: the same as the first, or something else."""
        told = {d.tensor: d.behaves_like for d in named}
        for tensor in self.problem.tensors:
            relation = None if tensor in told else self._relation(tensor)
            if relation is not None:
                told[tensor] = relation
        first, *others = (told.get(tensor) for tensor in self.problem.tensors)
        wanted = said_alike(first) if first else ""
        beside = list(zip(self.problem.tensors[1:], others, strict=True))
        known = [d.behaves_like for d in clues.diagnoses]
        clues.same = tuple(t for t, m in beside if m and said_alike(m) == wanted)
        clues.others = tuple(
            m for _, m in beside if m and said_alike(m) != wanted and m not in known
        )

    def _relation(self, tensor: str) -> Message | None:
        wrong = self._answers(tensor)
        exercise = self.judged.corpus.exercise
        pairs = [pair_of(tensor, entry, got, exercise) for entry, got in wrong]
        found = relate(tensor, pairs)
        if found is None and tensor in exercise.gradients:
            return remembered_part(exercise, tensor, wrong)
        return found

    def _answers(self, tensor: str) -> Sequence[tuple[Entry, Array]]:
        """Return what came in every failing case; nothing if in one nothing came."""
        exercise = self.judged.corpus.exercise
        if tensor not in (OUT, *exercise.gradients):
            return ()
        answers = []
        for run in self._failing():
            seen = (run.forward if tensor == OUT else run.backward)[0]
            value = value_of(tensor, seen, exercise)
            if value is None or value.array is None:
                return ()
            answers.append((run.entry, value.array))
        return answers

    def _failing(self) -> Sequence[CaseRun]:
        return [r for r in self.judged.runs if r.entry.case.name in self.problem.failed]

    def _evidence(self) -> Evidence:
        """Return the cases that are wrong and right; some may not have been run.

        Where the program hangs any other ending is right enough.
        """
        hangs = self.problem.subject is Subject.HANGS
        right = {
            v.case
            for v in self.judged.verdicts
            if v.criterion == self.problem.criterion
            and (v.status is Status.PASSED or (hangs and _is_run(v)))
        }
        cases = [run.entry.case for run in self.judged.runs]
        failed = self.problem.failed
        return Evidence(
            wrong=tuple(c.axes for c in cases if c.name in failed),
            right=tuple(c.axes for c in cases if c.name in right - failed),
        )

    def _seen(self) -> Smallest:
        """Return the smallest failing case that fails as most do, as it was judged."""
        messages = {
            v.case: v.message
            for v in self.judged.verdicts
            if v.criterion == self.problem.criterion and v.message
        }
        failing = self._failing()
        alike = [
            run
            for run in failing
            if (m := messages.get(run.entry.case.name))
            and failure_of(m) == failure_of(self.problem.message)
        ]
        run = min(alike or failing, key=lambda r: sum(r.entry.case.axes.values()))
        message = messages.get(run.entry.case.name, self.problem.message)
        return Smallest(entry=run.entry, seen=Seen(run=run, message=message), calls=0)


def _is_run(verdict: Verdict) -> bool:
    return verdict.message is not None and verdict.message.id != "call.not_run"
