from __future__ import annotations

import pytest

from grader.explain.raised import ASKED, CRASHED, HUNG, KNOWN, look_at
from grader.messages import LANGUAGES
from grader.records import Message

EXAMPLES = {
    "own_check": ("AssertionError", "", "assert H == W"),
    "cache": (
        "ValueError",
        "not enough values to unpack (expected 5, got 4)",
        "x, w, b, s, p = cache",
    ),
    "unpacking": (
        "ValueError",
        "too many values to unpack (expected 2)",
        "N, C = x.shape",
    ),
    "name": ("NameError", "name 'dxp' is not defined", "return dxp"),
    "unbound": (
        "UnboundLocalError",
        "cannot access local variable 'H'",
        "H = H + 1",
    ),
    "key": ("KeyError", "'padding'", "p = conv_param['padding']"),
    "none": (
        "TypeError",
        "unsupported operand type(s) for +: 'NoneType' and 'float'",
        "out = out + b",
    ),
    "attribute": (
        "AttributeError",
        "'dict' object has no attribute 'pad'",
        "p = conv_param.pad",
    ),
    "divided": ("ZeroDivisionError", "division by zero", "H // pad"),
    "endless": ("RecursionError", "maximum recursion depth exceeded", "f(x)"),
    "memory": ("MemoryError", "", "np.zeros(10**12)"),
    "negative": (
        "ValueError",
        "negative dimensions are not allowed",
        "np.zeros((N, F, H - 5, W))",
    ),
    "index": (
        "IndexError",
        "index 3 is out of bounds for axis 3 with size 3",
        "d = dout[n, f, i, j]",
    ),
    "shapes": (
        "ValueError",
        "operands could not be broadcast together with shapes (1,2) (3,)",
        "window * w[f]",
    ),
    "reshape": (
        "ValueError",
        "cannot reshape array of size 4 into shape (1,1,1,2)",
        "out = out.reshape(N, F, H_out, W_out)",
    ),
    "arguments": (
        "TypeError",
        "f() missing 1 required positional argument: 'pad'",
        "pad_image(x)",
    ),
    "type": (
        "TypeError",
        "only integer scalar arrays can be converted to a scalar index",
        "for n in range(x):",
    ),
    "debugger": ("BdbQuit", "", "import pdb; pdb.set_trace()"),
    "typing": ("EOFError", "EOF when reading a line", "input('continue?')"),
    "leaving": ("SystemExit", "1", "sys.exit(1)"),
    "dtype": (
        "UFuncTypeError",
        "Cannot cast ufunc 'add' output from dtype('float64') to dtype('int64')",
        "dw[f] += window * d",
    ),
    "one_number": (
        "ValueError",
        "setting an array element with a sequence.",
        "out[n, f, i, j] = np.sum(window * w[f]) + b",
    ),
    "called": ("TypeError", "f() missing 1 required positional argument: 'pad'", ""),
    "other": ("OSError", "no such file", "np.load('w.npy')"),
}
SHAPES = [
    "shapes (1,1) and (2,1) not aligned: 1 (dim 1) != 2 (dim 0)",
    "could not broadcast input array from shape (3,) into shape (1,)",
    "matmul: Input operand 1 has a mismatch in its core dimension 0",
    "all the input array dimensions except for the concatenation axis must match",
    "operands could not be broadcast together with remapped shapes",
    "shape-mismatch for sum",
    "window shape cannot be larger than input array shape",
]


def look(error: str, text: str, code: str) -> str:
    values = {"error": error, "text": text, "code": code}
    return look_at(Message(id="call.raised_at", values=values)).id


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_exception_has_its_own_question(name: str) -> None:
    assert look(*EXAMPLES[name]) == f"look.raised.{name}"


@pytest.mark.parametrize("text", SHAPES)
def test_what_numpy_says_of_shapes_is_known(text: str) -> None:
    assert look("ValueError", text, "") == "look.raised.shapes"


def test_a_raise_of_ones_own_is_a_check_whatever_its_type() -> None:
    assert look("Exception", "sizes", "raise Exception('sizes')") == (
        "look.raised.own_check"
    )


def test_every_question_can_be_asked_and_is_asked_of_something() -> None:
    asked = {known.look for known in KNOWN} | {"other"}
    assert asked == EXAMPLES.keys()
    for templates in LANGUAGES.values():
        written = {name for name in templates if name.startswith("look.raised.")}
        assert written == {f"look.raised.{name}" for name in asked}


def test_a_message_without_a_line_has_a_question_too() -> None:
    message = Message(id="call.raised", values={"error": "KeyError", "text": "'a'"})
    assert look_at(message).id == "look.raised.key"


@pytest.mark.parametrize(
    ("code", "question"),
    [
        ("while stride > 1:", "while"),
        ("for row in rows:", "rounds"),
        ("time.sleep(3)", "waits"),
        ("i = i + pad", "inside"),
        ("", "other"),
    ],
)
def test_what_hung_is_asked_about_by_its_line(code: str, question: str) -> None:
    message = Message(id="call.timed_out_at", values={"code": code})
    assert look_at(message).id == f"look.hung.{question}"


@pytest.mark.parametrize(
    ("code", "question"),
    [("as_strided(x, s)", "strided"), ("os.abort()", "leaving"), ("", "other")],
)
def test_what_crashed_is_asked_about_by_its_line(code: str, question: str) -> None:
    message = Message(id="call.died.signal", values={"code": code})
    assert look_at(message).id == f"look.crashed.{question}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_of_every_table_is_written(language: str) -> None:
    asked = {
        start: {k.look for k in table} | {"other"} for start, table in ASKED.values()
    }
    wanted = {
        f"look.{start}.{look}" for start, looks in asked.items() for look in looks
    }
    assert wanted <= LANGUAGES[language].keys()
    assert [k.look for k in (*HUNG, *CRASHED) if not k.code] == []


@pytest.mark.parametrize("name", ["exit", "quit"])
def test_leaving_by_a_name_of_the_console_is_leaving(name: str) -> None:
    text = f"name {name!r} is not defined"
    assert look("NameError", text, f"{name}()") == "look.raised.leaving"
