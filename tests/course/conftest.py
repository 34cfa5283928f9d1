"""Plans of what is to be set up."""

from __future__ import annotations

import pytest

from grader.course.own_wheel import Wheel
from grader.course.pins import Pins, running
from grader.course.repository import Plan, Platform


@pytest.fixture(scope="session")
def pins() -> Pins:
    return running()


@pytest.fixture(scope="session")
def plan(pins: Pins) -> Plan:
    return Plan(
        name='Faltung "2" und 합성곱',
        layers=("conv2d",),
        platform=Platform.GITHUB,
        language="en",
        pins=pins,
        wheel=Wheel(name="convgrade-0-py3-none-any.whl", content=b"a wheel"),
    )
