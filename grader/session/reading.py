"""Gather what reading a program's code says about how it failed."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from grader.calls import Died, Raised
from grader.explain.explanation import Reading
from grader.explain.problems import BACKWARD, FORWARD
from grader.loaders import failures
from grader.records import Status
from grader.session.cache_order import mixed_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.engine.grade import Judged
    from grader.loaders import Extraction
    from grader.records import Convention, Message, Program

#: What reading a function showed that leaves nothing to explain about it.
SAYS_ALL: Final = frozenset({"absent", "unfilled", "no_return"})


def read(extraction: Extraction, judged: Judged, *, hangs: bool) -> Reading:
    """Return what the code shows; what `hangs` or raises returns nothing anyway."""
    convention = extraction.program.convention
    ending = set(_endings(judged))
    all_said: dict[str, Message] = {}
    for hint in extraction.hints:
        half = FORWARD if hint.function == convention.forward else BACKWARD
        ends = hangs or half in ending
        if hint.kind in SAYS_ALL and not (ends and hint.kind == "no_return"):
            all_said[half] = hint.message
    raised: dict[str, Message] = {}
    for half, observation in _raised(judged):
        told = failures.explain(extraction, observation)
        if told is not None:
            raised.setdefault(half, told)
    holds = all(verdict.status is Status.PASSED for verdict in judged.verdicts)
    return Reading(
        all=all_said,
        raised=raised,
        mixed_up=None if holds else mixed_up(extraction.program),
        # Reading code takes longer than judging it; nobody asks of what is right.
        documented_cache=holds or keeps_documented_cache(extraction.program),
    )


def _raised(judged: Judged) -> Iterator[tuple[str, Raised]]:
    for run in judged.runs:
        for half, seen in ((FORWARD, run.forward), (BACKWARD, run.backward)):
            yield from ((half, o) for o in seen if isinstance(o, Raised))


def _endings(judged: Judged) -> Iterator[str]:
    """Yield forward or backward for every call that did not come back."""
    for run in judged.runs:
        for half, seen in ((FORWARD, run.forward), (BACKWARD, run.backward)):
            yield from (half for o in seen if isinstance(o, (Died, Raised)))


def keeps_documented_cache(program: Program) -> bool:
    """Tell whether forward returns its own arguments, as they are, as its cache.

    Where that cannot be read off the code the answer is no.
    """
    if program.adapter is not None:
        return False
    found = [f for unit in program.units for f in _functions(unit.source, program)]
    return bool(found) and _returns_arguments(found[-1], program.convention)


def _functions(source: str, program: Program) -> Iterator[ast.FunctionDef]:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.FunctionDef)
            and node.name == program.convention.forward
        ):
            yield node


def _returns_arguments(function: ast.FunctionDef, convention: Convention) -> bool:
    names = [argument.arg for argument in function.args.args]
    assigned = _assigned(function)
    if len(names) != len(convention.arguments) or any(n in assigned for n in names):
        return False
    caches = [
        node.value.elts[1]
        for node in ast.walk(function)
        if isinstance(node, ast.Return)
        and isinstance(node.value, ast.Tuple)
        and len(node.value.elts) == 2  # noqa: PLR2004 (out and cache)
    ]
    return bool(caches) and all(_names(cache, assigned) == names for cache in caches)


def _names(cache: ast.expr, assigned: dict[str, ast.expr]) -> list[str]:
    """Return the names in the cache's tuple, looked up once where it has a name."""
    if isinstance(cache, ast.Name):
        cache = assigned.get(cache.id, cache)
    if not isinstance(cache, ast.Tuple | ast.List):
        return []
    return [part.id for part in cache.elts if isinstance(part, ast.Name)]


def _assigned(function: ast.FunctionDef) -> dict[str, ast.expr]:
    """Return the names that the function gives a value, each with the last one."""
    found: dict[str, ast.expr] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                for name in ast.walk(target):
                    if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store):
                        found[name.id] = node.value
        elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            found[node.target.id] = node.value
        elif isinstance(node, ast.For):
            for name in ast.walk(node.target):
                if isinstance(name, ast.Name):
                    found[name.id] = node.iter
    return found
