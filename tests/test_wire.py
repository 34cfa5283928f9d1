from __future__ import annotations

import struct
import tracemalloc

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from worker_programs import BACKWARD, FORWARD, WHOLE, request

from grader import calls, wire
from grader.calls import Array, Inputs
from grader.engine.results import is_untouched
from grader.worker import frames, packing, plain
from grader.worker.packing import HEADER, LOADING, MAGIC, OBSERVED, Packer

HEAD = wire.Head(arrays=0, length=0)
ENDINGS = (
    calls.Returned | calls.Inspected | calls.Raised | calls.Absent | wire.Violation
)
LOADINGS = (
    calls.Loaded | calls.Missing | calls.Raised | wire.AdapterFailed | wire.Violation
)

names = st.text(max_size=20).map(lambda text: text.encode(errors="ignore").decode())
shapes = hnp.array_shapes(min_dims=0, min_side=0, max_dims=8, max_side=3)
tensors: st.SearchStrategy[Array] = st.one_of(
    hnp.arrays(np.float32, shapes), hnp.arrays(np.float64, shapes)
)

whole_numbers = hnp.arrays(np.int64, shapes)


def sent(array: Array) -> plain.Value:
    return plain.Value("ndarray", array.dtype.name, array.shape, array)


sizes = st.integers(0, 1 << 40)
values = st.one_of(
    names.map(plain.Value),
    st.builds(plain.Value, names, names, st.tuples(sizes), st.none()),
    tensors.map(sent),
)
frame_lines = st.builds(plain.Frame, names, st.integers(0, 1 << 31), names, names)
observations = st.one_of(
    st.builds(
        plain.Returned,
        names,
        st.none() | st.integers(0, 1 << 40),
        st.lists(values, max_size=4).map(tuple),
    ),
    st.builds(
        plain.Inspected,
        st.lists(tensors | whole_numbers, max_size=4).map(tuple),
        st.lists(st.dictionaries(names, names, max_size=3), max_size=3).map(tuple),
    ),
    st.builds(plain.Raised, names, names, st.lists(frame_lines, max_size=3).map(tuple)),
    st.just(plain.Absent()),
)


def body_of(seen: plain.Observation) -> tuple[bytes, wire.Head]:
    packer = frames.observed(seen, 1 << 20)
    frame = packer.frame(OBSERVED, 7)
    head = wire.read_head(frame[: HEADER.size], kind=OBSERVED, nonce=7, largest=1 << 30)
    assert isinstance(head, wire.Head)
    return frame[HEADER.size :], head


@given(observations)
def test_what_a_worker_saw_arrives_as_it_was(seen: plain.Observation) -> None:
    answer = wire.read_observation(*body_of(seen))
    assert type(answer).__name__ == type(seen).__name__
    again = frames.observed(as_plain(answer), 1 << 20).frame(OBSERVED, 7)
    assert again[HEADER.size :] == body_of(seen)[0]


def as_plain(answer: object) -> plain.Observation:
    match answer:
        case calls.Returned():
            shown = tuple(plain_value(value) for value in answer.values)
            return plain.Returned(answer.container, answer.count, shown)
        case calls.Inspected():
            arrays = tuple(v.array for v in answer.arrays if v.array is not None)
            return plain.Inspected(arrays, tuple(dict(o) for o in answer.options))
        case calls.Raised():
            lines = [(f.unit, f.line, f.function, f.text) for f in answer.frames]
            told = tuple(plain.Frame(*line) for line in lines)
            return plain.Raised(answer.type_name, answer.text, told)
        case _:
            return plain.Absent()


def plain_value(value: calls.Value) -> plain.Value:
    return plain.Value(value.type_name, value.dtype, value.shape, value.array)


@given(st.binary(max_size=300), st.integers(0, 3))
@example(bytes([1]) + b"\xff" * 60, 0)
def test_any_body_is_an_observation_or_a_violation(body: bytes, arrays: int) -> None:
    head = wire.Head(arrays=arrays, length=len(body))
    assert isinstance(wire.read_observation(body, head), ENDINGS)
    assert isinstance(wire.read_loading(body, head), LOADINGS)


@given(st.binary(max_size=300))
def test_reading_takes_no_more_memory_than_some_times_the_body(body: bytes) -> None:
    head = wire.Head(arrays=1, length=len(body))
    wire.read_observation(body, head)  # what is imported or cached only once
    tracemalloc.start()
    wire.read_observation(body, head)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most <= 64 * len(body) + (1 << 16)


@given(observations, st.data())
def test_a_damaged_reply_is_an_observation_or_a_violation(
    seen: plain.Observation, data: st.DataObject
) -> None:
    body, head = body_of(seen)
    at = data.draw(st.integers(0, len(body) - 1))
    damage = data.draw(st.binary(max_size=9))
    damaged = body[:at] + damage + body[at + data.draw(st.integers(0, 9)) :]
    assert isinstance(wire.read_observation(damaged, head), ENDINGS)


@given(observations, st.binary(min_size=1, max_size=3))
def test_bytes_left_over_are_a_violation(seen: plain.Observation, extra: bytes) -> None:
    body, head = body_of(seen)
    assert isinstance(wire.read_observation(body + extra, head), wire.Violation)


@given(st.binary(max_size=40))
def test_any_header_is_a_header_or_a_violation(data: bytes) -> None:
    head = wire.read_head(data, kind=OBSERVED, nonce=7, largest=100)
    assert isinstance(head, wire.Violation)


@pytest.mark.parametrize(
    ("kind", "nonce", "length", "wrong"),
    [
        (LOADING, 7, 10, "kind 3"),
        (OBSERVED, 8, 10, "a reply to no request"),
        (OBSERVED, 7, 101, "101 bytes"),
        (OBSERVED, 7, 1 << 63, "at most 100"),
    ],
)
def test_a_header_that_was_not_awaited_is_a_violation(
    kind: int, nonce: int, length: int, wrong: str
) -> None:
    data = HEADER.pack(MAGIC, kind, 0, nonce, length)
    head = wire.read_head(data, kind=OBSERVED, nonce=7, largest=100)
    assert isinstance(head, wire.Violation)
    assert wrong in head.detail


def lying_array(*, code: int, sizes: tuple[int, ...], body: bytes = b"") -> bytes:
    packer = Packer()
    packer.u8(frames.RETURNED)
    packer.text("ndarray")
    packer.i64(frames.NO_LENGTH)
    packer.u32(1)
    packer.text("ndarray")
    packer.u8(frames.SENT)
    packer.text("float64")
    packer.u8(code)
    packer.u8(len(sizes))
    for size in sizes:
        packer.u64(size)
    return b"".join(packer.parts) + body


@pytest.mark.parametrize(
    ("code", "sizes", "wrong"),
    [
        (2, (1 << 40,), "8796093022208 bytes announced where 0 are left"),
        (2, (1 << 33, 1 << 33), "bytes announced"),
        (2, ((1 << 64) - 1,), "too large"),
        (2, (0, 1 << 40, 1 << 40), "too large"),
        (2, (1,) * 9, "9 dimensions"),
        (3, (0,), "dtype int64"),
        (9, (0,), "dtype code 9"),
    ],
)
def test_what_an_array_announces_is_not_believed(
    code: int, sizes: tuple[int, ...], wrong: str
) -> None:
    body = lying_array(code=code, sizes=sizes)
    told = wire.read_observation(body, wire.Head(arrays=1, length=len(body)))
    assert isinstance(told, wire.Violation)
    assert wrong in told.detail


def test_a_wrong_number_of_arrays_is_a_violation() -> None:
    body = lying_array(code=2, sizes=(1,), body=struct.pack("<d", 1.0))
    told = wire.read_observation(body, wire.Head(arrays=2, length=len(body)))
    assert told == wire.Violation(detail="1 arrays, 2 were announced")


@given(tensors)
def test_arrays_arrive_aligned_writable_and_equal(array: Array) -> None:
    packer = Packer()
    packer.u8(0)  # so that nothing is aligned on the wire
    packer.array(array)
    cursor = packing.Cursor(b"".join(packer.parts))
    assert cursor.u8() == 0
    arrived = cursor.array()
    assert arrived.flags.aligned
    assert arrived.flags.writeable
    np.testing.assert_array_equal(arrived, array)


def test_the_limit_of_a_reply_grows_with_its_request() -> None:
    large = calls.Request(arrays=(np.zeros(1 << 18),), steps=(FORWARD,))
    assert wire.largest_value(large) == 4 << 21
    assert wire.largest_value(request()) == wire.LEAST_VALUE
    assert wire.largest_reply(large) > wire.largest_value(large)


def test_lone_surrogates_do_not_come_in() -> None:
    packer = Packer()
    packer.u8(frames.RAISED)
    packer.text("\ud800")
    body = b"".join(packer.parts)
    assert isinstance(wire.read_observation(body, HEAD), wire.Violation)


def test_an_answer_is_one_to_its_own_question() -> None:
    asked = request(FORWARD, BACKWARD, Inputs())
    body, head = body_of(plain.Returned("tuple", 1, (plain.Value("int"),)))
    for step, right in zip(asked.steps, (True, True, False), strict=True):
        seen = wire.read_answer(body, head, step=step, request=asked)
        assert isinstance(seen, calls.Returned) == right


@given(observations, st.sampled_from(WHOLE))
def test_whatever_is_answered_can_be_judged(
    seen: plain.Observation, step: calls.Step
) -> None:
    asked = request(*WHOLE)
    answer = wire.read_answer(*body_of(seen), step=step, request=asked)
    if isinstance(answer, calls.Returned):
        assert not isinstance(step, Inputs)
        assert answer.values or answer.count == 0
    if isinstance(answer, calls.Inspected):
        assert len(answer.arrays) == len(asked.arrays)


def as_they_are(asked: calls.Request, *arrays: Array) -> tuple[bytes, wire.Head]:
    return body_of(plain.Inspected(arrays or asked.arrays, ({"stride": "3"},)))


def test_inputs_travel_as_numbers_and_the_parent_compares() -> None:
    asked = request(*WHOLE)
    body, head = as_they_are(asked)
    assert all(array.tobytes() in body for array in asked.arrays)
    other = as_they_are(asked, asked.arrays[0] + 1)
    one, again, changed = (
        wire.read_answer(*each, step=Inputs(), request=asked)
        for each in ((body, head), (bytearray(body), head), other)
    )
    assert one is again
    assert isinstance(changed, calls.Inspected)
    assert not is_untouched(asked.arrays[0], changed.arrays[0])


def test_what_the_wire_does_not_know_is_compared_as_it_is_sent() -> None:
    asked = calls.Request(arrays=(np.arange(3, dtype=np.int8),), steps=(Inputs(),))
    body, head = body_of(plain.Inspected((np.arange(3.0),), ()))
    seen = wire.read_answer(body, head, step=Inputs(), request=asked)
    assert isinstance(seen, calls.Inspected)
    assert is_untouched(asked.arrays[0], seen.arrays[0])


def test_inputs_that_were_changed_are_not_remembered() -> None:
    asked = request(*WHOLE)
    before = wire._remembered.cache_info().currsize
    other = as_they_are(asked, asked.arrays[0] + 0.5)
    seen = wire.read_answer(*other, step=Inputs(), request=asked)
    assert isinstance(seen, calls.Inspected)
    assert wire._remembered.cache_info().currsize == before
