from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.calls import Array
from grader.worker import asking, plain
from grader.worker.packing import HEADER, RUN

tensors = st.lists(
    hnp.arrays(
        st.sampled_from((np.float64, np.float32, np.int64)),
        hnp.array_shapes(min_dims=0, min_side=0, max_dims=8, max_side=3),
    ),
    max_size=5,
)
places = st.integers(0, 9)
options = st.none() | st.dictionaries(st.text(), st.integers(-(1 << 62), 1 << 62))
steps = st.lists(
    st.one_of(
        st.builds(plain.Forward, st.lists(places).map(tuple), options, slot=places),
        st.builds(plain.Again, places),
        st.builds(plain.Backward, places, places),
        st.just(plain.Inputs()),
    )
)
texts = st.text(alphabet=st.characters())
sources = st.builds(plain.Source, texts, texts)
programs = st.builds(
    plain.Program,
    units=st.lists(sources).map(tuple),
    modules=st.lists(st.builds(plain.OwnModule, texts, sources, st.booleans())).map(
        tuple
    ),
    adapter=st.none() | sources,
    allowed_imports=st.none() | st.frozensets(texts),
    package=texts,
    forward=texts,
    backward=texts,
    arguments=st.lists(texts).map(tuple),
    arrays=st.lists(texts).map(tuple),
    keywords=st.dictionaries(texts, texts),
    option_names=st.dictionaries(texts, texts),
)


def sent(packer: object) -> bytearray:
    return bytearray(packer.frame(RUN, 0)[HEADER.size :])  # type: ignore[attr-defined]


@given(tensors, steps, st.integers(0, 1 << 60))
def test_a_request_arrives_as_it_was_written(
    arrays: list[Array], asked: list[plain.Step], largest: int
) -> None:
    arrived = asking.read_request(sent(asking.request(largest, arrays, asked)))
    assert (arrived.largest, list(arrived.steps)) == (largest, asked)
    for before, after in zip(arrays, arrived.arrays, strict=True):
        assert (after.dtype, after.shape) == (before.dtype, before.shape)
        assert after.tobytes() == before.tobytes()


@given(tensors)
def test_arrays_arrive_aligned_and_in_memory_of_their_own(arrays: list[Array]) -> None:
    body = sent(asking.request(7, arrays, ()))
    for array in asking.read_request(body).arrays:
        assert array.flags.aligned
        assert array.flags.writeable
        assert array.flags.owndata
        assert array.flags.c_contiguous
    body.clear()  # nothing looks into it


@given(programs)
def test_a_program_arrives_as_it_was_written(program: plain.Program) -> None:
    assert asking.read_program(sent(asking.program(program))) == program
