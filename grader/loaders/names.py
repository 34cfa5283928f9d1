"""What is known of one namespace's names: who binds them, what they reach."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from grader.loaders.overwriting import overwritten
from grader.loaders.records import refusal
from grader.loaders.sharing import sharing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from grader.loaders.statements import Statement

MAX_STEPS: Final = 300_000  # honest files need a hundredth of it


@dataclass(slots=True)
class Effort:
    """How much may still be done for one file, so that none takes for ever."""

    file: str
    left: int = MAX_STEPS

    def spend(self, steps: int) -> None:
        """Spend some of it.

        Raises:
            SubmissionError: nothing is left.
        """
        self.left -= steps
        if self.left < 0:
            raise refusal("loading.too_tangled", file=self.file)


@dataclass(slots=True)
class Names:
    """The names that a file's top-level statements bind."""

    statements: Sequence[Statement]
    effort: Effort
    binders: dict[str, list[int]] = field(default_factory=dict)
    shared: dict[str, frozenset[str]] = field(default_factory=dict)
    variables: set[str] = field(default_factory=set)  # bound otherwise than as below
    definitions: set[str] = field(default_factory=set)
    imported: set[str] = field(default_factory=set)
    stars: dict[int, frozenset[str] | None] = field(default_factory=dict)
    overwritten: Mapping[int, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        statements: Sequence[Statement],
        star_names: Callable[[Statement], frozenset[str] | None],
        *,
        file: str,
    ) -> Names:
        """Read what every statement binds; `star_names` is None where unknown."""
        names = cls(statements, Effort(file))
        for place, statement in enumerate(statements):
            if statement.star is not None:
                names.stars[place] = star_names(statement)
            names._note(place, statement)
        names.overwritten = overwritten(statements, names.definitions)
        modules = names.imported - names.variables - names.definitions
        for statement in statements:
            names._note_shared(statement, modules)
        return names

    def bound_at(self, place: int) -> frozenset[str]:
        """Return the names that one statement binds, a star import's too."""
        names = self.stars.get(place)
        bound = self.statements[place].binds if names is None else names
        return bound - self.overwritten.get(place, frozenset())

    def is_unknown_star(self, place: int) -> bool:
        """Tell whether it is a star import whose names nobody knows."""
        return place in self.stars and self.stars[place] is None

    def read_by(self, names: Iterable[str]) -> set[str]:
        """Return what functions of these names read when called, and theirs in turn."""
        return {use.name for each in self.reached(names) for use in each.later}

    def effects(self, called: Iterable[str]) -> Iterator[str]:
        """Yield the names that functions of these names set or change when called."""
        for statement in self.reached(called):
            yield from statement.binds_later
            yield from statement.changes_later & self.variables

    def is_told_of(self, statement: Statement, classes: Iterable[str]) -> bool:
        """Tell whether it defines a class that one of these hears of: a registry."""
        heard = statement.parents.intersection(classes) & self.definitions
        return any(
            self.statements[place].hears_of_heirs
            for name in heard
            for place in self.binders[name]
        )

    def adds(self, callee: str) -> bool:
        """Tell whether a function of this file may add to a class it is handed."""
        if callee not in self.definitions:
            return False
        uses = (use for each in self.reached({callee}) for use in each.later)
        return any(use.name == "setattr" for use in uses)

    def reached(self, names: Iterable[str]) -> Iterator[Statement]:
        """Yield the statements whose functions may run when these names are called."""
        seen = set(names)
        waiting = list(seen)
        groups: set[frozenset[str]] = set()
        while waiting:
            name = waiting.pop()
            new = set[str]()
            if (group := self.shared.get(name, frozenset())) not in groups:
                groups.add(group)
                new.update(group)
            binders = self.binders.get(name, ())
            self.effort.spend(1 + len(binders) + len(new))
            for place in binders:
                statement = self.statements[place]
                if not statement.is_import:
                    yield statement
                    new.update(use.name for use in statement.later)
            waiting += new - seen
            seen |= new

    def _note(self, place: int, statement: Statement) -> None:
        kind = self.variables
        if statement.is_import:
            kind = self.imported
        elif statement.is_definition:
            kind = self.definitions
        for name in self.bound_at(place):
            self.binders.setdefault(name, []).append(place)
            kind.add(name)

    def _note_shared(self, statement: Statement, modules: set[str]) -> None:
        """Note `params = model.params`: what changes the one changes the other."""
        for group in sharing(statement.node):
            names = group - modules
            known = {self.shared.get(name, frozenset((name,))) for name in names}
            if len(known) > 1:
                together = frozenset().union(*known)
                self.effort.spend(len(together))
                self.shared.update(dict.fromkeys(together, together))
