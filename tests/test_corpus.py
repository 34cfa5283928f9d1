from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from grader.corpus import build, pose
from grader.exercise import Domain
from grader.exercises import load_exercise

CONV = load_exercise("conv2d")
NEVER = Domain(remainder="never")


@given(seed=st.integers(0, 2**63))
def test_a_corpus_is_replayed_from_its_seed(seed: int) -> None:
    case = CONV.published(NEVER)[0]
    one, other = (pose(CONV, case, seed=seed) for _ in range(2))
    for name, array in one.first.arrays.items():
        assert np.array_equal(array, other.first.arrays[name])


def test_the_digest_tells_seeds_data_and_domains_apart() -> None:
    corpora = [
        build(CONV, NEVER, seed=1, data="lattice"),
        build(CONV, NEVER, seed=2, data="lattice"),
        build(CONV, NEVER, seed=1, data="real"),
        build(CONV, Domain(remainder="floor"), seed=1, data="lattice"),
    ]
    assert len({corpus.digest for corpus in corpora}) == len(corpora)
    again = build(CONV, NEVER, seed=1, data="lattice")
    assert again.digest == corpora[0].digest


def test_real_data_keeps_the_second_data_set_on_the_lattice() -> None:
    corpus = build(CONV, NEVER, seed=1, data="real")
    for entry in corpus.entries:
        x = entry.second.arrays["x"] * 16
        assert np.array_equal(x, np.round(x))
        assert not entry.second.normwise
        assert entry.first.normwise
