from __future__ import annotations

import sys

import pytest
from in_process import InProcessSandbox
from worker_programs import DOUBLING, module, observe, program, request

from grader.calls import Loaded, Loading, Missing, Raised, Returned
from grader.errors import SandboxError
from grader.records import Convention, Limits, Program, Unit

DEFS = """
def forward(x, options): return x, 0
def backward(dout, cache): return dout
"""


def load(given: Program) -> Loading:
    with InProcessSandbox().open(given, Limits()) as worker:
        return worker.load()


def test_a_program_with_both_functions_is_loaded() -> None:
    assert load(program(DOUBLING)) == Loaded()


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("", ("forward", "backward")),
        ("def forward(x, options): ...", ("backward",)),
        ("forward = 3\ndef backward(dout, cache): ...", ("forward",)),
    ],
)
def test_functions_that_are_not_there_are_named(
    source: str, names: tuple[str, ...]
) -> None:
    assert load(program(source)) == Missing(names=names)


def test_a_call_of_a_missing_function_is_a_name_error() -> None:
    (seen,) = observe(program(""))
    assert isinstance(seen, Raised)
    assert seen.type_name == "NameError"
    assert "forward" in seen.text


@pytest.mark.parametrize(
    ("source", "error", "line"),
    [
        ("x = 1\ndef f(:\n  pass", "SyntaxError", 2),
        ("if True:\nx = 1", "IndentationError", 2),
        ("print 'hello'", "SyntaxError", 1),
        ("\n\nimport torch_of_somebody", "ModuleNotFoundError", 3),
        ("raise SystemExit(3)", "SystemExit", 1),
    ],
)
def test_a_program_that_does_not_run_says_where(
    source: str, error: str, line: int
) -> None:
    seen = load(program(source))
    assert isinstance(seen, Raised)
    assert (seen.type_name, seen.frames[-1].line) == (error, line)


def test_null_bytes_in_the_source_are_the_students_error() -> None:
    assert isinstance(load(program("x = 1\0")), Raised)


def test_units_share_one_namespace_and_keep_their_own_future() -> None:
    units = (
        Unit(name="cell 1", source="from __future__ import annotations\nk = 2"),
        Unit(name="cell 2", source="def f(x: int): return x\nassert f.__annotations__"),
        Unit(name="cell 3", source=DEFS + "assert f.__annotations__['x'] is int"),
    )
    convention = Convention(forward="forward", backward="backward", arguments=("x",))
    assert load(Program(units=units, convention=convention)) == Loaded()


def test_the_program_is_not_main() -> None:
    assert load(program(f"{DEFS}\nif __name__ == '__main__': 1 / 0")) == Loaded()


def test_dataclasses_work() -> None:
    source = f"""
from __future__ import annotations
from dataclasses import dataclass
@dataclass
class Cache:
    x: int
{DEFS}"""
    assert load(program(source)) == Loaded()


def test_dotted_names_are_followed() -> None:
    convention = Convention(
        forward="Conv.forward", backward="Conv.back", arguments=("x",)
    )
    source = "class Conv:\n  @staticmethod\n  def forward(x): ..."
    assert load(program(source, convention=convention)) == Missing(names=("Conv.back",))


@pytest.mark.parametrize(
    "statement",
    [
        "import im2col",
        "from im2col import twice",
        "from cs231n.im2col import twice",
        "import cs231n.im2col as im",
        "from .im2col import twice",
        "from cs231n import im2col",
    ],
)
def test_own_modules_are_imported(statement: str) -> None:
    own = (
        module("im2col", "def twice(x): return 2 * x"),
        module("cs231n.im2col", "from .deep import *"),
        module("cs231n.deep", "def twice(x): return 2 * x"),
    )
    given = program(statement + DEFS, modules=own, package="cs231n")
    assert load(given) == Loaded()
    assert "im2col" not in sys.modules


def test_own_modules_stay_there_for_later_imports() -> None:
    source = """
    import counting
    counting.n += 1
    def forward(x, options):
        import counting
        return x * counting.n, 0
    def backward(dout, cache): ...
    """
    own = (module("counting", "n = 1"),)
    (seen,) = observe(program(source, modules=own))
    assert isinstance(seen, Returned)
    assert seen.values[0].array is not None
    assert seen.values[0].array[0, 1] == 2


def test_an_own_module_may_bear_a_name_of_pythons() -> None:
    source = f"import colorsys\nassert colorsys.mine{DEFS}"
    assert load(program(source, modules=(module("colorsys", "mine = 1"),))) == Loaded()
    import colorsys  # noqa: PLC0415 (the point is that it is Python's again)

    assert not hasattr(colorsys, "mine")


def test_an_error_in_an_own_module_shows_its_line() -> None:
    own = (module("broken", "\n1 / 0"),)
    seen = load(program("import broken", modules=own))
    assert isinstance(seen, Raised)
    assert [(f.unit, f.line) for f in seen.frames] == [
        ("layers.py", 1),
        ("broken.py", 2),
    ]


def test_imports_can_be_limited() -> None:
    allowed = frozenset({"numpy"})
    own = (module("mine", "import math"),)
    source = f"from __future__ import annotations\nimport numpy{DEFS}"
    assert load(program(source, allowed_imports=allowed)) == Loaded()
    for source in ("import math", "import mine"):
        seen = load(program(source, allowed_imports=allowed, modules=own))
        assert isinstance(seen, Raised)
        assert seen.text == "this assignment does not allow 'math'"


@pytest.mark.parametrize("source", ["def forward(:", "1 / 0", "forward = 3"])
def test_an_adapter_that_does_not_run_is_not_the_students_fault(source: str) -> None:
    with pytest.raises(SandboxError, match="adapter"):
        load(program(DEFS, adapter=Unit(name="adapter.py", source=source)))


def test_chance_is_the_same_in_every_worker() -> None:
    source = """
    import random
    import numpy as np
    def forward(x, options):
        return np.random.randn(2) + random.random(), 0
    def backward(dout, cache): ...
    """
    first, second = observe(program(source)), observe(program(source))
    assert str(first) == str(second)


def test_a_trace_that_the_program_prints_shows_its_lines() -> None:
    source = """
    import traceback
    def forward(x, options):
        try:
            1 / 0  # here
        except ZeroDivisionError:
            traceback.print_exc()
        return x, 0
    def backward(dout, cache): ...
    """
    with InProcessSandbox().open(program(source), Limits()) as worker:
        worker.run(request())
        assert "1 / 0  # here" in worker.output()


def test_a_name_of_the_students_modules_is_a_file() -> None:
    assert load(program(f"assert __file__ == 'layers.py'{DEFS}")) == Loaded()
