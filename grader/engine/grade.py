"""Judge one program on one corpus, case by case."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from grader.engine import protocol
from grader.engine.attempts import Attempts
from grader.engine.between import choose_between, waves
from grader.engine.follow_through import FollowThrough
from grader.engine.judge import Judge
from grader.errors import SandboxError
from grader.records import Message, Status, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grader.corpus import Corpus, Entry
    from grader.engine.protocol import CaseRun
    from grader.isolation.sandbox import Worker
    from grader.records import Convention


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """All that was seen and concluded; runs are those that the sandbox answered."""

    corpus: Corpus
    runs: tuple[CaseRun, ...]
    verdicts: tuple[Verdict, ...]
    calls: int


@dataclass(slots=True)
class Engine:
    """Judges one program; the worker behind it is asked and never believed."""

    corpus: Corpus
    judge: Judge
    attempts: Attempts
    follow_through: FollowThrough | None

    def grade(self, entries: Iterable[Entry] | None = None) -> Judged:
        """Judge the corpus, or these entries.

        Where the sandbox breaks, that case and what was not run yet are undecided.
        """
        asked = tuple(self.corpus.entries if entries is None else entries)
        done: dict[int, tuple[CaseRun, tuple[Verdict, ...]]] = {}
        broken: SandboxError | None = None
        try:
            for place, run in self._runs(asked):
                done[place] = run, self.judge_run(run)
        except SandboxError as error:
            broken = error
        verdicts: list[Verdict] = []
        for place, entry in enumerate(asked):
            if place in done:
                verdicts += done[place][1]
            elif broken:
                verdicts += self._undecided(entry, broken)
        return Judged(
            corpus=self.corpus,
            runs=tuple(done[place][0] for place in sorted(done)),
            verdicts=tuple(verdicts),
            calls=self.attempts.calls,
        )

    def _runs(self, entries: Sequence[Entry]) -> Iterator[tuple[int, CaseRun]]:
        """Yield each case's run after its place, a wave after the other.

        What did not go well together is run in the order of the corpus: what hangs
        costs what would come after it, and not what other waves have left.
        """
        runs: list[CaseRun] = []
        left = list(range(len(entries)))
        for places in waves(entries):
            wave = [(entries[at], choose_between(entries[at], runs)) for at in places]
            answers = self.attempts.in_one_go([protocol.ask(*pair) for pair in wave])
            for at, (entry, other), seen in zip(places, wave, answers, strict=False):
                runs.append(protocol.read(entry, seen, other))
                left.remove(at)
                yield at, runs[-1]
            if len(answers) < len(places):
                break
        for at in left:
            runs.append(self.run(entries[at], choose_between(entries[at], runs)))
            yield at, runs[-1]

    def run(self, entry: Entry, between: Entry | None = None) -> CaseRun:
        """Run one case through the whole protocol; raise SandboxError.

        `between` is another case, for which forward is called before backward is.
        """
        request = protocol.ask(entry, between)
        observations = self.attempts.run(request, regime=entry.case.regime)
        return protocol.read(entry, observations, between)

    def judge_run(self, run: CaseRun) -> tuple[Verdict, ...]:
        """Return a verdict a criterion, follow-through credit included."""
        verdicts = self.judge.judge(run)
        if self.follow_through is None:
            return verdicts
        faults = {verdict.criterion: verdict.message for verdict in verdicts}
        credited = self.follow_through.credited(run, faults)
        return tuple(
            replace(v, status=Status.PASSED, message=None, follow_through=True)
            if v.criterion in credited
            else v
            for v in verdicts
        )

    def _undecided(self, entry: Entry, error: SandboxError) -> tuple[Verdict, ...]:
        message = Message(id="undecided.sandbox", values={"reason": str(error)})
        return tuple(
            Verdict(
                criterion=criterion.name,
                case=entry.case.name,
                status=Status.UNDECIDED,
                message=message,
            )
            for criterion in self.corpus.exercise.criteria
        )


def build_engine(
    corpus: Corpus, worker: Worker, *, convention: Convention, follow_through: bool
) -> Engine:
    """Return the engine for one program in one worker."""
    attempts = Attempts(worker=worker)
    judge = Judge(
        exercise=corpus.exercise,
        forward=convention.forward,
        backward=convention.backward,
    )
    credit = (
        FollowThrough(judge=judge, corpus=corpus, attempts=attempts)
        if follow_through
        else None
    )
    return Engine(corpus=corpus, judge=judge, attempts=attempts, follow_through=credit)
