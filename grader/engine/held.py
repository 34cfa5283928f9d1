"""Remember what held, since the next right program gives the very same answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.records import Status

if TYPE_CHECKING:
    from grader.calls import Observation
    from grader.corpus import Entry
    from grader.engine.protocol import CaseRun
    from grader.records import Verdict

MOST: Final = 256  # cases; what one of them keeps alive is some kilobytes


class Held:
    """The verdicts on cases in which all was right, by what was observed there.

    Observations are told apart by identity: equal bytes are read as one object, see
    `grader.wire`. What is wrong is not kept, since its words name the student's own
    functions.
    """

    def __init__(self) -> None:
        # Entries and observations are kept as well, so that no address comes again.
        self._known: dict[tuple[int, ...], tuple[CaseRun, tuple[Verdict, ...]]] = {}

    def verdicts(self, run: CaseRun) -> tuple[Verdict, ...] | None:
        """Return the verdicts if these very observations were judged before."""
        known = self._known.get(_key(run))
        return None if known is None else known[1]

    def note(self, run: CaseRun, verdicts: tuple[Verdict, ...]) -> None:
        """Keep the verdicts if all is right."""
        if all(verdict.status is Status.PASSED for verdict in verdicts):
            self._known[_key(run)] = run, verdicts
            if len(self._known) > MOST:
                del self._known[next(iter(self._known))]


def _key(run: CaseRun) -> tuple[int, ...]:
    seen: tuple[Entry | Observation | None, ...] = (
        *(run.entry, *run.forward, run.again),
        *(*run.backward, run.inputs),
    )
    return (len(run.forward), *map(id, seen))


#: Of this process; every program that is judged in it adds to it and gains from it.
ALL_RIGHT: Final = Held()
