"""Follow live functions to all the code that they use, and tell code from code."""

from __future__ import annotations

import ast
import dis
import inspect
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Final

from grader.notebook.students import is_students

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

GLOBAL: Final = frozenset({"LOAD_GLOBAL", "LOAD_NAME"})


def function_of(thing: object) -> FunctionType | None:
    """Return the student's function behind decorators; None if there is none."""
    try:
        bare = inspect.unwrap(thing)  # type: ignore[arg-type]  # it takes anything
    except ValueError:  # it wraps itself
        return None
    if inspect.ismethod(bare):
        bare = bare.__func__
    is_theirs = isinstance(bare, FunctionType) and is_students(
        bare.__code__.co_filename
    )
    return bare if is_theirs else None


def parts(thing: object) -> Iterator[object]:
    """Yield a thing itself; of a class or a module, what is in it as well."""
    yield thing
    if inspect.isclass(thing) or inspect.ismodule(thing):
        yield from list(vars(thing).values())


def reachable(roots: Iterable[FunctionType]) -> tuple[FunctionType, ...]:
    """Return these functions and all of the student's that they name, once each."""
    waiting, found = list(roots), list[FunctionType]()
    while waiting:
        function = waiting.pop()
        if any(function is each for each in found):
            continue
        found.append(function)
        known = function.__globals__
        waiting += [
            inner
            for name in globals_of(function.__code__)
            for thing in parts(known.get(name))
            if (inner := function_of(thing)) is not None
        ]
    return tuple(found)


def globals_of(code: CodeType) -> frozenset[str]:
    """Return the global names that this code, or code inside of it, looks up."""
    return frozenset(
        str(step.argval)
        for each in _nested(code)
        for step in dis.get_instructions(each)
        if step.opname in GLOBAL
    )


def definitions(source: str) -> dict[str, list[CodeType]]:
    """Return the code of every function in a source by its qualified name.

    The last definition counts. It is compiled with the whole file, as a module is,
    and by itself, as a notebook does: the two call an imported function differently.
    A source that is no Python has none.
    """
    try:
        tree = ast.parse(source)
        whole = _compiled(tree.body)
        parts = [_compiled([statement]) for statement in tree.body]
    except (SyntaxError, ValueError, RecursionError):
        return {}
    alone = {code.co_qualname: code for part in parts for code in _nested(part)}
    return {
        code.co_qualname: [code, alone.get(code.co_qualname, code)]
        for code in _nested(whole)
    }


def _compiled(body: list[ast.stmt]) -> CodeType:
    """Compile statements, which are never run."""
    module = ast.Module(body=body, type_ignores=[])
    return compile(module, "<saved>", "exec", dont_inherit=True)


def is_same(one: CodeType, other: CodeType) -> bool:
    """Whether two functions do the same, wherever and however they are written."""
    return _essence(one) == _essence(other)


def _essence(code: CodeType) -> tuple[object, ...]:
    return (
        code.co_code,
        code.co_names,
        code.co_varnames,
        code.co_freevars,
        code.co_cellvars,
        code.co_argcount,
        code.co_kwonlyargcount,
        code.co_posonlyargcount,
        tuple(_constant(constant) for constant in code.co_consts),
    )


def _constant(thing: object) -> object:
    """Return a constant so that 1, 1.0 and True differ, and nan is itself."""
    if isinstance(thing, CodeType):
        return _essence(thing)
    return type(thing).__name__, repr(thing)


def _nested(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _nested(constant)
