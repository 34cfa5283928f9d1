"""Ask a program further cases and say whether it fails them; every call is counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grader.engine import protocol
from grader.explain.problems import FORWARD, is_ending, without_cache
from grader.records import Status

if TYPE_CHECKING:
    from grader.corpus import Entry
    from grader.engine.grade import Engine
    from grader.engine.protocol import CaseRun
    from grader.explain.problems import Problem
    from grader.records import Message

#: What shows only where the whole protocol is run.
WHOLE: Final = frozenset(
    {
        "tensor.remembered",
        "out.reused",
        "out.constant",
        "gradients.constant",
        "inputs.changed",
        "inputs.options_changed",
    }
)
CALLS_OF_WHOLE: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One more case: the run, and what is wrong with it, if anything."""

    run: CaseRun
    message: Message | None


@dataclass(slots=True)
class Probe:
    """Asks about one problem of one program.

    `own_forward` tells that a gradient may earn the credit of its own, wrong forward:
    finding that out takes further calls. `needs_cache` tells that backward can do
    nothing where forward leaves no cache: such a case is none of this problem's.
    """

    engine: Engine
    problem: Problem
    own_forward: bool = False
    needs_cache: bool = False
    calls: int = 0

    @property
    def cost(self) -> int:
        """Calls of student code that one more case takes at most."""
        if self.problem.half == FORWARD:
            return CALLS_OF_WHOLE if self._asks_all else 1
        credit = 2 + 3 * len(self.engine.corpus.exercise.affine_in)
        answers = CALLS_OF_WHOLE if self._asks_all else 2
        return answers + (credit if self.own_forward else 0)

    @property
    def _asks_all(self) -> bool:
        return self.problem.kind in WHOLE

    def ask(self, entry: Entry) -> Seen:
        """Run the case as far as the problem needs it; raise SandboxError."""
        if self._asks_all:
            return self.ask_all(entry)
        backward = self.problem.half != FORWARD
        request = protocol.ask_briefly(entry, backward=backward)
        attempts = self.engine.attempts
        before = attempts.calls
        observations = attempts.run(request, regime=entry.case.regime)
        return self._seen(protocol.read_briefly(entry, observations), before)

    def ask_interrupted(self, entry: Entry, between: Entry) -> Seen:
        """Call forward for another case before backward; raise SandboxError."""
        before = self.engine.attempts.calls
        request = protocol.ask_interrupted(entry, between)
        observations = self.engine.attempts.run(request, regime=entry.case.regime)
        run = protocol.read_interrupted(entry, observations, between)
        return self._seen(run, before)

    def ask_all(self, entry: Entry) -> Seen:
        """Run the case through the whole protocol; raise SandboxError."""
        before = self.engine.attempts.calls
        return self._seen(self.engine.run(entry), before)

    def _seen(self, run: CaseRun, before: int) -> Seen:
        message = self._fault(run)
        self.calls += self.engine.attempts.calls - before
        return Seen(run=run, message=message)

    def _fault(self, run: CaseRun) -> Message | None:
        for verdict in self.engine.judge_run(run):
            if verdict.criterion == self.problem.criterion:
                message = verdict.message if verdict.status is Status.FAILED else None
                return None if self._follows(run, message) else message
        raise ValueError(f"criterion {self.problem.criterion!r} is not judged")

    def _follows(self, run: CaseRun, message: Message | None) -> bool:
        """Is it forward's doing that backward could not even begin?"""
        could_not = message is not None and is_ending(message)
        is_backward = self.problem.half != FORWARD
        return (
            self.needs_cache
            and is_backward
            and could_not
            and bool(without_cache([run]))
        )
