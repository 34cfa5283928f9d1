"""Read the kept code for what the assignment's rules forbid, line by line."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

from grader.loaders.records import message, refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.assignment import Rules
    from grader.loaders.part import Part
    from grader.loaders.scopes import Import
    from grader.loaders.statements import Statement
    from grader.records import Message

# The exercise is to write one; these do it, or most of it.
READY_MADE: Final = frozenset(
    {
        "numpy.convolve",
        "numpy.correlate",
        "scipy.signal",
        "scipy.ndimage",
        "torch",
        "tensorflow",
        "keras",
        "jax",
        "cv2",
        "mxnet",
        "theano",
        "chainer",
    }
)


def check_rules(parts: Sequence[Part], rules: Rules) -> list[Message]:
    """Return a note for every ready-made layer that the kept code uses.

    Raises:
        SubmissionError: the code uses a name or a module that the rules forbid.
    """
    forbidden = frozenset(re.sub(r"^np\b", "numpy", name) for name in rules.forbidden)
    notes: dict[str, Message] = {}
    for part in parts:
        known = dict(_aliases(part))
        for statement in part.kept:
            file = part.source.file.units[statement.unit].name
            _check_allowed(statement, part, rules)
            for name, line in _used(statement, known):
                if _fits(name, forbidden):
                    raise refusal("loading.forbidden", file=file, line=line, name=name)
                if _fits(name, READY_MADE):
                    note = message(
                        "loading.note.ready_made", file=file, line=line, name=name
                    )
                    notes.setdefault(name, note)
    return list(notes.values())


def _used(statement: Statement, known: dict[str, str]) -> Iterator[tuple[str, int]]:
    """Yield the full name of all that is read or imported, with its line."""
    for use in statement.needs:
        name, dot, rest = use.chain.partition(".")
        yield f"{known.get(name, name)}{dot}{rest}", use.line
    for imported in statement.imports:
        for _, full in _named(imported.node):
            yield full, imported.node.lineno


def _aliases(part: Part) -> Iterator[tuple[str, str]]:
    """Yield what every imported name stands for: `np` is `numpy`."""
    for statement in part.source.statements:
        for imported in statement.imports if not statement.is_definition else ():
            yield from _named(imported.node)
    for statement in part.kept:
        for imported in statement.imports:
            yield from _named(imported.node)


def _named(node: Import) -> Iterator[tuple[str, str]]:
    for alias in node.names:
        if isinstance(node, ast.ImportFrom):
            yield alias.asname or alias.name, f"{node.module}.{alias.name}"
        elif alias.asname:
            yield alias.asname, alias.name
        else:
            top = alias.name.partition(".")[0]
            yield top, top


def _fits(full: str, names: frozenset[str]) -> bool:
    """Tell whether the dotted name, or what it is inside of, is among the names."""
    parts = full.split(".")
    return any(".".join(parts[:count]) in names for count in range(1, len(parts) + 1))


def _check_allowed(statement: Statement, part: Part, rules: Rules) -> None:
    """Raise where an import would fail because the rules do not list its module."""
    if rules.allowed_imports is None:
        return
    for imported in statement.imports:
        if imported.is_later or imported.is_guarded:
            continue
        for module in part.modules_of(imported.node):
            top = module.partition(".")[0]
            if top not in {*rules.allowed_imports, ""} and not part.around.has(module):
                raise refusal(
                    "loading.not_allowed",
                    file=part.source.file.units[statement.unit].name,
                    line=imported.node.lineno,
                    name=module,
                    allowed=", ".join(rules.allowed_imports),
                )
