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

from grader.loaders.sharing import sharing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from grader.loaders.scopes import Change
    from grader.loaders.statements import Statement

BUILTINS: Final = frozenset(dir(builtins)) | {"__name__", "__file__", "__doc__"}
# Calls that show or test a thing and leave it as it is.
LOOKING: Final = frozenset(dir(builtins)) | {"display"}
# There where a person sits, and nowhere else.
NOTEBOOK_ONLY: Final = frozenset({"get_ipython", "display", "input", "raw_input"})
STORES: Final = frozenset({"setattr", "delattr", "exec", "eval"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """The places of the kept statements in order, and what no statement binds."""

    kept: tuple[int, ...]
    unbound: frozenset[str]


@dataclass(slots=True, kw_only=True)
class Slicer:
    """One namespace's statements, and what is known about their names."""

    statements: Sequence[Statement]
    star_names: Callable[[Statement], frozenset[str] | None]  # None: unknown
    is_missing: Callable[[Statement], bool]  # an import that cannot succeed
    binders: dict[str, list[int]] = field(default_factory=dict)
    aliases: dict[str, frozenset[str]] = field(default_factory=dict)
    star_bound: dict[int, frozenset[str] | None] = field(default_factory=dict)
    effects: dict[int, frozenset[str]] = field(default_factory=dict)
    graded: frozenset[str] = frozenset()  # a trial call of these changes nothing
    _runnable: frozenset[int] | None = None

    def __post_init__(self) -> None:
        for place, statement in enumerate(self.statements):
            for name in statement.binds:
                self.binders.setdefault(name, []).append(place)
            if statement.star is not None:
                names = self.star_bound[place] = self.star_names(statement)
                for name in names or ():
                    self.binders.setdefault(name, []).append(place)
        for statement in self.statements:
            self._note_alias(statement)

    def slice(self, names: Iterable[str]) -> Slice:
        """Return what these names need at the end of the program."""
        wanted = set(names)
        self.graded, self.effects = frozenset(wanted), {}
        while True:
            kept, later = self._backwards(wanted)
            if later <= wanted:
                break
            wanted |= later
        used = wanted | {
            use.name for place in kept for use in self.statements[place].now
        }
        bound = {name for place in kept for name in self._bound(place)}
        return Slice(kept=tuple(sorted(kept)), unbound=frozenset(used - bound))

    def everything(self) -> Slice:
        """Return all that can run: not what needs an import that cannot succeed."""
        lost = {name for name in NOTEBOOK_ONLY if name not in self.binders}
        kept = []
        for place, statement in enumerate(self.statements):
            bound = self._bound(place)
            reads = {use.name for use in statement.now}
            if self.is_missing(statement) or reads & lost:
                lost |= bound
            elif not statement.runs_as_script_only:
                kept.append(place)
                lost -= bound
        return Slice(kept=tuple(kept), unbound=frozenset(lost))

    @property
    def _able(self) -> frozenset[int]:
        """The statements that need no import that cannot succeed."""
        if self._runnable is None:
            self._runnable = frozenset(self.everything().kept)
        return self._runnable

    def _backwards(self, wanted: set[str]) -> tuple[set[int], set[str]]:
        """Return the places kept for what is wanted, and what their functions read."""
        live, kept, later = set(wanted), set[int](), set[str]()
        for place in range(len(self.statements) - 1, -1, -1):
            statement = self.statements[place]
            bound = self._bound(place)
            if not self._is_kept(place, bound, live):
                continue
            kept.add(place)
            if statement.replaces and self.star_bound.get(place, bound) is not None:
                live -= bound
            now = {use.name for use in statement.now}
            # What runs now calls functions now, so what they read is wanted here too.
            live |= now | self._read_by(now)
            later |= {use.name for use in statement.later}
        return kept, later

    def _is_kept(self, place: int, bound: frozenset[str], live: set[str]) -> bool:
        statement = self.statements[place]
        if statement.runs_as_script_only or self.is_missing(statement):
            return False
        if statement.is_about_the_future:
            return True  # it says how the rest is to be read
        if place in self.star_bound and self.star_bound[place] is None:
            # It may bind anything that nothing else does, a builtin's name too.
            return any(name not in self.binders for name in live)
        return bool(bound & live) or self._changes(place, live)

    def _bound(self, place: int) -> frozenset[str]:
        names = self.star_bound.get(place)
        return self.statements[place].binds if names is None else names

    def _changes(self, place: int, live: set[str]) -> bool:
        statement = self.statements[place]
        if statement.is_import or statement.is_plain_function:
            return False
        changed = any(self._is_change(change, live) for change in statement.changes)
        return changed or self._has_effect(place, live)

    def _is_change(self, change: Change, live: set[str]) -> bool:
        touched = self.aliases.get(change.name, frozenset()) | {change.name}
        if not touched & live:
            return False
        if change.kind == "store" or change.callee in STORES:
            return True
        if not self._is_variable(change.name):
            return False  # np.random.seed(0), model_class.test(), print(conv_forward)
        if change.kind == "method":
            return True
        return change.callee not in LOOKING and not self._is_plot(change.callee)

    def _is_variable(self, name: str) -> bool:
        binders = [self.statements[place] for place in self.binders.get(name, ())]
        return any(not each.is_import and not each.is_definition for each in binders)

    def _is_plot(self, callee: str) -> bool:
        binders = [self.statements[place] for place in self.binders.get(callee, ())]
        return any(self.is_missing(each) for each in binders)

    def _has_effect(self, place: int, live: set[str]) -> bool:
        """Tell whether it calls a function that sets or changes what is wanted."""
        if place not in self.effects:
            called = {use.name for use in self.statements[place].now} - self.graded
            self.effects[place] = frozenset(self._effects(called))
        return bool(self.effects[place] & live) and place in self._able

    def _effects(self, called: set[str]) -> Iterator[str]:
        """Yield the names that functions of these names set or change when called."""
        for statement in self._reached(called):
            yield from statement.binds_later
            yield from filter(self._is_variable, statement.changes_later)

    def _read_by(self, names: set[str]) -> set[str]:
        """Return what functions of these names read when called, and theirs in turn."""
        return {use.name for each in self._reached(names) for use in each.later}

    def _reached(self, names: set[str]) -> Iterator[Statement]:
        """Yield the statements whose functions may run when these names are called."""
        seen = set(names)
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            new = set(self.aliases.get(name, ()))
            for place in self.binders.get(name, ()):
                statement = self.statements[place]
                if not statement.is_import:
                    yield statement
                    new |= {use.name for use in statement.later}
            waiting += new - seen
            seen |= new

    def _note_alias(self, statement: Statement) -> None:
        """Note `params = model.params`: what changes the one changes the other."""
        for shared in sharing(statement.node):
            variables = {name for name in shared if not self._is_module(name)}
            known = (self.aliases.get(name, frozenset()) for name in variables)
            group = frozenset(variables).union(*known)
            for name in group:
                self.aliases[name] = group

    def _is_module(self, name: str) -> bool:
        binders = [self.statements[place] for place in self.binders.get(name, ())]
        return bool(binders) and all(each.is_import for each in binders)
