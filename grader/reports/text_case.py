"""Show one counterexample or footprint in the terminal: sizes, then grids."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from rich.columns import Columns
from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from grader.messages import render
from grader.records import Message
from grader.reports import text_grid, wording
from grader.reports.foreign import visible_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from rich.console import RenderableType

    from grader.report import Counterexample, Footprint, Grid

MOST_NUMBERS_OF_AN_INPUT: Final = 64
MOST_FOOTPRINT_ROWS: Final = 2


def counterexample(
    case: Counterexample, language: str, *, told: Collection[Message] = ()
) -> RenderableType:
    """Return the case by its sizes, what is wrong there, and the grids.

    What was `told` above is not repeated; nor is an answer that never came compared.
    """
    parts: list[RenderableType] = [
        Text(_headline(case, language), "bold"),
        _indented(Columns(map(Text, _sizes(case)), padding=(0, 3))),
    ]
    if not _is_told(case.problem, told):
        parts.append(Text(visible_line(render(case.problem, language))))
    drawings = [_drawing(grid, grid.name) for grid in _small_inputs(case)]
    parts += ["", _side_by_side(drawings)]
    if case.got is not None:
        parts += ["", _side_by_side(list(_answers(case, language)))]
    parts += [Text(line, "dim") for line in _remarks(case, language)]
    return Group(*parts)


def footprint(
    found: Footprint, language: str, *, told: Collection[Message] = ()
) -> RenderableType:
    """Return which pixels some output pixels look at, beside the right ones."""
    should = render(Message(id="report.should_look_at"), language)
    parts: list[RenderableType] = []
    if found.message not in told:
        parts.append(Text(visible_line(render(found.message, language))))
    for row in found.rows[:MOST_FOOTPRINT_ROWS]:
        index = {"index": str(list(row.output))}
        looks_at = render(Message(id="report.looks_at", values=index), language)
        drawings = [_drawing(row.got, looks_at), _drawing(row.expected, should)]
        parts += [*([""] if parts else []), _side_by_side(drawings)]
    return Group(*parts)


def _is_told(problem: Message, told: Collection[Message]) -> bool:
    """Tell whether a sentence above says this, or shows the same wrong shape."""
    shapes = {"got", "expected"} & problem.values.keys()
    return problem in told or any(
        shapes and all(m.values.get(name) == problem.values[name] for name in shapes)
        for m in told
    )


def _headline(case: Counterexample, language: str) -> str:
    name = wording.title(case.criterion, language)
    values = {"criterion": name}
    return render(Message(id="report.smallest_case", values=values), language)


def _sizes(case: Counterexample) -> list[str]:
    """Shapes hold the sizes (upper case); the other axes are the call's options."""
    shapes = [f"{grid.name} {grid.shape}" for grid in case.inputs]
    options = [f"{name} {size}" for name, size in case.axes.items() if name.islower()]
    return shapes + options


def _small_inputs(case: Counterexample) -> list[Grid]:
    return [g for g in case.inputs if len(g.numbers) <= MOST_NUMBERS_OF_AN_INPUT]


def _answers(case: Counterexample, language: str) -> Iterator[RenderableType]:
    tensor = {"tensor": case.expected.name}
    digits = text_grid.digits_that_tell(case.expected, case.got)
    expected = render(Message(id="report.expected", values=tensor), language)
    yield _drawing(case.expected, expected, digits=digits)
    if case.got is not None:
        got = render(Message(id="report.got", values=tensor), language)
        yield _drawing(case.got, got, digits=digits)


def _remarks(case: Counterexample, language: str) -> Iterator[str]:
    if case.got is None:
        return
    wrong = text_grid.wrong_places(case.got)
    if wrong:
        yield render(Message(id="report.brackets"), language)
    if wrong and case.got.shape == case.expected.shape:
        yield _one_wrong_number(case.expected, case.got, wrong[0], language)
    if text_grid.is_cut(case.got):
        values = {"name": case.got.name, "shape": str(case.got.shape)}
        yield render(Message(id="report.cut", values=values), language)


def _one_wrong_number(
    expected: Grid, got: Grid, index: tuple[int, ...], language: str
) -> str:
    flat = got.marks.index(True)
    digits = text_grid.digits_that_tell(expected, got)
    right, wrong = expected.numbers[flat], got.numbers[flat]
    difference = wrong - right
    values = {
        "tensor": got.name,
        "index": str(list(index)),
        "expected": text_grid.number(right, digits),
        "got": text_grid.number(wrong, digits),
        "difference": f"{difference:+.4g}" if math.isfinite(difference) else "-",
    }
    return render(Message(id="report.one_wrong_number", values=values), language)


def _drawing(
    grid: Grid, heading: str, *, digits: int = text_grid.DIGITS[0]
) -> RenderableType:
    drawn = [Text(heading, "dim", no_wrap=True)]
    for line in text_grid.lines(grid, digits=digits):
        text = Text(line, no_wrap=True, overflow="ellipsis")
        text.highlight_regex(r"\[[^\]:]*\]", "bold red")
        drawn.append(text)
    return Group(*drawn)


def _side_by_side(drawings: list[RenderableType]) -> RenderableType:
    return _indented(Columns(drawings, padding=(1, 4)))


def _indented(shown: RenderableType) -> RenderableType:
    return Padding(shown, (0, 0, 0, 2), expand=False)
