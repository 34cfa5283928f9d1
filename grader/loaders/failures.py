"""Say more than the traceback does about a program that failed while running."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final, TypeAlias

from grader.calls import Frame
from grader.loaders.records import message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from grader.calls import Raised
    from grader.loaders.records import Extraction
    from grader.records import Message, Unit

UNDEFINED: Final = re.compile(r"name '(\w+)' is not defined")
NO_MODULE: Final = re.compile(r"No module named '([\w.]+)'")
NO_ATTRIBUTE: Final = re.compile(r"module '([\w.]+)' has no attribute '(\w+)'")
NO_METHOD: Final = re.compile(r"'(\w+)' object has no attribute '(\w+)'")
FLOAT_SIZE: Final = re.compile(
    r"float\d*' object cannot be interpreted as an integer|slice indices must be"
    r"|only integers, slices|indices must be integers|integer argument expected"
    r"|can't multiply sequence by non-int|expected an integer"
    r"|expected a sequence of integers"
)
NOT_SCALAR: Final = re.compile(
    r"only (0-dimensional|length-1|size-1) arrays can be converted"
)
PRINT_TO: Final = re.compile(r"operand type\(s\) for >>: 'builtin_function_or_method'")
AS_TEXT: Final = re.compile(
    r"\b(globals|vars|eval|exec|__import__|import_module|sys\.modules|__main__)\b"
)
NAME: Final = re.compile(r"[A-Za-z_]\w*")
DIVISION: Final = re.compile(r"(?<!/)/(?![/=])")
NOWHERE: Final = Frame(unit="", line=0, function="")

# What Python 2 called what.
OLD_NAMES: Final[Mapping[str, str]] = {
    "xrange": "range",
    "raw_input": "input",
    "unicode": "str",
    "basestring": "str",
    "long": "int",
    "unichr": "chr",
    "reduce": "functools.reduce",
    "reload": "importlib.reload",
    "cmp": "(a > b) - (a < b)",
    "file": "open",
    "execfile": "exec",
}
OLD_METHODS: Final[Mapping[str, str]] = {
    "iteritems": "items",
    "itervalues": "values",
    "iterkeys": "keys",
    "has_key": "in",
}
# What these names mean wherever they are used; the import is what was forgotten.
USUAL_IMPORTS: Final[Mapping[str, str]] = {
    "np": "import numpy as np",
    "numpy": "import numpy",
    "math": "import math",
    "itertools": "import itertools",
    "as_strided": "from numpy.lib.stride_tricks import as_strided",
    "sliding_window_view": "from numpy.lib.stride_tricks import sliding_window_view",
}
# What NumPy has taken away, and what to use.
GONE: Final[Mapping[str, str]] = {
    "numpy.lib.pad": "np.pad",
    "numpy.float": "float",
    "numpy.int": "int",
    "numpy.bool": "bool",
    "numpy.object": "object",
    "numpy.str": "str",
    "numpy.long": "int",
    "numpy.complex": "complex",
    "numpy.float_": "np.float64",
    "numpy.complex_": "np.complex128",
    "numpy.Inf": "np.inf",
    "numpy.Infinity": "np.inf",
    "numpy.infty": "np.inf",
    "numpy.NaN": "np.nan",
    "numpy.NAN": "np.nan",
    "numpy.product": "np.prod",
    "numpy.cumproduct": "np.cumprod",
    "numpy.alltrue": "np.all",
    "numpy.sometrue": "np.any",
    "numpy.asfarray": "np.asarray(..., dtype=float)",
    "numpy.asscalar": "a.item()",
    "numpy.row_stack": "np.vstack",
    "numpy.in1d": "np.isin",
    "numpy.trapz": "np.trapezoid",
    "numpy.msort": "np.sort(..., axis=0)",
    "numpy.rank": "np.ndim",
    "numpy.mat": "np.asmatrix",
    "numpy.round_": "np.round",
}


def explain(extraction: Extraction, raised: Raised) -> Message | None:
    """Return one sentence on why this was raised, where reading the code shows it."""
    where = raised.frames[-1] if raised.frames else NOWHERE
    for pattern, sentence in SENTENCES:
        if found := pattern.search(raised.text):
            return sentence(extraction, found, where)
    return None


def whole_may_help(extraction: Extraction, raised: Raised) -> bool:
    """Tell whether running the whole file may define what was not found."""
    found = UNDEFINED.search(raised.text)
    if raised.type_name not in {"NameError", "UnboundLocalError"} or found is None:
        return reads_names_as_text(extraction)
    known = {each.name for each in extraction.missing} | OLD_NAMES.keys()
    known |= {hint.function for hint in extraction.hints if hint.kind == "absent"}
    return found[1] not in known


def reads_names_as_text(extraction: Extraction) -> bool:
    """Tell whether the program looks names up in a way that reading does not show."""
    program = extraction.program
    units = [*program.units, *(module.unit for module in program.modules)]
    return any(AS_TEXT.search(unit.source) for unit in units)


def _undefined(
    extraction: Extraction, found: re.Match[str], where: Frame
) -> Message | None:
    name = found[1]
    for each in extraction.missing:
        if each.name in {name, "*"}:
            return message(
                "loading.failure.missing_module",
                name=name,
                module=each.module,
                file=each.file,
                line=each.line,
            )
    if name in USUAL_IMPORTS:
        return message(
            "loading.failure.no_import",
            file=where.unit,
            line=where.line,
            name=name,
            wanted=USUAL_IMPORTS[name],
        )
    return _renamed(name, OLD_NAMES, where)


def _old_method(_: Extraction, found: re.Match[str], where: Frame) -> Message | None:
    return _renamed(found[2], OLD_METHODS, where)


def _renamed(old: str, names: Mapping[str, str], where: Frame) -> Message | None:
    if old not in names:
        return None
    return message(
        "loading.failure.python2_name",
        file=where.unit,
        line=where.line,
        old=old,
        new=names[old],
    )


def _no_module(_: Extraction, found: re.Match[str], where: Frame) -> Message:
    return message(
        "loading.failure.no_module", module=found[1], file=where.unit, line=where.line
    )


def _gone(_: Extraction, found: re.Match[str], where: Frame) -> Message | None:
    full = f"{found[1]}.{found[2]}"
    if full not in GONE:
        return None
    return message(
        "loading.failure.gone",
        file=where.unit,
        line=where.line,
        old=re.sub(r"^numpy\b", "np", full),
        new=GONE[full],
    )


def _print(_: Extraction, __: re.Match[str], where: Frame) -> Message:
    text = where.text.strip()
    return message("loading.python2.print", file=where.unit, line=where.line, text=text)


def _not_scalar(_: Extraction, __: re.Match[str], where: Frame) -> Message:
    return message("loading.failure.not_scalar", file=where.unit, line=where.line)


def _float(extraction: Extraction, _: re.Match[str], where: Frame) -> Message | None:
    """Name a variable of the failing line that a division has made a float."""
    program = extraction.program
    units = [*program.units, *(module.unit for module in program.modules)]
    unit = next((each for each in units if each.name == where.unit), None)
    if unit is None:
        return None
    lines = unit.source.split("\n")
    text = lines[where.line - 1] if 0 < where.line <= len(lines) else where.text
    divided = _divided(unit, before=where.line)
    for name in NAME.findall(text):
        if name in divided:
            return message(
                "loading.failure.float_size",
                file=unit.name,
                name=name,
                line=divided[name],
            )
    if DIVISION.search(text):
        return message("loading.failure.float_here", file=unit.name, line=where.line)
    return None


def _divided(unit: Unit, *, before: int) -> dict[str, int]:
    """Return the variables that a line divides into, up to a line, and where."""
    found: dict[str, int] = {}
    for node in ast.walk(ast.parse(unit.source)):
        if not isinstance(node, ast.Assign) or node.lineno > before:
            continue
        for target in node.targets:
            pairs = _pairs(target, node.value)
            found |= {name: node.lineno for name, value in pairs if _divides(value)}
    return found


def _pairs(target: ast.expr, value: ast.expr) -> list[tuple[str, ast.expr]]:
    if isinstance(target, ast.Name):
        return [(target.id, value)]
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        both = zip(target.elts, value.elts, strict=False)
        return [(each.id, part) for each, part in both if isinstance(each, ast.Name)]
    return []


def _divides(value: ast.expr) -> bool:
    """Tell whether the value is a float because of `/`, not made whole again."""
    waiting: list[ast.AST] = [value]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Call | ast.Subscript):
            continue
        if isinstance(node, ast.BinOp):
            if isinstance(node.op, ast.Div):
                return True
            if isinstance(node.op, ast.FloorDiv):
                continue
        waiting += ast.iter_child_nodes(node)
    return False


Sentence: TypeAlias = "Callable[[Extraction, re.Match[str], Frame], Message | None]"

SENTENCES: Final[tuple[tuple[re.Pattern[str], Sentence], ...]] = (
    (UNDEFINED, _undefined),
    (NO_MODULE, _no_module),
    (NO_ATTRIBUTE, _gone),
    (NO_METHOD, _old_method),
    (PRINT_TO, _print),
    (FLOAT_SIZE, _float),
    (NOT_SCALAR, _not_scalar),
)
