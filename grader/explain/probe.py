"""Ask a program further cases and say whether it fails them; every call is counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grader.engine import protocol
from grader.engine.judge import FORWARD_SHAPE, FORWARD_VALUE
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
FORWARD: Final = frozenset({FORWARD_SHAPE, FORWARD_VALUE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One more case: the run, and what is wrong with it, if anything."""

    run: CaseRun
    message: Message | None


@dataclass(slots=True)
class Probe:
    """Asks about one problem of one program."""

    engine: Engine
    problem: Problem
    calls: int = 0

    @property
    def cost(self) -> int:
        """Calls of student code that one more case takes."""
        if self.problem.kind in WHOLE:
            return 4
        return 1 if self.problem.criterion in FORWARD else 2

    def ask(self, entry: Entry) -> Seen:
        """Run the case as far as the problem needs it; raise SandboxError."""
        self.calls += self.cost
        if self.problem.kind in WHOLE:
            run = self.engine.run(entry)
        else:
            backward = self.problem.criterion not in FORWARD
            request = protocol.ask_briefly(entry, backward=backward)
            observations = self.engine.attempts.run(request, regime=entry.case.regime)
            run = protocol.read_briefly(entry, observations)
        return Seen(run=run, message=self._fault(run))

    def _fault(self, run: CaseRun) -> Message | None:
        for verdict in self.engine.judge_run(run):
            if verdict.criterion == self.problem.criterion:
                return verdict.message if verdict.status is Status.FAILED else None
        raise ValueError(f"criterion {self.problem.criterion!r} is not judged")
