"""Choose numbers one after another so that every rule holds in the end.

Nothing is ever tried and thrown away: before a number is chosen, the options that
cannot lead to a valid end are gone. So a strategy built on this never rejects, and
a wish that nothing can meet is known before the first draw.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from grader.exercise import Axes

# How many numbers are chosen, and those of them that later choices look at.
Key: TypeAlias = tuple[int, ...]


class Choice(NamedTuple):
    """One number to choose; its options may depend on numbers chosen before.

    Options stand in order, the simplest first; one that stands twice is twice as
    likely.
    """

    name: str
    reads: frozenset[str]
    options: Callable[[Axes], Sequence[int]]


class Rule(NamedTuple):
    """A condition on chosen numbers; it is asked as soon as all it reads is there."""

    reads: frozenset[str]
    holds: Callable[[Axes], bool]


class Tree:
    """All ways to choose, in the order of the choices, with every rule kept."""

    def __init__(self, choices: Sequence[Choice], rules: Sequence[Rule]) -> None:
        self._choices = tuple(choices)
        names = [choice.name for choice in self._choices]
        known = [frozenset(names[:depth]) for depth in range(len(names) + 1)]
        # A rule belongs to the choice after which it can first be asked.
        self._due = [
            tuple(
                rule
                for rule in rules
                if rule.reads <= known[depth + 1] and not rule.reads <= known[depth]
            )
            for depth in range(len(names))
        ]
        self._open = [self._still_read(depth, names) for depth in range(len(names))]
        self._known: dict[Key, tuple[int, ...]] = {}
        self._alive: dict[Key, bool] = {}

    def _still_read(self, depth: int, names: Sequence[str]) -> tuple[str, ...]:
        """Return the earlier names that the choices from `depth` on look at."""
        later: set[str] = set()
        for choice, due in zip(self._choices[depth:], self._due[depth:], strict=True):
            later.update(choice.reads, *(rule.reads for rule in due))
        return tuple(name for name in names[:depth] if name in later)

    def options(self, chosen: Axes) -> tuple[int, ...]:
        """Return what the next number may be, after those chosen so far."""
        key = self._key(chosen)
        if key not in self._known:
            self._known[key] = tuple(self._viable(chosen))
        return self._known[key]

    def _viable(self, chosen: Axes) -> Iterator[int]:
        """Yield the options of the next number that lead to an end."""
        depth = len(chosen)
        choice, due = self._choices[depth], self._due[depth]
        is_last = depth + 1 == len(self._choices)
        grown = dict(chosen)
        for option in choice.options(chosen):
            grown[choice.name] = option
            if _all_hold(due, grown) and (is_last or self._leads_on(grown)):
                yield option

    def _leads_on(self, chosen: Axes) -> bool:
        """Return whether some end can be reached; stops at the first."""
        key = self._key(chosen)
        if key not in self._alive:
            self._alive[key] = any(True for _ in self._viable(chosen))
        return self._alive[key]

    def _key(self, chosen: Axes) -> Key:
        """Return all that the rest depends on, so that it is worked out once."""
        depth = len(chosen)
        return (depth, *(chosen[name] for name in self._open[depth]))

    def walk(self, choose: Callable[[str, Sequence[int]], int]) -> Mapping[str, int]:
        """Return one full set of numbers; `choose` picks each from its options."""
        chosen: dict[str, int] = {}
        for choice in self._choices:
            chosen[choice.name] = choose(choice.name, self.options(chosen))
        return chosen

    @property
    def is_empty(self) -> bool:
        """Whether no choice keeps every rule."""
        return not self._leads_on({})


def _all_hold(rules: Iterable[Rule], axes: Axes) -> bool:
    # all() of a generator takes longer than most rules.
    for rule in rules:  # noqa: SIM110 (the same)
        if not rule.holds(axes):
            return False
    return True
