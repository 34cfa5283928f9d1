from __future__ import annotations

import numpy as np
import pytest
from in_process import InProcessSandbox
from worker_programs import BACKWARD, DOUBLING, FORWARD, ONE, WHOLE, observe, program

from grader.calls import (
    Absent,
    Again,
    Backward,
    Forward,
    Inputs,
    Inspected,
    Observation,
    Raised,
    Request,
    Returned,
)
from grader.engine.results import is_untouched
from grader.records import Convention, Limits, Program, Unit


def numbers(seen: Observation) -> list[object]:
    assert isinstance(seen, Returned), seen
    return [None if v.array is None else v.array.tolist() for v in seen.values]


def test_forward_then_backward_with_its_cache() -> None:
    forward, backward, inputs = observe(program(DOUBLING), *WHOLE)
    assert numbers(forward) == [(ONE * 2).tolist()]
    assert numbers(backward) == [(ONE + 3).tolist()]
    assert isinstance(inputs, Inspected)
    assert inputs.options == ({"stride": "3"},)


def test_again_sees_what_has_become_of_an_earlier_out() -> None:
    source = """
    import numpy as np
    buffer = np.zeros((2, 3))
    def forward(x, options):
        buffer[:] += x
        return buffer, 0
    def backward(dout, cache): ...
    """
    second = Forward(arrays=(0,), options={}, slot=1)
    *_, again, absent = observe(
        program(source), FORWARD, second, Again(slot=0), Again(slot=5)
    )
    assert numbers(again) == [(ONE * 2).tolist()]
    assert absent == Absent()


def test_again_looks_at_a_lone_result_too() -> None:
    source = DOUBLING.replace("x * 2, options", "x * 2")
    _, again = observe(program(source), FORWARD, Again(slot=0))
    assert numbers(again) == [(ONE * 2).tolist()]


def test_what_is_changed_in_place_is_sent_back_changed() -> None:
    source = """
    def forward(x, options):
        x[0, 0] = 99
        options["stride"] = 1
        return x, 0
    def backward(dout, cache): ...
    """
    request = Request(arrays=(ONE,), steps=(FORWARD, Inputs()))
    with InProcessSandbox().open(program(source), Limits()) as worker:
        _, inputs = worker.run(request)
    assert isinstance(inputs, Inspected)
    (seen,) = inputs.arrays
    assert seen is not None
    assert seen.array is not None
    assert seen.array[0, 0] == 99
    assert inputs.options == ({"stride": "1"},)
    assert ONE[0, 0] == 0


@pytest.mark.parametrize(
    ("change", "is_seen"),
    [
        ("x + 1", False),
        ("x.sort()", False),  # it is in order
        ("x[0, 0] = -0.0", True),
        ("x[0, 0] = np.nan", True),
        ("x.shape = (x.size,)", True),
        ("x.dtype = np.int64", True),
        ("x.resize((0, 3), refcheck=False)", True),
    ],
)
def test_an_input_is_another_if_a_bit_of_it_is(change: str, *, is_seen: bool) -> None:
    source = f"""
    import numpy as np
    def forward(x, options):
        {change}
        return x, 0
    def backward(dout, cache): ...
    """
    zeros = np.zeros((2, 3))
    request = Request(arrays=(zeros,), steps=(FORWARD, Inputs()))
    with InProcessSandbox().open(program(source), Limits()) as worker:
        _, inputs = worker.run(request)
    assert isinstance(inputs, Inspected)
    assert is_untouched(zeros, inputs.arrays[0]) != is_seen


@pytest.mark.parametrize("forward", ["raise ValueError", "return x", "return x, 1, 2"])
def test_without_a_cache_backward_gets_forwards_arguments(forward: str) -> None:
    source = f"""
    def forward(x, options):
        {forward}
    def backward(dout, cache):
        x, options = cache
        return dout + x * options["stride"],
    """
    *_, backward = observe(program(source), FORWARD, BACKWARD)
    assert numbers(backward) == [(ONE * 4).tolist()]


def test_backward_of_a_slot_that_never_ran_is_absent() -> None:
    assert observe(program(DOUBLING), Backward(dout=0, slot=3)) == (Absent(),)


def test_arguments_come_in_the_students_order_and_under_their_names() -> None:
    source = """
    def forward(b, x, *, params):
        return b * 10 + x * params["S"], 0
    def backward(dout, cache): ...
    """
    convention = Convention(
        forward="forward",
        backward="backward",
        arguments=("b", "x", "options"),
        arrays=("x", "b"),
        keywords={"options": "params"},
        option_names={"stride": "S"},
    )
    asked = Request(
        arrays=(np.ones(1), np.full(1, 2.0)),
        steps=(Forward(arrays=(0, 1), options={"stride": 5}, slot=0), Inputs()),
    )
    given = program(source, convention=convention)
    with InProcessSandbox().open(given, Limits()) as worker:
        forward, inputs = worker.run(asked)
    assert numbers(forward) == [[25.0]]
    assert isinstance(inputs, Inspected)
    assert inputs.options == ({"stride": "5"},)


def test_a_layer_without_options_gets_arrays_only() -> None:
    source = "def forward(x): return x, 0\ndef backward(d, c): ..."
    convention = Convention(forward="forward", backward="backward", arguments=("x",))
    asked = Forward(arrays=(0,), options=None, slot=0)
    (seen,) = observe(program(source, convention=convention), asked)
    assert numbers(seen) == [ONE.tolist()]


ADAPTED = """
    class Conv:
        def __init__(self, s):
            self.s = s
        def run(self, x):
            return x * self.s
"""
ADAPTER = """
def forward(student, x, options):
    layer = student.Conv(options["stride"])
    return layer.run(x), layer

def backward(student, dout, cache):
    return (dout * cache.s,)
"""


def adapted(adapter: str) -> Program:
    return program(ADAPTED, adapter=Unit(name="adapter.py", source=adapter))


def test_an_adapter_maps_another_convention() -> None:
    forward, backward = observe(adapted(ADAPTER), FORWARD, BACKWARD)
    assert numbers(forward) == [(ONE * 3).tolist()]
    assert numbers(backward) == [(ONE * 3).tolist()]


def test_a_trace_through_an_adapter_shows_the_students_frames_only() -> None:
    source = ADAPTED.replace("x * self.s", "1 / 0")
    given = program(source, adapter=Unit(name="adapter.py", source=ADAPTER))
    (seen,) = observe(given, FORWARD)
    assert isinstance(seen, Raised)
    assert [frame.unit for frame in seen.frames] == ["layers.py"]


def test_a_large_request_is_answered_in_order() -> None:
    steps = [Forward(arrays=(0,), options={"stride": n}, slot=n) for n in range(20)]
    steps += [Backward(dout=0, slot=n) for n in range(20)]  # type: ignore[misc]
    seen = observe(program(DOUBLING), *steps)
    assert [numbers(s) for s in seen[20:]] == [[(ONE + n).tolist()] for n in range(20)]
