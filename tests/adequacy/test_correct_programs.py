from __future__ import annotations

from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from handwritten import BASES
from judging import corpus_of, judge, total

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from judging import Remainder

    from grader.corpus import Corpus, Data

HERE: Final = Path(__file__).parent
EXAMPLES: Final = HERE.parents[1] / "submissions"
FILES: Final = (
    *HERE.glob("correct/*.py"),
    *BASES.glob("*.py"),
    *EXAMPLES.glob("correct_*.py"),
)
CORRECT: Final[Mapping[str, str]] = {
    path.stem: path.read_text(encoding="utf-8") for path in sorted(FILES)
}
EACH = pytest.mark.parametrize("name", CORRECT)


# Remainder policy and kind of data, and on how many seeds: 17 runs a program.
ON: Final[tuple[tuple[Remainder, Data, int], ...]] = (
    ("never", "lattice", 5),
    ("floor", "lattice", 4),
    ("never", "real", 4),
    ("floor", "real", 4),
)


def all_right(name: str, *, on: Iterable[Corpus]) -> bool:
    return all(total(judge(CORRECT[name], on=posed)) == 100 for posed in on)


def corpora(*, times: int, start: int) -> Iterator[Corpus]:
    """Return corpora of both policies and kinds of data, no two of one seed."""
    seeds = count(start)
    for remainder, data, seeds_each in ON:
        for seed in islice(seeds, times * seeds_each):
            yield corpus_of(seed=seed, remainder=remainder, data=data)


def test_there_are_at_least_twenty_styles_and_five_hundred_runs() -> None:
    assert len(CORRECT) >= 20
    assert len(CORRECT) * sum(seeds for _, _, seeds in ON) >= 500


@EACH
def test_a_correct_program_gets_every_point(name: str) -> None:
    assert all_right(name, on=corpora(times=1, start=0))


@pytest.mark.nightly
@EACH
@pytest.mark.parametrize("part", range(20))
def test_a_correct_program_gets_every_point_on_any_seed(name: str, part: int) -> None:
    # 30 programs, 20 parts of 17 runs each: more than 10,000
    assert all_right(name, on=corpora(times=1, start=1000 * (1 + part)))
