from __future__ import annotations

import functools
from types import FunctionType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.notebook.code import (
    definitions,
    function_of,
    globals_of,
    is_same,
    reachable,
)

CONSTANTS = st.one_of(
    st.integers(-3, 3), st.floats(-2, 2), st.booleans(), st.text("ab", max_size=2)
)


def run(source: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(compile(source, "<cell>", "exec"), names)  # noqa: S102 (it is ours)
    return names


def is_written(function: FunctionType, source: str) -> bool:
    return any(
        is_same(code, function.__code__)
        for code in definitions(source)[function.__code__.co_qualname]
    )


@given(CONSTANTS, CONSTANTS)
def test_two_functions_are_the_same_if_their_constants_are(
    one: object, other: object
) -> None:
    source, another = (f"def f(x):\n    return x + {v!r}\n" for v in (one, other))
    same = type(one) is type(other) and repr(one) == repr(other)
    assert is_written(run(source)["f"], another) is same


@pytest.mark.parametrize(
    "text",
    [
        "\n\ndef f(x):\n    # why\n    return [g(y)   for y in x]\n",
        "def g(y): return y\ndef f(x): return [g(y) for y in x]\n",
    ],
)
def test_lines_comments_and_neighbours_are_no_difference(text: str) -> None:
    assert is_written(run("def f(x):\n    return [g(y) for y in x]\n")["f"], text)


@pytest.mark.parametrize(
    "text",
    [
        "def f(x):\n    return [g(y) + 1 for y in x]\n",
        "def f(x, z=1):\n    return [g(y) for y in x]\n",
        "def f(x):\n    return (g(y) for y in x)\n",
        "def f(x):\n    return [h(y) for y in x]\n",
    ],
)
def test_other_code_is_a_difference_even_inside(text: str) -> None:
    assert not is_written(run("def f(x):\n    return [g(y) for y in x]\n")["f"], text)


def test_an_import_beside_a_function_makes_no_difference() -> None:
    alone = "def f(x):\n    return np.pad(x, 1)\n"
    assert is_written(run(alone)["f"], f"import math as np\n{alone}")


@pytest.mark.parametrize("text", ["def f(", "x = 1\0", "(" * 500])
def test_what_is_no_python_defines_nothing(text: str) -> None:
    assert definitions(text) == {}


def test_globals_of_inner_functions_count() -> None:
    function = run("def f(x):\n    return [lambda: (a, b.c) for _ in x]\n")["f"]
    assert globals_of(function.__code__) == {"a", "b"}


def test_everything_that_is_named_is_reached_once() -> None:
    names = run(
        "def f(x):\n    return g(x)\n"
        "def g(x):\n    return f(x) + C().m()\n"
        "class C:\n    def m(self):\n        return h()\n"
        "def h():\n    return len([])\n"
        "def unused():\n    pass\n"
    )
    found = {each.__name__ for each in reachable([names["f"]])}
    assert found == {"f", "g", "m", "h"}


def test_a_function_is_found_behind_decorators_and_methods() -> None:
    names = run("class C:\n    def m(self):\n        pass\ndef f():\n    pass\n")
    wrapped = functools.lru_cache(names["f"])
    assert function_of(wrapped) is names["f"]
    assert function_of(names["C"]().m) is names["C"].m


def test_what_is_not_the_students_is_none_of_theirs() -> None:
    def loop() -> None:
        pass

    loop.__wrapped__ = loop  # type: ignore[attr-defined]  # it wraps itself
    for thing in (loop, functools.partial(loop), len, None, functools.reduce, given):
        assert function_of(thing) is None
