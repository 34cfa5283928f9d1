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


# Remainder policy and kind of data, and on how many seeds: 18 runs a program.
ON: Final[tuple[tuple[Remainder, Data, int], ...]] = (
    ("never", "lattice", 5),
    ("floor", "lattice", 4),
    ("never", "real", 4),
    ("floor", "real", 5),
)
#: Five times as long as any other one: these make every sixth run of the default ones.
SLOW: Final = {"correct_seven_loops"}


def all_right(name: str, *, on: Iterable[Corpus]) -> bool:
    return all(total(judge(CORRECT[name], on=posed)) == 100 for posed in on)


def corpora(*, start: int) -> Iterator[Corpus]:
    """Return corpora of both policies and kinds of data, no two of one seed."""
    seeds = count(start)
    for remainder, data, seeds_each in ON:
        for seed in islice(seeds, seeds_each):
            yield corpus_of(seed=seed, remainder=remainder, data=data)


def default(name: str) -> list[Corpus]:
    return [*corpora(start=0)][:: 6 if name in SLOW else 1]


def test_there_are_at_least_twenty_styles_and_five_hundred_runs() -> None:
    assert len(CORRECT) >= 20
    assert sum(len(default(name)) for name in CORRECT) >= 500


@EACH
def test_a_correct_program_gets_every_point(name: str) -> None:
    assert all_right(name, on=default(name))


@pytest.mark.nightly
@EACH
@pytest.mark.parametrize("part", range(20))
def test_a_correct_program_gets_every_point_on_any_seed(name: str, part: int) -> None:
    # 30 programs, 20 parts of 18 runs each: more than 10,000
    assert all_right(name, on=corpora(start=1000 * (1 + part)))
