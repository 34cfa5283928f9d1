"""Order cases so that what has not been seen together yet comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


def pairs_of(held: Iterable[tuple[bool, ...]]) -> list[int]:
    """Return for each case which pairs of literals, or of what they deny, it shows.

    `held` has a column for each literal: of which of the cases it holds. A bit for each
    pair; of literals that hold of the same cases, or of all the others, one counts.
    """
    columns = set(held)
    apart = [
        column
        for column in columns
        if not column[0] or tuple(not each for each in column) not in columns
    ]
    width = 2 * len(apart)
    found = []
    for row in zip(*apart, strict=True):
        shown = [2 * place + each for place, each in enumerate(row)]
        bits = sum(1 << place for place in shown)
        found.append(sum(bits << width * place for place in shown))
    return found


def varied(pairs: Sequence[int]) -> Iterator[int]:
    """Yield every case's place once; the next is the one that shows most new pairs.

    What a condition of two literals is refuted by is one such pair, however few of the
    cases have it. When all pairs have been shown, all count as new again.
    """
    left = list(range(len(pairs)))
    seen = 0
    while left:
        news = [(pairs[place] & ~seen).bit_count() for place in left]
        most = max(news)
        if not most and seen:
            seen = 0
            continue
        best = left.pop(news.index(most))
        yield best
        seen |= pairs[best]
