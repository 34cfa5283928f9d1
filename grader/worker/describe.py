"""Take apart what student code returned or raised, trusting nothing in it.

Every attribute is read through the base class's own descriptor, bound here before
any student code runs, so that a subclass which overrides it is not asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from . import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MOST_VALUES: Final = 8
MOST_FRAMES: Final = 16
MOST_OPTIONS: Final = 16
LONGEST_NAME: Final = 200
LONGEST_TEXT: Final = 2000
SENT_KINDS: Final = frozenset("fdg")  # float32, float64, longdouble
SHOWN: Final = (int, float, bool, str, type(None))
SYNTAX_ERRORS: Final = (SyntaxError, IndentationError, TabError)

_name_of: Callable[[type], str] = type.__dict__["__name__"].__get__
_module_of: Callable[[type], object] = type.__dict__["__module__"].__get__
_dtype_of: Callable[[Any], np.dtype[Any]] = np.ndarray.dtype.__get__
_shape_of: Callable[[Any], tuple[int, ...]] = np.ndarray.shape.__get__
_trace_of: Callable[[BaseException], Any] = BaseException.__dict__[
    "__traceback__"
].__get__
_view = np.ndarray.view
_copied = np.array
_ndarray = np.ndarray
_float32, _float64 = np.dtype("float32"), np.dtype("float64")


def clean(text: str, longest: int) -> str:
    """Return an exact str that any encoder takes, cut to this many characters."""
    if type(text) is str and text.isascii() and len(text) <= longest:
        return text
    exact = str.__getitem__(text, slice(0, longest))
    return exact.encode("utf-8", "backslashreplace").decode("utf-8")


def type_name(thing: object) -> str:
    """Return the name of the thing's real type."""
    return clean(_name_of(type(thing)), LONGEST_NAME)


def _numbers(array: plain.Array, kind: str) -> plain.Array:
    plainly = array if type(array) is _ndarray else _view(array, _ndarray)
    dtype = _float32 if kind == "f" else _float64
    return _copied(plainly, dtype=dtype, order="C", copy=True)


def value(thing: object) -> plain.Value:
    """Return the name of the thing and, of a float array, a copy of its numbers."""
    if type(thing) is _ndarray and _dtype_of(thing) is _float64:
        # What most of them are; NumPy has one object for a dtype of its own.
        copied = _copied(thing, dtype=_float64, order="C", copy=True)
        return plain.Value("ndarray", "float64", _shape_of(thing), copied)
    if not issubclass(type(thing), _ndarray):
        return plain.Value(type_name(thing))
    dtype, shape = _dtype_of(thing), _shape_of(thing)
    kind = dtype.char
    data = _numbers(thing, kind) if kind in SENT_KINDS else None  # type: ignore[arg-type]
    name = "float64" if dtype == _float64 else clean(dtype.name, LONGEST_NAME)
    return plain.Value(type_name(thing), name, tuple(shape), data)


def items(thing: object) -> tuple[object, ...] | None:
    """Return the items of a tuple or a list, by the base class; else None."""
    if issubclass(type(thing), tuple):
        return tuple(tuple.__iter__(thing))  # type: ignore[arg-type]
    if issubclass(type(thing), list):
        return tuple(list.__iter__(thing))  # type: ignore[arg-type]
    return None


def returned(thing: object, *, travels: int = MOST_VALUES) -> plain.Returned:
    """Describe what a call returned; of its items only the first ones travel."""
    parts = items(thing)
    if parts is None:
        return plain.Returned(type_name(thing), None, (value(thing),))
    values = tuple(value(part) for part in parts[:travels])
    return plain.Returned(type_name(thing), len(parts), values)


def _is_plain(kind: type) -> bool:
    """Whether a type is Python's or NumPy's own, by identity: == may be overridden."""
    if any(kind is each for each in SHOWN):
        return True
    return issubclass(kind, np.generic) and _module_of(kind) == "numpy"


def _shown(thing: object) -> str:
    if _is_plain(type(thing)):
        return clean(repr(thing), LONGEST_NAME)
    return f"<{type_name(thing)}>"


def options(now: dict[Any, Any], names: Mapping[str, str]) -> dict[str, str]:
    """Describe a dict of options; `names` maps the student's keys to the layer's."""
    described: dict[str, str] = {}
    for key, thing in list(dict.items(now))[:MOST_OPTIONS]:
        plainly = clean(key, LONGEST_NAME) if type(key) is str else _shown(key)
        name = names.get(plainly, plainly)
        described[name if name not in described else f"{plainly} (again)"] = _shown(
            thing
        )
    return described


def _text_of(error: BaseException) -> str:
    try:
        return clean(str(error), LONGEST_TEXT)
    except BaseException as second:  # noqa: BLE001 (its __str__ is student code)
        return f"<its text raised {type_name(second)}>"


def _frame(
    sources: Mapping[str, tuple[str, ...]], name: str, line: int, function: str
) -> plain.Frame:
    lines = sources[name]
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    return plain.Frame(
        clean(name, LONGEST_NAME),
        line,
        clean(function, LONGEST_NAME),
        clean(text.strip(), LONGEST_NAME),
    )


def _frames(
    error: BaseException, sources: Mapping[str, tuple[str, ...]]
) -> tuple[plain.Frame, ...]:
    found: list[plain.Frame] = []
    trace = _trace_of(error)
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename in sources:
            found.append(
                _frame(sources, code.co_filename, trace.tb_lineno or 0, code.co_name)
            )
            del found[:-MOST_FRAMES]  # a runaway recursion is told by its end
        trace = trace.tb_next
    if any(type(error) is each for each in SYNTAX_ERRORS):
        name, line = error.filename, error.lineno  # type: ignore[attr-defined]
        if type(name) is str and name in sources and type(line) is int:
            found.append(_frame(sources, name, line, "<module>"))
    return tuple(found)


def raised(
    error: BaseException, sources: Mapping[str, tuple[str, ...]]
) -> plain.Raised:
    """Describe an exception with its frames in the sources, innermost last."""
    try:
        frames = _frames(error, sources)
    except Exception:  # noqa: BLE001 (a traceback may be forged)
        frames = ()
    return plain.Raised(type_name(error), _text_of(error), frames)
