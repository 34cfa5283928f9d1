"""Compare what runs in this kernel with what is written down."""

from __future__ import annotations

import builtins
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from grader.errors import SubmissionError
from grader.loaders.source import parsed
from grader.notebook.code import definitions, globals_of, is_same, reachable
from grader.notebook.saved import CELLS
from grader.notebook.students import is_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from types import CodeType, FunctionType

    from grader.loaders.records import SourceFile
    from grader.notebook.saved import Saved

STAR = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """How this kernel differs from the file; names of functions, files and values."""

    changed: tuple[str, ...] = ()  # files of modules that are newer than what runs
    unsaved: tuple[str, ...] = ()  # functions of cells that the notebook lacks so
    only_here: tuple[str, ...] = ()  # what the functions use and nothing defines


def drift(roots: Sequence[FunctionType], saved: Saved) -> Drift:
    """Return in what the file differs from these functions and all that they use."""
    if saved.submission is None:
        return Drift()
    used = reachable(roots)
    texts = {f.name: _definitions(f) for f in saved.submission.files}
    other = [f for f in used if _differs(f, saved, texts, is_root=f in roots)]
    in_cells = [f for f in other if is_cell(f.__code__.co_filename)]
    # A file that is not handed in has not changed; it is not there.
    in_files = [f for f in other if f not in in_cells and _home(f, saved) in texts]
    files = (Path(f.__code__.co_filename).name for f in in_files)
    unsaved = tuple(dict.fromkeys(f.__name__ for f in in_cells))
    only_here = {*_only_here(used, saved)}
    if saved.name == CELLS:  # all that has run is there: no cell has made these
        only_here |= {*unsaved}
        unsaved = ()
    return Drift(
        changed=tuple(dict.fromkeys(files)),
        unsaved=unsaved,
        only_here=tuple(sorted(only_here)),
    )


def _definitions(file: SourceFile) -> dict[str, list[CodeType]]:
    found: dict[str, list[CodeType]] = {}
    for unit in file.units:
        found |= definitions(unit.source)
    return found


def _home(function: FunctionType, saved: Saved) -> str:
    """Return the name of the file that should hold the function."""
    file = function.__code__.co_filename
    return saved.name if is_cell(file) else Path(file).name


def _differs(
    function: FunctionType,
    saved: Saved,
    texts: dict[str, dict[str, list[CodeType]]],
    *,
    is_root: bool,
) -> bool:
    """Whether the file has other code under the function's name.

    Where it has none, the name may be bound in other ways; only the graded functions
    themselves must be there.
    """
    known = texts.get(_home(function, saved), {})
    written = known.get(function.__code__.co_qualname)
    if written is None:
        return is_root
    return not any(is_same(code, function.__code__) for code in written)


def _only_here(functions: Iterable[FunctionType], saved: Saved) -> Iterator[str]:
    """Yield the names that live functions look up and their file does not bind."""
    for function in functions:
        bound = _bound(saved, _home(function, saved))
        if bound is None or STAR in bound:
            continue
        names = globals_of(function.__code__)
        yield from (
            name
            for name in names - bound - vars(builtins).keys()
            if name in function.__globals__
        )


def _bound(saved: Saved, name: str) -> frozenset[str] | None:
    """Return what a file binds; None where it is not known."""
    files = saved.submission.files if saved.submission is not None else ()
    file = next((each for each in files if each.name == name), None)
    if file is None:
        return None
    try:
        source = parsed(file)
    except SubmissionError:
        return None
    names = {name for each in source.statements for name in each.binds}
    return frozenset(names | {"__name__", "__file__", "__builtins__"})
