"""Wrong programs by the hundred: one small change each to a program that is right.

An operator looks at one node of the syntax tree and offers what a slip of the hand or
of the mind would put in its place.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Operator: TypeAlias = "Callable[[ast.AST], Iterator[ast.AST]]"

ARITHMETIC: Final[dict[type[ast.operator], tuple[type[ast.operator], ...]]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Add, ast.FloorDiv),
    ast.FloorDiv: (ast.Mult, ast.Sub, ast.Mod),
}
COMPARISON: Final[dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]]] = {
    ast.Gt: (ast.GtE, ast.Lt, ast.Eq),
}
# Names that a student takes for one another.
CONFUSED: Final = (
    ("H", "W"),
    ("HH", "WW"),
    ("H", "HH"),
    ("W", "WW"),
    ("H_out", "W_out"),
    ("H", "H_out"),
    ("W", "W_out"),
    ("i", "j"),
    ("u", "v"),
    ("top", "left"),
    ("rows", "cols"),
    ("bottom", "right"),
    ("N", "F"),
    ("N", "C"),
    ("F", "C"),
    ("n", "f"),
    ("stride", "pad"),
    ("s", "p"),
    ("x", "x_pad"),
    ("x", "w"),
    ("dw", "w"),
    ("dx", "dx_pad"),
)
CONFUSED_ATTRIBUTES: Final = (
    ("sum", "mean"),
    ("sum", "max"),
    ("zeros", "ones"),
    ("zeros_like", "ones_like"),
)
CONFUSED_KEYS: Final = (("stride", "pad"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One wrong program; `was` and `becomes` are the statement that differs."""

    base: str
    function: str
    was: str
    becomes: str
    source: str

    @property
    def name(self) -> str:
        """Return the change in one line."""
        return f"{self.base}.{self.function}: {self.was}  ->  {self.becomes}"


def mutants(base: str, source: str) -> tuple[Mutant, ...]:
    """Return every mutant of a program once, function by function."""
    tree = ast.parse(source)
    right = ast.unparse(tree)
    found: dict[str, Mutant] = {}
    for function in tree.body:
        if isinstance(function, ast.FunctionDef):
            for changed in _changed(function, tree):
                if changed != right and changed not in found:
                    found[changed] = _mutant(base, function, right, changed)
    return tuple(found.values())


def _changed(function: ast.FunctionDef, tree: ast.Module) -> Iterator[str]:
    """Return the program's text with one change in this function, for each change."""
    for parent in ast.walk(function):
        # -1 says "the rest": how NumPy takes -2 differs from version to version.
        if isinstance(parent, ast.UnaryOp) and isinstance(parent.operand, ast.Constant):
            continue
        for node, put in _children(parent):
            for new in [new for operator in OPERATORS for new in operator(node)]:
                put(ast.copy_location(new, node))
                yield ast.unparse(tree)
                put(node)


def _children(parent: ast.AST) -> Iterator[tuple[ast.AST, Callable[[ast.AST], None]]]:
    """Return each child, and what puts another in its place."""
    for field, value in ast.iter_fields(parent):
        if isinstance(value, ast.AST):
            yield value, partial(setattr, parent, field)
        elif isinstance(value, list):
            for at, child in enumerate(value):
                if isinstance(child, ast.AST):
                    yield child, partial(value.__setitem__, at)


def _mutant(base: str, function: ast.FunctionDef, was: str, becomes: str) -> Mutant:
    lines = zip(was.splitlines(), becomes.splitlines(), strict=True)
    before, after = next((one, other) for one, other in lines if one != other)
    return Mutant(
        base=base,
        function=function.name.removeprefix("conv_").removesuffix("_naive"),
        was=before.strip(),
        becomes=after.strip(),
        source=becomes,
    )


def arithmetic(node: ast.AST) -> Iterator[ast.AST]:
    """Offer another operator."""
    if isinstance(node, ast.BinOp):
        for operator in ARITHMETIC.get(type(node.op), ()):
            yield ast.BinOp(left=node.left, op=operator(), right=node.right)


def one_side(node: ast.AST) -> Iterator[ast.AST]:
    """Offer an operation without its left or its right side."""
    if isinstance(node, ast.BinOp):
        yield node.left
        yield node.right


def rounding_up(node: ast.AST) -> Iterator[ast.AST]:
    """Offer to round up where a division rounds down."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.FloorDiv):
        less = ast.UnaryOp(op=ast.USub(), operand=node.left)
        divided = ast.BinOp(left=less, op=ast.FloorDiv(), right=node.right)
        yield ast.UnaryOp(op=ast.USub(), operand=divided)


def comparison(node: ast.AST) -> Iterator[ast.AST]:
    """Offer another comparison."""
    if isinstance(node, ast.Compare):
        for operator in COMPARISON.get(type(node.ops[0]), ()):
            yield ast.Compare(
                left=node.left, ops=[operator()], comparators=node.comparators
            )


def integer(node: ast.AST) -> Iterator[ast.AST]:
    """Offer the number one above and one below."""
    if isinstance(node, ast.Constant) and type(node.value) is int:
        yield ast.Constant(node.value + 1)
        yield ast.Constant(node.value - 1)


def key(node: ast.AST) -> Iterator[ast.AST]:
    """Offer the other option."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        for other in _others(node.value, CONFUSED_KEYS):
            yield ast.Constant(other)


def name(node: ast.AST) -> Iterator[ast.AST]:
    """Offer the names that it is taken for, where a value is read."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        for other in _others(node.id, CONFUSED):
            yield ast.Name(id=other, ctx=ast.Load())


def attribute(node: ast.AST) -> Iterator[ast.AST]:
    """Offer the functions that it is taken for, and a matrix not transposed."""
    if isinstance(node, ast.Attribute):
        for other in _others(node.attr, CONFUSED_ATTRIBUTES):
            yield ast.Attribute(value=node.value, attr=other, ctx=node.ctx)
        if node.attr == "T":
            yield node.value


def tuple_items(node: ast.AST) -> Iterator[ast.AST]:
    """Offer neighbours swapped and, of numbers, one left out."""
    if not isinstance(node, ast.Tuple) or isinstance(node.ctx, ast.Del):
        return
    for at in range(len(node.elts) - 1):
        items = list(node.elts)
        items[at], items[at + 1] = items[at + 1], items[at]
        yield ast.Tuple(elts=items, ctx=node.ctx)
    if all(isinstance(item, ast.Constant) for item in node.elts):
        for at in range(len(node.elts)):
            yield ast.Tuple(elts=node.elts[:at] + node.elts[at + 1 :], ctx=node.ctx)


def bounds(node: ast.AST) -> Iterator[ast.AST]:
    """Offer a slice without one of its numbers."""
    if isinstance(node, ast.Slice):
        if node.lower:
            yield ast.Slice(lower=None, upper=node.upper, step=node.step)
        if node.upper:
            yield ast.Slice(lower=node.lower, upper=None, step=node.step)
        if node.step:
            yield ast.Slice(lower=node.lower, upper=node.upper, step=None)


def augmented(node: ast.AST) -> Iterator[ast.AST]:
    """Offer to overwrite and to subtract where something is added."""
    if isinstance(node, ast.AugAssign):
        yield ast.Assign(targets=[node.target], value=node.value)
        yield ast.AugAssign(target=node.target, op=ast.Sub(), value=node.value)


def statement(node: ast.AST) -> Iterator[ast.AST]:
    """Offer to forget a statement without which the rest still runs."""
    stored = isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript)
    if stored or isinstance(node, ast.AugAssign):
        yield ast.Pass()


def arguments(node: ast.AST) -> Iterator[ast.AST]:
    """Offer arguments swapped, a keyword forgotten, and a shorter range."""
    if not isinstance(node, ast.Call):
        return
    if len(node.args) > 1:
        swapped = [node.args[1], node.args[0], *node.args[2:]]
        yield ast.Call(func=node.func, args=swapped, keywords=node.keywords)
    for at in range(len(node.keywords)):
        kept = node.keywords[:at] + node.keywords[at + 1 :]
        yield ast.Call(func=node.func, args=node.args, keywords=kept)
    if isinstance(node.func, ast.Name) and node.func.id == "range":
        yield from _ranges(node)


def _ranges(node: ast.Call) -> Iterator[ast.AST]:
    *start, stop = node.args[:2]
    less = ast.BinOp(left=stop, op=ast.Sub(), right=ast.Constant(1))
    more = ast.BinOp(left=stop, op=ast.Add(), right=ast.Constant(1))
    ends: list[list[ast.expr]] = [
        [*start, less],
        [*start, more],
        [ast.Constant(1), stop],
    ]
    for first in ends:
        args = [*first, *node.args[2:]]
        yield ast.Call(func=node.func, args=args, keywords=[])


def reordering(node: ast.AST) -> Iterator[ast.AST]:
    """Offer an array as it was before reshape or transpose."""
    match node:
        case ast.Call(func=ast.Attribute(attr="reshape" | "transpose", value=before)):
            yield before
        case _:
            return


def negative(node: ast.AST) -> Iterator[ast.AST]:
    """Offer what is there without its minus."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield node.operand


def branches(node: ast.AST) -> Iterator[ast.AST]:
    """Offer either side of a choice."""
    if isinstance(node, ast.IfExp):
        yield node.body
        yield node.orelse


OPERATORS: Final[tuple[Operator, ...]] = (
    arithmetic,
    one_side,
    rounding_up,
    comparison,
    integer,
    key,
    name,
    attribute,
    tuple_items,
    bounds,
    augmented,
    statement,
    arguments,
    reordering,
    negative,
    branches,
)


def _others(found: str, confused: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for one, other in confused:
        if found in (one, other):
            yield other if found == one else one
