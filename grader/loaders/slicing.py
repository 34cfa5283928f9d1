"""Choose the statements that some names need, so that the rest need not run.

Statements are read backwards, as a run would be undone: whatever binds or changes a
name that is still wanted is kept, and what it reads is wanted before it. A certain
rebinding ends the search for what came before it. What functions read when they are
called is wanted at the end of the program. Where in doubt a statement is kept.
"""

from __future__ import annotations

import builtins
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from grader.loaders.names import Names
    from grader.loaders.scopes import Change
    from grader.loaders.statements import Statement

BUILTINS: Final = frozenset(dir(builtins)) | {"__name__", "__file__", "__doc__"}
# Calls that show or test a thing and leave it as it is.
LOOKING: Final = frozenset(dir(builtins)) | {"display"}
STORES: Final = frozenset({"setattr", "delattr", "exec", "eval"})
# There where a person sits, and nowhere else.
NOTEBOOK_ONLY: Final = frozenset({"get_ipython", "display", "input", "raw_input"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """The places of the kept statements in order, and what no statement binds."""

    kept: tuple[int, ...]
    unbound: frozenset[str]


@dataclass(slots=True, kw_only=True)
class Slicer:
    """One namespace's statements, and how some of them are chosen."""

    names: Names
    is_missing: Callable[[Statement], bool]  # an import that cannot succeed
    graded: frozenset[str] = frozenset()  # a trial call of these changes nothing
    _effects: dict[frozenset[str], frozenset[str]] = field(default_factory=dict)
    _runnable: frozenset[int] | None = None

    @property
    def statements(self) -> Sequence[Statement]:
        """The statements in order."""
        return self.names.statements

    def slice(self, names: Iterable[str]) -> Slice:
        """Return what these names need at the end of the program.

        Raises:
            SubmissionError: the code is too tangled to be followed.
        """
        wanted = set(names)
        self.graded, self._effects = frozenset(wanted), {}
        while True:
            self.names.effort.spend(len(self.statements))
            kept, later = self._backwards(wanted)
            if later <= wanted:
                break
            wanted |= later
        now = {use.name for place in kept for use in self.statements[place].now}
        bound = {name for place in kept for name in self.names.bound_at(place)}
        unbound = frozenset((wanted | now) - bound)
        return Slice(kept=tuple(sorted(kept)), unbound=unbound)

    def everything(self, names: Iterable[str] = ()) -> Slice:
        """Return all that can run: not what needs an import that cannot succeed.

        What runs only as a script is left out, unless it defines one of the names.
        """
        self.graded = self.graded or frozenset(names)
        lost = NOTEBOOK_ONLY - self.names.binders.keys()
        kept = []
        for place, statement in enumerate(self.statements):
            bound = self.names.bound_at(place)
            reads_lost = any(use.name in lost for use in statement.now)
            if self.is_missing(statement) or reads_lost:
                lost |= bound
            elif not self._is_script(statement):
                kept.append(place)
                lost -= bound
        return Slice(kept=tuple(kept), unbound=frozenset(lost))

    def _backwards(self, wanted: set[str]) -> tuple[set[int], set[str]]:
        """Return the places kept for what is wanted, and what their functions read."""
        live, kept, later = set(wanted), set[int](), set[str]()
        for place in range(len(self.statements) - 1, -1, -1):
            if not self._is_kept(place, live):
                continue
            statement = self.statements[place]
            kept.add(place)
            if statement.replaces and not self.names.is_unknown_star(place):
                live -= self.names.bound_at(place)
            now = {use.name for use in statement.now}
            # What runs now calls functions now, so what they read is wanted here too.
            live |= now | self.names.read_by(now)
            later.update(use.name for use in statement.later)
        return kept, later

    def _is_kept(self, place: int, live: set[str]) -> bool:
        statement = self.statements[place]
        if self._is_script(statement) or self.is_missing(statement):
            return False
        if statement.is_about_the_future:
            return True  # it says how the rest is to be read
        if self.names.is_unknown_star(place):
            # It may bind anything that nothing else does, a builtin's name too.
            return any(name not in self.names.binders for name in live)
        if not live.isdisjoint(self.names.bound_at(place)):
            return True
        if statement.is_import or statement.is_plain_function:
            return False
        changed = any(self._is_change(change, live) for change in statement.changes)
        told = self.names.is_told_of(statement, live) and place in self._able
        return changed or told or self._has_effect(place, live)

    def _is_script(self, statement: Statement) -> bool:
        """Tell whether it runs only as a script, and defines no graded function."""
        return statement.runs_as_script_only and statement.binds.isdisjoint(self.graded)

    def _is_change(self, change: Change, live: set[str]) -> bool:
        touched = self.names.shared.get(change.name, frozenset((change.name,)))
        if live.isdisjoint(touched):
            return False
        if change.kind == "store" or change.callee in STORES:
            return True
        if change.name not in self.names.variables:
            # np.random.seed(0), model_class.test(), show(conv_forward), @add_to(Class)
            return change.kind == "handed" and self.names.adds(change.callee)
        return change.kind == "method" or change.callee not in LOOKING

    def _has_effect(self, place: int, live: set[str]) -> bool:
        """Tell whether it calls a function that sets or changes what is wanted."""
        reads = frozenset(use.name for use in self.statements[place].now)
        called = reads - self.graded
        if called not in self._effects:
            self._effects[called] = frozenset(self.names.effects(called))
        return not live.isdisjoint(self._effects[called]) and place in self._able

    @property
    def _able(self) -> frozenset[int]:
        """The statements that need no import that cannot succeed."""
        if self._runnable is None:
            self._runnable = frozenset(self.everything().kept)
        return self._runnable
