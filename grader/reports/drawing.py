"""Draw a counterexample: what is read, what should come out, what came out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

from grader.report import Grid, Origin
from grader.reports.numbers import number_text, shape_text
from grader.reports.pictures import Marks, Picture, indices, picture

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.records import Shape
    from grader.report import Counterexample

TIMES: Final = "\N{MULTIPLICATION SIGN}"
MOST_TERMS: Final = 12
MOST_UNREAD: Final = 48  # numbers of a tensor that none is pointed out in


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """One counterexample, ready to be shown."""

    sizes: tuple[str, ...]  # "x (1, 1, 3, 3)", "stride 2", …
    name: str  # of the answer
    cell: str  # the wrong number that is explained, such as out[0, 0, 1, 1]
    operands: tuple[Picture, ...]
    is_followed: bool  # they are what the explained number is made of
    left_out: tuple[str, ...]  # inputs with too many numbers to draw
    has_answer: bool  # it is the answer that is wrong, and not the inputs' own fate
    expected: Picture | None  # None: many numbers, and nothing to compare with
    got: Picture | None
    difference: Picture | None
    sum: str  # how the expected number comes about; blank where that is long
    is_answered: bool  # whether the call came back at all
    is_padding: bool  # nothing but padding goes into it
    expected_number: str
    got_number: str


def draw(example: Counterexample) -> Drawing:
    """Return the drawing of one counterexample."""
    inputs = {grid.name: grid for grid in example.inputs}
    wrong = _wrong_cells(example)
    focus = min(wrong, default=None)
    origin = _origin(example, inputs)
    operands = _operands(example, inputs=inputs, origin=origin)
    return Drawing(
        sizes=_sizes(example),
        name=example.expected.name,
        cell=_named(example.expected.name, focus),
        operands=operands,
        is_followed=bool(origin and origin.parts),
        left_out=_left_out(inputs, operands=operands, origin=origin),
        has_answer=_subject(example) == example.expected.name,
        expected=_expected(example, Marks(focus=focus, beside=wrong)),
        got=_got(example, Marks(focus=focus, wrong=wrong)),
        difference=_difference(example, wrong=wrong, focus=focus),
        sum=_sum(example, inputs=inputs, origin=origin),
        is_answered=not example.problem.id.startswith("call."),
        is_padding=_is_all_padding(example, inputs=inputs, origin=origin),
        expected_number=_number(example.expected, focus),
        got_number=_number(example.got, focus),
    )


def _subject(example: Counterexample) -> str:
    """Return the tensor that the problem is with; w, if w was changed in place."""
    return str(example.problem.values.get("tensor", example.expected.name))


def _expected(example: Counterexample, marks: Marks) -> Picture | None:
    is_long = len(example.expected.numbers) > MOST_UNREAD
    return None if example.got is None and is_long else picture(example.expected, marks)


def _got(example: Counterexample, marks: Marks) -> Picture | None:
    return None if example.got is None else picture(example.got, marks)


def _wrong_cells(example: Counterexample) -> frozenset[Shape]:
    got, expected = example.got, example.expected
    if got is None or got.shape != expected.shape:
        return frozenset()
    marks = got.marks or expected.marks
    if not marks:
        marks = tuple(
            a != b for a, b in zip(got.numbers, expected.numbers, strict=True)
        )
    return frozenset(
        index for index, mark in zip(indices(got), marks, strict=True) if mark
    )


def _sizes(example: Counterexample) -> tuple[str, ...]:
    """Return shapes and options."""
    shapes = [f"{grid.name} {shape_text(grid.shape)}" for grid in example.inputs]
    return (*shapes, *(f"{name} {value}" for name, value in example.options.items()))


def _origin(example: Counterexample, inputs: Mapping[str, Grid]) -> Origin | None:
    """Return what the explained number is made of, if all of that is shown."""
    if example.origin is None or not _wrong_cells(example):
        return None
    places = chain(example.origin.added, *example.origin.parts)
    is_shown = all(
        name in inputs and len(inputs[name].shape) == len(index)
        for name, index in places
    )
    return example.origin if is_shown else None


def _operands(
    example: Counterexample, *, inputs: Mapping[str, Grid], origin: Origin | None
) -> tuple[Picture, ...]:
    """Return the tensors that the explained number is made of, or all of them."""
    read: dict[str, set[Shape]] = {}
    parts = origin.parts if origin else ()
    for tensor, index in chain.from_iterable(parts):
        read.setdefault(tensor, set()).add(index)
    return tuple(
        picture(
            grid,
            Marks(
                read=frozenset(read.get(name, ())),
                pad=example.margins.get(name, 0),
            ),
        )
        for name, grid in inputs.items()
        if name in read or (not read and len(grid.numbers) <= MOST_UNREAD)
    )


def _left_out(
    inputs: Mapping[str, Grid], *, operands: tuple[Picture, ...], origin: Origin | None
) -> tuple[str, ...]:
    """Return the inputs that nothing but their size keeps out of the drawing."""
    drawn = {operand.name for operand in operands}
    is_followed = origin is not None and origin.parts
    return () if is_followed else tuple(name for name in inputs if name not in drawn)


def _difference(
    example: Counterexample, *, wrong: frozenset[Shape], focus: Shape | None
) -> Picture | None:
    got, expected = example.got, example.expected
    if got is None or got.shape != expected.shape or not got.numbers:
        return None
    numbers = tuple(
        _minus(a, b) for a, b in zip(got.numbers, expected.numbers, strict=True)
    )
    grid = Grid(name=expected.name, shape=got.shape, numbers=numbers)
    return picture(grid, Marks(wrong=wrong, focus=focus, signed=True))


def _minus(got: float, expected: float) -> float:
    same = got == expected or (math.isnan(got) and math.isnan(expected))
    return 0.0 if same else got - expected


def _sum(
    example: Counterexample, *, inputs: Mapping[str, Grid], origin: Origin | None
) -> str:
    """Return the sum of products as written by hand; blank if it is too long."""
    if origin is None or not origin.is_sum:
        return ""
    products = (_product(part, example, inputs) for part in origin.parts)
    written = [text for text in products if text]
    for tensor, index in origin.added:
        number = _input_number(inputs[tensor], index, 0) or 0.0
        written.append(f"{_signed_factor(number)} ({tensor})")
    return " + ".join(written) if 0 < len(written) <= MOST_TERMS else ""


def _is_all_padding(
    example: Counterexample, *, inputs: Mapping[str, Grid], origin: Origin | None
) -> bool:
    parts = origin.parts if origin else ()
    return bool(parts) and all(
        any(
            _input_number(inputs[tensor], index, example.margins.get(tensor, 0)) is None
            for tensor, index in part
        )
        for part in parts
    )


def _product(
    part: tuple[tuple[str, Shape], ...],
    example: Counterexample,
    inputs: Mapping[str, Grid],
) -> str:
    """Return one product; padding adds nothing and is left out."""
    factors = []
    for tensor, index in part:
        margin = example.margins.get(tensor, 0)
        value = _input_number(inputs[tensor], index, margin)
        if value is None:
            return ""
        factors.append(_signed_factor(value))
    return f" {TIMES} ".join(factors)


def _input_number(grid: Grid, index: Shape, pad: int) -> float | None:
    shifted = (*index[:-2], *(at - pad for at in index[-2:])) if pad else index
    offset = 0
    for size, at in zip(grid.shape, shifted, strict=True):
        if not 0 <= at < size:
            return None
        offset = offset * size + at
    return grid.numbers[offset]


def _signed_factor(value: float) -> str:
    text = number_text(value)
    return f"({text})" if value < 0 else text


def _number(grid: Grid | None, focus: Shape | None) -> str:
    if grid is None or focus is None:
        return ""
    return number_text(_input_number(grid, focus, 0) or 0.0)


def _named(tensor: str, focus: Shape | None) -> str:
    return "" if focus is None else f"{tensor}[{', '.join(map(str, focus))}]"
