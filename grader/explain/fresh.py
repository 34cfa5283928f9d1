"""Draw the fresh cases on which programs of one batch are tried, once for a corpus."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from grader.cases import Stream
from grader.drawing import draw_cases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grader.corpus import Corpus
    from grader.exercise import Axes
    from grader.records import Case

#: Cases that Hypothesis draws once for a corpus, and how many neighbours they give.
DRAWN: Final = 250
FRESH: Final = 2000


@cache
def fresh_cases(corpus: Corpus) -> tuple[Case, ...]:
    """Draw the cases that Hypothesis tests boundaries on, once for a corpus."""
    return draw_cases(corpus.exercise, corpus.domain, count=DRAWN, seed=corpus.seed)


@cache
def pool(corpus: Corpus) -> tuple[Case, ...]:
    """Return fresh cases, every second one a simpler neighbour of a drawn one.

    Cases of one output pixel, say, are drawn too seldom to refute anything.
    """
    known = {key_of(entry.case.axes) for entry in corpus.entries}
    drawn = _unknown(fresh_cases(corpus), known)
    simpler = _unknown(_neighbours(corpus), known)
    order = Stream(corpus.seed).orders(1, of=len(simpler))[0]
    mixed = zip_longest(drawn, (simpler[place] for place in order))
    return tuple(case for pair in mixed for case in pair if case)


@cache
def held(corpus: Corpus) -> dict[str, tuple[bool, ...]]:
    """Return by literal of which of the fresh cases it holds."""
    cases = [case.axes for case in pool(corpus)]
    return {
        literal.name: tuple(map(literal.holds, cases))
        for literal in corpus.exercise.literals
    }


def _unknown(cases: Iterable[Case], known: set[tuple[int, ...]]) -> list[Case]:
    """Return those that are not known yet, and note them as known."""
    found: list[Case] = []
    for case in cases:
        key = key_of(case.axes)
        if key not in known and len(found) < FRESH:
            known.add(key)
            found.append(case)
    return found


def _neighbours(corpus: Corpus) -> Iterator[Case]:
    for case in fresh_cases(corpus):
        for axes in corpus.exercise.smaller(case.axes, corpus.domain):
            yield replace(case, axes=axes, name=f"{case.name}, smaller")


def key_of(axes: Axes) -> tuple[int, ...]:
    """Return by what two cases are the same, whatever their numbers."""
    return tuple(axes.values())
