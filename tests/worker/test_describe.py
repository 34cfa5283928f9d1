from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worker_programs import (
    BACKWARD,
    FORWARD,
    forward_returns,
    observe,
    program,
    raised,
    returned,
)

from grader.calls import Inputs, Inspected, Raised, Returned, Value
from grader.worker import describe


@pytest.mark.parametrize(
    "made",
    [
        "np.asfortranarray(np.arange(6.0).reshape(2, 3))",
        "np.arange(12.0).reshape(2, 6)[:, ::2] / 2",
        "np.arange(5.0, -1, -1)[::-1].reshape(2, 3)",
        "np.arange(6, dtype='>f8').reshape(2, 3)",
        "np.arange(6, dtype='float32').reshape(2, 3)",
        "np.arange(6, dtype=np.longdouble).reshape(2, 3)",
        "np.frombuffer(np.arange(6.0).tobytes()).reshape(2, 3)",
        "np.matrix(np.arange(6.0).reshape(2, 3))",
        "np.ma.masked_array(np.arange(6.0).reshape(2, 3), mask=True)",
    ],
)
def test_the_numbers_of_any_float_array_arrive(made: str) -> None:
    (value,) = returned(f"({made}, 0)").values
    assert value.array is not None
    np.testing.assert_array_equal(value.array, np.arange(6.0).reshape(2, 3))


@pytest.mark.parametrize(
    ("made", "dtype"),
    [
        ("np.zeros(3, 'float16')", "float16"),
        ("np.zeros(3, complex)", "complex128"),
        ("np.zeros(3, int)", "int64"),
        ("np.zeros(3, bool)", "bool"),
        ("np.zeros(3, object)", "object"),
        ("np.zeros(3, 'U5')", "str160"),
        ("np.zeros(3, [('a', 'f8')])", "void64"),
        ("np.zeros(3, 'M8[s]')", "datetime64[s]"),
    ],
)
def test_other_dtypes_travel_as_a_name_and_a_shape(made: str, dtype: str) -> None:
    told = Value(type_name="ndarray", dtype=dtype, shape=(3,))
    assert returned(f"({made}, 0)").values == (told,)


def test_longdouble_keeps_its_name_and_travels_as_float64() -> None:
    (value,) = returned("(np.ones(3, np.longdouble), 0)").values
    assert value.dtype == np.dtype(np.longdouble).name
    assert value.array is not None
    assert value.array.dtype == np.float64


@pytest.mark.parametrize("shape", [(), (0,), (2, 0, 3), (1,) * 8])
def test_empty_and_scalar_arrays_keep_their_shape(shape: tuple[int, ...]) -> None:
    (value,) = returned(f"(np.ones({shape}), 0)").values
    assert value.shape == shape
    assert value.array is not None
    assert value.array.size == math.prod(shape)


@pytest.mark.parametrize("made", ["np.zeros((1,) * 9)", "np.zeros(10 ** 6)"])
def test_numbers_nobody_needs_stay_at_home(made: str) -> None:
    (value,) = returned(f"({made}, 0)").values
    assert value.shape is not None
    assert value.array is None


@pytest.mark.parametrize(
    ("expression", "container", "count", "first"),
    [
        ("x", "ndarray", None, "ndarray"),
        ("None", "NoneType", None, "NoneType"),
        ("{'out': x}", "dict", None, "dict"),
        ("np.float64(3)", "float64", None, "float64"),
        ("[3.0, x]", "list", 2, "float"),
        ("(x, 1, 2)", "tuple", 3, "ndarray"),
        ("()", "tuple", 0, None),
    ],
)
def test_what_was_returned_is_named(
    expression: str, container: str, count: int | None, first: str | None
) -> None:
    seen = returned(expression)
    names = tuple(value.type_name for value in seen.values)
    assert (seen.container, seen.count) == (container, count)
    assert names == (() if first is None else (first,))


def test_all_gradients_travel_and_of_forward_only_the_first() -> None:
    forward, backward = observe(forward_returns("x, (x, x, x)"), FORWARD, BACKWARD)
    assert isinstance(forward, Returned)
    assert isinstance(backward, Returned)
    assert (len(forward.values), len(backward.values)) == (1, 3)


LIARS = """
import numpy as np

class Liar(np.ndarray):
    shape = (2, 2)
    dtype = np.dtype("float16")
    nbytes = 0
    __eq__ = __ge__ = lambda self, other: True
    def __array__(self, *a, **k): raise SystemExit
    def __array_finalize__(self, o): raise SystemExit
    def view(self, *a): raise SystemExit
    def astype(self, *a): raise SystemExit
    def tobytes(self, *a): return b"lies"
    @property
    def __class__(self): raise SystemExit

class Items(tuple):
    def __len__(self): raise SystemExit
    def __iter__(self): raise SystemExit
    def __getitem__(self, i): raise SystemExit

class Lazy:
    def __array__(self, *a, **k): raise SystemExit

def patch():
    np.ndarray = np.array = np.asarray = np.dtype = np.allclose = None

def forward(x, options):
    liar = np.ndarray.__new__(Liar, (1,), "f8", np.ones(1))
    patch()
    return Items((liar, Lazy()))

def backward(dout, cache):
    return cache, cache
"""


def test_a_subclass_that_lies_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ndarray", "array", "asarray", "dtype", "allclose"):
        monkeypatch.setattr(np, name, getattr(np, name))
    source = LIARS.replace("def __array_finalize__(self, o): raise SystemExit", "")
    forward, backward = observe(program(source), FORWARD, BACKWARD)
    assert isinstance(forward, Returned)
    assert forward.container == "Items"
    (value,) = forward.values
    assert (value.type_name, value.dtype, value.shape) == ("Liar", "float64", (1,))
    assert isinstance(backward, Returned)
    assert [value.type_name for value in backward.values] == ["Lazy", "Lazy"]


def test_a_trace_holds_the_students_lines_only() -> None:
    seen = raised(
        """
        import numpy as np

        def shift(x):
            return np.add(x, np.zeros(7))

        def forward(x, options):
            return shift(x), 0

        def backward(dout, cache): ...
        """
    )
    assert seen.type_name == "ValueError"
    lines = [(frame.unit, frame.line, frame.function) for frame in seen.frames]
    assert lines == [("layers.py", 8, "forward"), ("layers.py", 5, "shift")]
    assert seen.frames[-1].text == "return np.add(x, np.zeros(7))"


RAISES = """
    class {name}(Exception):
        {body}

    def forward(x, options):
        raise {name}("why")

    def backward(dout, cache): ...
"""


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("pass", "why"),
        ("def __str__(self): raise SystemExit", "<its text raised SystemExit>"),
        ("def __str__(self): return 3", "<its text raised TypeError>"),
        ("__traceback__ = property(lambda self: 1 / 0)", "why"),
        ("__class__ = property(lambda self: 1 / 0)", "why"),
        ("def __str__(self): return 'a\\ud800'", "a\\ud800"),
        ("def __str__(self): return type('S', (str,), {'encode': 3})('b')", "b"),
    ],
)
def test_the_text_of_a_hostile_exception_is_survived(body: str, text: str) -> None:
    seen = raised(RAISES.format(name="Odd", body=body))
    assert (seen.type_name, seen.text) == ("Odd", text)


def test_a_very_long_text_is_cut() -> None:
    seen = raised(RAISES.format(name="E", body="def __str__(self): return 'é' * 10**6"))
    assert seen.text == "é" * describe.LONGEST_TEXT


@pytest.mark.parametrize(
    "name",
    ["SystemExit", "KeyboardInterrupt", "GeneratorExit", "MemoryError", "Warning"],
)
def test_every_exception_is_an_answer(name: str) -> None:
    source = f"""
    def forward(x, options):
        raise {name}
    def backward(dout, cache): ...
    """
    assert raised(source).type_name == name


def test_endless_recursion_is_told_by_its_end() -> None:
    seen = raised(
        """
        def forward(x, options):
            return forward(x, options)
        def backward(dout, cache): ...
        """
    )
    assert seen.type_name == "RecursionError"
    assert len(seen.frames) == describe.MOST_FRAMES


def test_options_are_told_as_text_without_asking_them() -> None:
    source = """
    class Evil:
        def __repr__(self): raise SystemExit
        __hash__ = object.__hash__
    def forward(x, options):
        options.update(a=1, b=2.5, c=True, d=None, e="e" * 999, f=Evil(), g=[1])
        options[Evil()] = 1
        return x, 0
    def backward(dout, cache): ...
    """
    _, seen = observe(program(source), FORWARD, Inputs())
    assert isinstance(seen, Inspected)
    (options,) = seen.options
    assert options.pop("e").startswith("'eee")  # type: ignore[attr-defined]
    expected = {"a": "1", "b": "2.5", "c": "True", "d": "None"}
    odd = {"f": "<Evil>", "g": "<list>", "<Evil>": "1"}
    assert options == {"stride": "3", **expected, **odd}


def test_a_type_that_equals_all_others_is_not_asked_either() -> None:
    source = """
    class Meta(type):
        def __eq__(self, other): return True
        def __hash__(self): raise SystemExit
        __module__ = property(lambda self: 1 / 0)
    class Evil(Exception, metaclass=Meta):
        def __repr__(self): raise SystemExit
    def forward(x, options):
        options["evil"] = Evil()
        raise options["evil"]
    def backward(dout, cache): ...
    """
    raised_, seen = observe(program(source), FORWARD, Inputs())
    assert isinstance(raised_, Raised)
    assert raised_.type_name == "Evil"
    assert isinstance(seen, Inspected)
    assert seen.options == ({"stride": "3", "evil": "<Evil>"},)


@given(st.text(alphabet=st.characters()), st.integers(0, 5))
def test_a_cleaned_text_is_encodable(text: str, longest: int) -> None:
    cleaned = describe.clean(text + "\udc80", longest)
    assert cleaned.encode().decode() == cleaned


def test_an_ndarray_subclass_cannot_refuse_its_view() -> None:
    (value,) = returned("(np.ones(2).view(type('M', (np.matrix,), {})), 0)").values
    assert value.type_name == "M"
    assert value.shape == (1, 2)
