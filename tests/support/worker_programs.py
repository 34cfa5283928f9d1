"""Programs and requests for tests of the worker and its sandboxes."""

from __future__ import annotations

import textwrap

import numpy as np
from in_process import InProcessSandbox

from grader.calls import (
    Backward,
    Forward,
    Inputs,
    Observation,
    Raised,
    Request,
    Returned,
)
from grader.records import Convention, Limits, Module, Program, Unit

DOUBLING = """
    def forward(x, options):
        return x * 2, options

    def backward(dout, cache):
        return dout + cache["stride"],
"""
ONE = np.arange(6.0).reshape(2, 3)
FORWARD = Forward(arrays=(0,), options={"stride": 3}, slot=0)
BACKWARD = Backward(dout=0, slot=0)


def program(source: str, **fields: object) -> Program:
    """A program of one unit, layers.py, that defines forward(x, options)."""
    convention = Convention(
        forward="forward", backward="backward", arguments=("x", "options")
    )
    unit = Unit(name="layers.py", source=textwrap.dedent(source))
    return Program(**{"units": (unit,), "convention": convention, **fields})  # type: ignore[arg-type]


def module(dotted_name: str, source: str, *, is_package: bool = False) -> Module:
    """A module of the submission's own."""
    unit = Unit(name=f"{dotted_name}.py", source=textwrap.dedent(source))
    return Module(dotted_name=dotted_name, unit=unit, is_package=is_package)


def forward_returns(expression: str) -> Program:
    """A program whose forward returns what this expression is."""
    return program(
        f"""
        import numpy as np

        def forward(x, options):
            return {expression}

        def backward(dout, cache):
            return cache
        """
    )


def request(*steps: object) -> Request:
    """A request with one array of shape (2, 3); forward alone if nothing is said."""
    return Request(arrays=(ONE,), steps=steps or (FORWARD,))  # type: ignore[arg-type]


WHOLE = (FORWARD, BACKWARD, Inputs())


def observe(program: Program, *steps: object) -> tuple[Observation, ...]:
    """What one request comes to in this process."""
    with InProcessSandbox().open(program, Limits()) as worker:
        return worker.run(request(*steps))


def returned(expression: str) -> Returned:
    """What forward was seen to return."""
    (seen,) = observe(forward_returns(expression))
    assert isinstance(seen, Returned), seen
    return seen


def raised(source: str) -> Raised:
    """What forward was seen to raise."""
    (seen,) = observe(program(source))
    assert isinstance(seen, Raised), seen
    return seen
