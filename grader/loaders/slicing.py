"""Choose the statements that some names need, so that the rest need not run.

Statements are read backwards, as a run would be undone: whatever binds or changes a
name that is still wanted is kept, and what it reads is wanted before it. A certain
rebinding ends the search for what came before it. What functions read when they are
called is wanted at the end of the program. Where in doubt a statement is kept.
"""

from __future__ import annotations

import ast
import builtins
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from grader.loaders.scopes import Change, root

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from grader.loaders.statements import Statement

BUILTINS: Final = frozenset(dir(builtins)) | {"__name__", "__file__", "__doc__"}
# Calls that show or test a thing and leave it as it is.
LOOKING: Final = frozenset(dir(builtins)) | {"display"}
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
    aliases: dict[str, set[str]] = field(default_factory=dict)
    star_bound: dict[int, frozenset[str] | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for place, statement in enumerate(self.statements):
            for name in statement.binds:
                self.binders.setdefault(name, []).append(place)
            if statement.star is not None:
                names = self.star_bound[place] = self.star_names(statement)
                for name in names or ():
                    self.binders.setdefault(name, []).append(place)
            self._note_alias(statement)

    def slice(self, names: Iterable[str]) -> Slice:
        """Return what these names need at the end of the program."""
        wanted = set(names)
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
        lost: set[str] = set()
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
        if place in self.star_bound and self.star_bound[place] is None:
            # It may bind anything that nothing else does, a builtin's name too.
            return any(name not in self.binders for name in live)
        return bool(bound & live) or self._changes(statement, live)

    def _bound(self, place: int) -> frozenset[str]:
        names = self.star_bound.get(place)
        return self.statements[place].binds if names is None else names

    def _changes(self, statement: Statement, live: set[str]) -> bool:
        if statement.is_definition or statement.is_import:
            return False
        return any(
            self._is_change(change, live) for change in statement.changes
        ) or self._has_effect(statement, live)

    def _is_change(self, change: Change, live: set[str]) -> bool:
        touched = self.aliases.get(change.name, set()) | {change.name}
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

    def _has_effect(self, statement: Statement, live: set[str]) -> bool:
        """Tell whether it calls a function that sets a wanted variable."""
        value = getattr(statement.node, "value", None)
        if not isinstance(statement.node, ast.Expr) or not isinstance(value, ast.Call):
            return False
        callee = root(value.func)
        if callee is None or callee in live:  # a trial call of what is graded
            return False
        reached = {callee} | self._read_by({callee})
        effects: set[str] = set()
        for name in reached:
            for place in self.binders.get(name, ()):
                if self.statements[place].is_definition:
                    effects |= self.statements[place].later_effects
        return any(self._is_set(name) for name in effects & live)

    def _is_set(self, name: str) -> bool:
        """Tell whether the name is a variable, or only ever set inside functions."""
        return self._is_variable(name) or name not in self.binders

    def _read_by(self, names: set[str]) -> set[str]:
        """Return what functions of these names read when called, and theirs in turn."""
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            for place in self.binders.get(waiting.pop(), ()):
                statement = self.statements[place]
                if statement.is_import:
                    continue
                new = {use.name for use in statement.later} - found
                found |= new
                waiting += new
        return found

    def _note_alias(self, statement: Statement) -> None:
        """Note `params = model.params`: what changes the one changes the other."""
        node = statement.node
        if isinstance(node, ast.Assign) and (source := root(node.value)):
            for name in statement.binds:
                known = self.aliases.get(source, set())
                self.aliases.setdefault(name, set()).update({source}, known)
