"""Write a function down so that names, comments and formatting make no difference.

Two functions with the same fingerprint do the same by the same steps. That says nothing
about where they come from: a lecture has one way to write a loop.
"""

from __future__ import annotations

import ast
import builtins
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from grader.loaders.unfilled import is_unfilled

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from grader.loaders.records import Extraction
    from grader.records import Unit

Definition: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
BUILTINS: Final = frozenset(dir(builtins))


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One graded function with the helpers it uses, as one student wrote them."""

    function: str
    fingerprint: str
    text: str


def written(
    extraction: Extraction, *, provided: Collection[str] = ()
) -> tuple[Written, ...]:
    """Return the graded functions; not those that are a template or the course's own.

    `provided` are the names of the files that the course gives. What is nested too
    deeply to be read is left out: nothing can be said of it.
    """
    convention = extraction.program.convention
    try:
        known = _definitions(extraction, provided)
        found = {
            function: _closure(function.partition(".")[0], known)
            for function in (convention.forward, convention.backward)
        }
        return tuple(
            Written(
                function=function,
                fingerprint=_fingerprint(nodes.values()),
                text="\n\n".join(nodes),
            )
            for function, nodes in found.items()
            if nodes and not is_unfilled(next(iter(nodes.values())))
        )
    except (RecursionError, MemoryError):
        return ()


def _definitions(
    extraction: Extraction, provided: Collection[str]
) -> dict[str, tuple[str, Definition]]:
    """Return the text and the tree of every function and class, the last of a name."""
    program = extraction.program
    units = [module.unit for module in program.modules] + list(program.units)
    found = {}
    for unit in units:
        if unit.name.rpartition("/")[2] not in provided:
            for text, node in _tops(unit):
                found[node.name] = (text, node)
    return found


def _tops(unit: Unit) -> Iterator[tuple[str, Definition]]:
    try:
        tree = ast.parse(unit.source)
    except (SyntaxError, ValueError):
        return
    lines = unit.source.split("\n")
    for node in tree.body:
        if isinstance(node, Definition):
            first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
            yield "\n".join(lines[first - 1 : node.end_lineno]), node


def _closure(
    root: str, known: Mapping[str, tuple[str, Definition]]
) -> dict[str, Definition]:
    """Return the function and the helpers it uses, in the order of their first use."""
    found: dict[str, Definition] = {}
    waiting = [root]
    seen = {root}
    while waiting:
        name = waiting.pop(0)
        if name not in known:
            continue
        text, node = known[name]
        found[text] = node
        used = [each for each in _names(node) if each in known and each not in seen]
        seen.update(used)
        waiting += dict.fromkeys(used)
    return found


def _names(node: ast.AST) -> Iterator[str]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name):
            yield inner.id
        elif isinstance(inner, ast.Attribute):
            yield inner.attr


def _fingerprint(nodes: Collection[Definition]) -> str:
    helpers = {node.name: f"helper{place}" for place, node in enumerate(nodes)}
    digest = hashlib.sha256()
    for node in nodes:
        plain = _Plain(helpers)
        # Parsed again, because it is rewritten and may be part of another function's.
        copy = ast.parse(ast.unparse(node))
        digest.update(ast.dump(plain.visit(copy)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


class _Plain(ast.NodeTransformer):
    """Numbers the names in their order, and drops what does nothing."""

    def __init__(self, helpers: Mapping[str, str]) -> None:
        self.helpers = helpers  # have one name wherever they are used
        self.numbers: dict[str, str] = {}

    def _number(self, name: str) -> str:
        if name in BUILTINS:
            return name
        number = f"name{len(self.numbers)}"
        return self.helpers.get(name) or self.numbers.setdefault(name, number)

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        node.attr = self.helpers.get(node.attr, node.attr)
        return self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.Name(id=self._number(node.id), ctx=node.ctx)

    def visit_arg(self, node: ast.arg) -> ast.arg:
        return ast.arg(arg=self._number(node.arg), annotation=None)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        node.name = self._number(node.name)
        node.returns = None
        self.generic_visit(node)
        node.body = node.body or [ast.Pass()]
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST | None:
        if node.value is None:
            return None
        plain = ast.Assign(targets=[node.target], value=node.value, lineno=0)
        return self.generic_visit(plain)

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        match node.value:
            case ast.Constant() | ast.Call(func=ast.Name(id="print")):
                return None
            case _:
                return self.generic_visit(node)

    def visit_Pass(self, node: ast.Pass) -> None:
        del node
