from __future__ import annotations

import pytest
from programs import RIGHT, program
from student_styles import BY_TAPS, FOUR_LOOPS, SEVEN_LOOPS, WHILE_LOOPS

from grader.records import Program, Unit
from grader.session.reading import keeps_documented_cache

START = "def conv_forward_naive(x, w, b, conv_param):\n"


@pytest.mark.parametrize(
    "source",
    [
        RIGHT,
        FOUR_LOOPS,
        BY_TAPS,
        START + "    cache = [x, w, b, conv_param]\n    return out, cache\n",
        "def conv_forward_naive(a, b, c, d):\n    return 1, (a, b, c, d)\n",
        START + "    if x is None:\n        return 0, (x, w, b, conv_param)\n"
        "    return 1, (x, w, b, conv_param)\n",
    ],
)
def test_the_documented_cache_is_recognised(source: str) -> None:
    assert keeps_documented_cache(program(source))


@pytest.mark.parametrize(
    "source",
    [
        SEVEN_LOOPS,
        WHILE_LOOPS,
        "",
        "def conv_forward_naive(:",
        "x = 1",
        START + "    return out\n",
        START + "    return out, x\n",
        START + "    return out, cache\n",
        START + "    return out, (w, x, b, conv_param)\n",
        START + "    return out, (x, w, b)\n",
        START + "    return out, (x, w, b, conv_param, cols)\n",
        START + "    return out, (x.copy(), w, b, conv_param)\n",
        START + "    x = np.pad(x, 1)\n    return out, (x, w, b, conv_param)\n",
        START + "    x, y = 1, 2\n    return out, (x, w, b, conv_param)\n",
        START + "    w += 1\n    return out, (x, w, b, conv_param)\n",
        START
        + "    for b in (1,):\n        b\n    return out, (x, w, b, conv_param)\n",
        START + "    if x:\n        return 1, 2\n    return 1, (x, w, b, conv_param)\n",
        "def conv_forward_naive(x, w, b):\n    return 1, (x, w, b)\n",
    ],
)
def test_any_other_cache_is_the_programs_own(source: str) -> None:
    assert not keeps_documented_cache(program(source))


def test_the_last_definition_counts() -> None:
    own = START + "    return out, (w, x, b, conv_param)\n"
    assert keeps_documented_cache(program(own + RIGHT))
    assert not keeps_documented_cache(program(RIGHT + own))


def test_behind_an_adapter_no_cache_is_documented() -> None:
    given = program(RIGHT)
    adapted = Program(
        units=given.units,
        convention=given.convention,
        adapter=Unit(name="adapter.py", source=""),
    )
    assert not keeps_documented_cache(adapted)
