"""What is known of the names that a piece of code uses, scope by scope."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

EVERYTHING: Final = "*"
ANNOTATION: Final = "annotation"  # the kind of scope that these are read in
Import: TypeAlias = ast.Import | ast.ImportFrom


class Use(NamedTuple):
    """A dotted chain that is read."""

    chain: str
    order: int
    line: int

    @property
    def name(self) -> str:
        """The name that the chain starts from."""
        return self.chain.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Change:
    """A name whose object may be changed: stored into, called upon, handed over."""

    name: str
    kind: str  # "store", "method" or "handed"
    callee: str = ""


@dataclass(slots=True)
class Scope:
    """One module, class, function or comprehension while it is being read."""

    kind: str
    outer: Scope | None = None
    is_later: bool = False  # runs only when some function is called
    bound: dict[str, int] = field(default_factory=dict)  # where first
    declared_global: set[str] = field(default_factory=set)
    declared_outer: set[str] = field(default_factory=set)
    uses: list[Use] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    imports: list[Import] = field(default_factory=list)
    inner: list[Scope] = field(default_factory=list)

    def open(self, kind: str) -> Scope:
        """Return a new scope inside this one."""
        scope = Scope(kind, self, is_later=self.is_later or kind == "function")
        self.inner.append(scope)
        return scope

    def everywhere(self) -> Iterator[Scope]:
        """Yield this scope and every one inside it."""
        waiting = [self]
        while waiting:
            scope = waiting.pop()
            yield scope
            waiting += scope.inner

    def is_global(self, name: str, order: int = 0) -> bool:
        """Tell whether the name, used here, is the module's (or a builtin)."""
        scope: Scope | None = self
        while scope is not None and scope.kind != "module":
            if name in scope.declared_global:
                return True
            is_own = name in scope.bound and name not in scope.declared_outer
            if scope.kind == "class":
                # A class's names are seen in its own body only, once they are bound.
                is_own = is_own and scope is self and scope.bound[name] < order
            if is_own:
                return False
            scope = scope.outer
        return True
