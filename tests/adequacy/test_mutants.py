from __future__ import annotations

import ast
from operator import attrgetter
from typing import Final

import pytest
from handwritten import base_source
from judging import corpus_of
from surviving import (
    NAMES,
    Harmless,
    harmless,
    harmless_names,
    mutants_of,
    outcomes,
    survives,
    survives_never,
    survivors,
)

# Every n-th mutant makes a part, so that each part sees every line of the program.
QUICK: Final = 9
SEEDS: Final = range(2)
PARTS: Final = 24
EACH_BASE = pytest.mark.parametrize("base", NAMES)
EACH_PART = pytest.mark.parametrize("part", range(PARTS))


@EACH_BASE
def test_what_is_mutated_is_right(base: str) -> None:
    assert survives(base_source(base), corpus_of(remainder="floor"))


def test_there_are_at_least_six_hundred_wrong_mutants() -> None:
    assert sum(len(mutants_of(base)) for base in NAMES) - len(harmless()) >= 600


@EACH_BASE
def test_every_mutant_ends(base: str) -> None:
    # A loop over a range ends; only `while` would have to be watched, and no operator
    # makes one.
    nodes = ast.walk(ast.parse(base_source(base)))
    assert not [node for node in nodes if isinstance(node, ast.While)]


@EACH_BASE
def test_no_two_mutants_have_one_name(base: str) -> None:
    named = [mutant.name for mutant in mutants_of(base)]
    assert len(set(named)) == len(named)


@pytest.mark.parametrize("entry", harmless(), ids=attrgetter("name"))
def test_a_harmless_mutant_exists_and_has_its_reason(entry: Harmless) -> None:
    assert entry.name in {mutant.name for mutant in mutants_of(entry.base)}
    assert len(entry.reason) > 20
    assert entry.differs in {"never", "remainders"}


@EACH_BASE
def test_a_wrong_mutant_loses_points(base: str) -> None:
    chosen = mutants_of(base)[::QUICK]
    expected = {m.name for m in chosen} & harmless_names(remainder="floor")
    assert survivors(chosen, on=corpus_of(remainder="floor")) == expected


@EACH_BASE
def test_a_mutant_has_one_score_on_any_seed(base: str) -> None:
    chosen = mutants_of(base)[:: 10 * QUICK]
    assert not [m.name for m in chosen if len(outcomes(m.source, seeds=SEEDS)) > 1]


@pytest.mark.adequacy_full
@EACH_BASE
@EACH_PART
def test_every_wrong_mutant_loses_points_and_always_the_same(
    base: str, part: int
) -> None:
    chosen = mutants_of(base)[part::PARTS]
    found = {mutant.name: outcomes(mutant.source, seeds=SEEDS) for mutant in chosen}
    assert not [name for name, different in found.items() if len(different) > 1]
    alive = {name for name, (outcome,) in found.items() if not outcome}
    assert alive == harmless_names(remainder="floor") & set(found)
    alive = {name for name, (outcome,) in found.items() if survives_never(outcome)}
    assert alive == harmless_names(remainder="never") & set(found)


@pytest.mark.nightly
@EACH_BASE
@EACH_PART
def test_every_mutant_has_one_score_on_fifty_seeds(base: str, part: int) -> None:
    chosen = mutants_of(base)[part::PARTS]
    seeds = range(100, 150)
    assert not [m.name for m in chosen if len(outcomes(m.source, seeds=seeds)) > 1]
