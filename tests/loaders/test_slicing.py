"""What is kept of a file is all that its functions need, and as little as can be."""

from __future__ import annotations

import contextlib
import re
from typing import Any

import pytest
from handed_in import BACKWARD, BOTH, FORWARD, extraction, kept, namespace
from hypothesis import assume, event, given
from hypothesis import strategies as st

NAMES = ("a", "b", "c", "d")
names = st.sampled_from(NAMES)
numbers = st.integers(0, 9)
# One statement each; every one may bind, change or delete what another one needs.
SHAPES = (
    "{x} = {n}",
    "{x} = {y}",
    "{x} += {n}",
    "{x} = {y} + {z}",
    "{x} = [{n}]",
    "{x} = {{'k': {n}}}",
    "{x} = {y}; {z} = {n}",
    "{x}, {y} = {n}, {z}",
    "{x}['k'] = {n}",
    "{x}.append({n})",
    "{x}.extend({y})",
    "{x}[0] = {y}",
    "{x}.update(k={n})",
    "({x} := {n})",
    "{x} = ({y} := {n})",
    "if {x}: {y} = {n}",
    "if {n} > 4: {x} = {y}\nelse: {x} = {n}",
    "for {x} in range({n}): {y} = {x}",
    "for {x} in [1, 2]: {y} = {z}",
    "while {x} == {n}:\n    {x} = {y}\n    break",
    "try: {x} = {y}\nexcept NameError: {x} = {n}",
    "with open('/dev/null') as {x}: {y} = {n}",
    "def {x}(): return {y}",
    "def {x}(): return {y}()",
    "def {x}({y}={z}): return {y}",
    "def {x}():\n    global {y}\n    {y} = {n}",
    "def {x}():\n    {y}.append({n})",
    "def {x}(): return [{y} for {y} in [{z}]]",
    "def {x}():\n    def {y}(): return {z}\n    return {y}()",
    "{x}()",
    "{x} = {y}()",
    "{x}({y})",
    "{x} = lambda: {y}",
    "class {x}:\n    {y} = {z}",
    "class {x}:\n    def __call__(self): return {y}",
    "{x}.{y} = {z}",
    "setattr({x}, '{y}', {n})",
    "del {x}",
    "assert {x} != 77",
    "print({x})",
    "import math as {x}",
    "{x} = {y}.{z}",
    "{x} = [{y} for {z} in [1, {n}]]",
)


@st.composite
def statements(draw: st.DrawFn) -> str:
    shape = draw(st.sampled_from(SHAPES))
    return shape.format(x=draw(names), y=draw(names), z=draw(names), n=draw(numbers))


def outcome(source: str) -> str:
    """Return what the forward function gives when the source is run."""
    found: dict[str, Any] = {"__name__": "submission"}
    with contextlib.redirect_stdout(None):
        exec(source, found)  # noqa: S102 (our own text)
    return re.sub("0x[0-9a-f]+", "", repr(found["conv_forward_naive"]()))


def is_alright(source: str) -> bool:
    try:
        outcome(source)
    except Exception:  # noqa: BLE001 (what a random program raises)
        return False
    return True


STARTS = ("{x} = {n}", "{x} = [{n}]", "{x} = {{'k': {n}}}", "def {x}(): return {n}")


@given(
    starts=st.tuples(*(st.sampled_from(STARTS) for _ in NAMES)),
    lines=st.lists(statements(), max_size=8),
    name=names,
    call=st.sampled_from(["", "()"]),
)
def test_what_is_kept_gives_what_the_whole_file_gives(
    starts: tuple[str, ...], lines: list[str], name: str, call: str
) -> None:
    first = [each.format(x=x, n=5) for each, x in zip(starts, NAMES, strict=True)]
    function = f"def conv_forward_naive(): return {name}{call}"
    source = "\n".join(
        [*first, *lines, function, "def conv_backward_naive(): pass", ""]
    )
    assume(is_alright(source))
    sliced = extraction(source).program.units[0].source
    event(f"shorter: {len(sliced.split()) < len(source.split())}")
    assert outcome(sliced) == outcome(source), sliced


def lines_kept(before: str, *, body: str = "return x, TABLE") -> str:
    """Return what is kept of some lines for a forward function with this body."""
    function = f"def conv_forward_naive(x, w, b, conv_param):\n    {body}\n"
    return kept(before + function + BACKWARD).partition("def conv_forward")[0]


@pytest.mark.parametrize(
    "line",
    [
        "np.random.seed(0)\n",
        "sys.path.append('..')\n",
        "plt.figure()\n",
        "print(TABLE)\n",
        "get_ipython().magic('matplotlib inline')\n",
        "n = input()\n",
        "assert TABLE\n",
        "x = conv_forward_naive(1, 2, 3, 4)\n",
        "unused = [i for i in range(9)]\n",
        "import torch\n",
        "from cs231n.data_utils import load_cifar10\n",
        "'a text'\n",
        "if __name__ == '__main__':\n    TABLE = None\n",
        "for epoch in range(100):\n    train()\n",
    ],
)
def test_what_the_functions_do_not_need_is_left_out(line: str) -> None:
    imports = "import numpy as np, sys, matplotlib.pyplot as plt\n"
    assert lines_kept(f"{imports}TABLE = 1\n{line}") == "TABLE = 1\n"


@pytest.mark.parametrize(
    "line",
    [
        "TABLE = 2\n",
        "TABLE += 1\n",
        "TABLE, other = 2, 3\n",
        "[TABLE, *other] = [2, 3]\n",
        "TABLE['k'] = 1\n",
        "TABLE.attribute = 1\n",
        "TABLE.append(1)\n",
        "setattr(TABLE, 'k', 1)\n",
        "del TABLE['k']\n",
        "if True:\n    TABLE = 2\n",
        "for TABLE in [1]:\n    pass\n",
        "while False:\n    TABLE = 2\n",
        "try:\n    TABLE = 2\nexcept ImportError:\n    TABLE = 3\n",
        "with open('a') as TABLE:\n    pass\n",
        "class TABLE:\n    pass\n",
        "import math as TABLE\n",
        "from math import pi as TABLE\n",
        "print(TABLE := 3)\n",
        "np.fill_diagonal(TABLE, 1)\n",
        "def TABLE():\n    pass\n",
        "async def TABLE():\n    pass\n",
        "TABLE: int = 3\n",
        "match 3:\n    case TABLE:\n        pass\n",
        "match {}:\n    case {**TABLE}:\n        pass\n",
        "try:\n    pass\nexcept E as TABLE:\n    pass\n",
    ],
)
def test_whatever_binds_or_changes_a_needed_name_is_kept(line: str) -> None:
    kept_lines = lines_kept(f"import numpy as np\nother = E = 1\nTABLE = 1\n{line}")
    assert kept_lines.endswith(line)


@pytest.mark.parametrize(
    "body",
    [
        "return [TABLE for _ in x], 1",
        "return (lambda: TABLE)(), 1",
        "def inner():\n        return TABLE\n    return inner(), 1",
        "class Inner:\n        k = TABLE\n    return Inner.k, 1",
        "return f'{TABLE}', 1",
        "return helper(x), 1",
        "return Helper().run(), 1",
        "global TABLE\n    return TABLE, 1",
        "return x[TABLE : 3], 1",
        "return conv_forward_naive(TABLE, 1, 1, 1), 1",
    ],
)
def test_a_name_is_found_wherever_it_is_used(body: str) -> None:
    before = (
        "TABLE = 1\ndef helper(x): return TABLE\n"
        "class Helper:\n    def run(self): return helper(1)\n"
    )
    assert "TABLE = 1\n" in lines_kept(before, body=body)


@pytest.mark.parametrize(
    "body",
    [
        "TABLE = 2\n    return TABLE, 1",
        "return [TABLE for TABLE in x], 1",
        "return (lambda TABLE: TABLE)(1), 1",
        "def inner(TABLE):\n        return TABLE\n    return inner(1), 1",
        "TABLE = 3\n    def inner():\n        return TABLE\n    return inner(), 1",
        "import math as TABLE\n    return TABLE.pi, 1",
        "return x.TABLE, 1",
        "return 'TABLE', 1",
    ],
)
def test_a_local_name_needs_nothing(body: str) -> None:
    assert not lines_kept("TABLE = 1\n", body=body)


def test_a_method_does_not_see_its_class_s_names() -> None:
    before = (
        "TABLE = 1\nclass Helper:\n    TABLE = 2\n    def run(self): return TABLE\n"
    )
    assert "TABLE = 1" in lines_kept(before, body="return Helper(), 1")


@pytest.mark.parametrize(
    "head",
    [
        "@wrapped\ndef {}",
        "def {}(x=TABLE): return x\n",
        "def {}(x: TABLE): return x\n",
        "def {}(x) -> TABLE: return x\n",
    ],
)
def test_decorators_defaults_and_annotations_are_needed(head: str) -> None:
    before = "TABLE = 1\ndef wrapped(f):\n    return TABLE\n"
    helper = head.format("helper") + ("(x): return x\n" if "@" in head else "")
    assert "TABLE = 1\n" in lines_kept(before + helper, body="return helper(x), 1")


def test_of_two_definitions_the_last_one_is_kept() -> None:
    before = "def helper(): return 1\ndef helper(): return 2\n"
    assert lines_kept(before, body="return helper(), 1") == "def helper(): return 2\n"


def test_a_wrapped_definition_keeps_what_it_wraps() -> None:
    before = "def helper(): return 1\nhelper = staticmethod(helper)\n"
    assert lines_kept(before, body="return helper(), 1") == before


def test_conditional_definitions_are_all_kept() -> None:
    before = (
        "def helper(): return 1\n"
        "if True:\n    def helper(): return 2\n"
        "try:\n    from fast import helper\nexcept ImportError:\n    helper = None\n"
    )
    assert lines_kept(before, body="return helper(), 1") == before


def test_a_monkeypatch_of_a_module_is_kept() -> None:
    before = "import numpy as np\nnp.float = float\nnp.seterr(all='ignore')\n"
    expected = "import numpy as np\nnp.float = float\n"
    assert lines_kept(before, body="return np.float(1), 1") == expected


def test_a_function_that_sets_a_global_is_called() -> None:
    before = "def setup():\n    global TABLE\n    TABLE = 1\nsetup()\n"
    assert lines_kept(before) == before


def test_a_function_that_fills_a_table_is_called() -> None:
    before = "TABLE = []\ndef fill():\n    TABLE.append(1)\nfill()\n"
    assert lines_kept(before) == before


def test_what_shares_an_object_changes_it_too() -> None:
    before = "TABLE = {}\nalias = TABLE\nalias['k'] = 1\n"
    assert lines_kept(before) == before


def test_what_runs_now_needs_what_its_functions_read() -> None:
    before = "SIZE = 2\ndef build(): return SIZE\nTABLE = build()\n"
    assert lines_kept(before) == before


def test_a_trial_call_that_needs_a_missing_module_is_left_out() -> None:
    before = (
        "import torch\nTABLE = []\ndef fill(x):\n    TABLE.append(x)\n"
        "fill(torch.zeros(3))\n"
    )
    assert "torch" not in lines_kept(before)


@pytest.mark.parametrize("name", ["np", "numpy", "xp"])
def test_numpy_is_found_under_any_name(name: str) -> None:
    before = f"import numpy as {name}\n"
    assert lines_kept(before, body=f"return {name}.pad(x, 1), 1") == before


def test_of_an_import_only_the_needed_names_are_kept() -> None:
    before = "import os, numpy as np, torch\nfrom math import (pi,\n    e)\n"
    expected = "import numpy as np\nfrom math import e\n"
    assert lines_kept(before, body="return np.pad(x, e), 1") == expected


def test_star_imports_of_what_is_installed_are_kept() -> None:
    before = "from numpy import *\nfrom cs231n.layers import *\n"
    assert lines_kept(before, body="return pad(x, 1), 1") == "from numpy import *\n"


def test_annotations_from_the_future_stay_unread() -> None:
    before = "from __future__ import annotations\n"
    source = before + BOTH.replace("dout, cache", "dout: Tensor, cache")
    assert kept(source).startswith(before)


def test_recursion_ends() -> None:
    before = "def a(): return b()\ndef b(): return a()\n"
    assert lines_kept(before, body="return a(), 1") == before


def test_a_class_that_inherits_keeps_its_base() -> None:
    before = "class Base:\n    pass\nclass Helper(Base, metaclass=type):\n    pass\n"
    assert lines_kept(before, body="return Helper(), 1") == before


REGISTRY = "class Layer:\n    def __init_subclass__(cls): KNOWN[cls.__name__] = cls\n"
META = "class Layer(type):\n    def __init__(cls, *_): KNOWN[cls.__name__] = cls\n"
HEIR = "class Conv(Layer):\n    pass\n"


@pytest.mark.parametrize(
    "before",
    [REGISTRY + HEIR, META + HEIR.replace("(", "(metaclass=")],
)
def test_a_class_that_is_told_of_its_heirs_keeps_them(before: str) -> None:
    before = f"KNOWN = {{}}\n{before}"
    assert lines_kept(before, body="return Layer, KNOWN['Conv']") == before


def test_what_adds_a_method_to_a_class_is_kept() -> None:
    before = (
        "class Conv:\n    pass\n"
        "def add_to(cls):\n"
        "    return lambda method: setattr(cls, method.__name__, method)\n"
        "@add_to(Conv)\ndef forward(self): return 1\n"
    )
    assert lines_kept(before, body="return Conv().forward(), 1") == before


def test_lines_keep_their_numbers() -> None:
    source = "import os\n\n# a comment\nEPS = 1\n\n\n" + FORWARD.replace("w\n", "EPS\n")
    cut = extraction(source + BACKWARD).program.units[0].source
    assert cut.split("\n")[3] == "EPS = 1"
    assert cut.split("\n").index("def conv_forward_naive(x, w, b, conv_param):") == 6


def test_statements_of_one_line_are_parted() -> None:
    before = "a = 1; TABLE = a; c = '\u00e9'; TABLE += 1  # note\n"
    assert lines_kept(before) == "a = 1; TABLE = a; TABLE += 1\n"


def test_a_statement_of_many_lines_is_kept_whole() -> None:
    before = "TABLE = [\n    1,\n\n    # two\n    2,\n]; unused = 3\n"
    cut = extraction(before + FORWARD.replace("x, w\n", "x, TABLE\n") + BACKWARD)
    assert cut.program.units[0].source.startswith("TABLE = [\n    1,\n\n    # two\n")


def test_a_continued_text_keeps_its_end() -> None:
    before = 'TABLE = """one\n  two; three\n"""; TABLE += "\u00e9"; unused = 1\n'
    body = "return TABLE, 1"
    source = before + FORWARD.replace("return x, w", body) + BACKWARD
    found = namespace(extraction(source).program)
    assert found["TABLE"] == "one\n  two; three\n\u00e9"


def test_the_whole_runs_all_that_needs_no_missing_module() -> None:
    before = (
        "import torch\nprint(torch.zeros(3))\nmodel = torch.nn.Linear()\nmodel.run()\n"
        "exec('TABLE = 1')\nget_ipython()\nif __name__ == '__main__':\n    stop\n"
    )
    found = extraction(before + BOTH, whole=True).program.units[0].source
    assert found.split() == ["exec('TABLE", "=", "1')", *BOTH.split()]
