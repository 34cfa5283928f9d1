"""Show one counterexample or footprint in the terminal: sizes, then grids."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rich.columns import Columns
from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from grader.records import Message
from grader.reports import text_grid, wording
from grader.reports.foreign import visible_line
from grader.reports.words import is_told

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from rich.console import RenderableType

    from grader.report import Counterexample, Footprint, Grid
    from grader.reports.words import Words

MOST_NUMBERS_OF_AN_INPUT: Final = 64
MOST_FOOTPRINT_ROWS: Final = 2


def counterexample(
    case: Counterexample, words: Words, *, told: Collection[Message] = ()
) -> RenderableType:
    """Return the case by its sizes, what is wrong there, and the grids.

    What was `told` above is not repeated; nor is an answer that never came compared.
    """
    parts: list[RenderableType] = [
        Text(_headline(case, words), "bold"),
        _indented(Columns(map(Text, _sizes(case)), padding=(0, 3))),
    ]
    if not is_told(case.problem, told):
        parts.append(Text(visible_line(words.say(case.problem))))
    drawings = [_drawing(grid, grid.name) for grid in _small_inputs(case)]
    parts += ["", _side_by_side(drawings)]
    if case.got is not None:
        parts += ["", _side_by_side(list(_answers(case, words)))]
    parts += [Text(line, "dim") for line in _remarks(case, words)]
    return Group(*parts)


def footprint(
    found: Footprint, words: Words, *, told: Collection[Message] = ()
) -> RenderableType:
    """Return which pixels some output pixels look at, beside the right ones."""
    should = words.say(Message(id="report.should_look_at"))
    parts: list[RenderableType] = []
    if found.message not in told:
        parts.append(Text(visible_line(words.say(found.message))))
    for row in found.rows[:MOST_FOOTPRINT_ROWS]:
        index = {"index": str(list(row.output))}
        looks_at = words.say(Message(id="report.looks_at", values=index))
        drawings = [_drawing(row.got, looks_at), _drawing(row.expected, should)]
        parts += [*([""] if parts else []), _side_by_side(drawings)]
    return Group(*parts)


def _headline(case: Counterexample, words: Words) -> str:
    name = wording.title(case.criterion, words)
    values = {"criterion": name}
    # What hangs is asked too seldom to find the smallest case.
    hangs = case.problem.id.startswith("call.timed_out")
    name = "report.hung_case" if hangs else "report.smallest_case"
    return words.say(Message(id=name, values=values))


def _sizes(case: Counterexample) -> list[str]:
    """Shapes hold the sizes; what else the case has are the call's options."""
    shapes = [f"{grid.name} {grid.shape}" for grid in case.inputs]
    options = [f"{name} {value}" for name, value in case.options.items()]
    return shapes + options


def _small_inputs(case: Counterexample) -> list[Grid]:
    return [g for g in case.inputs if len(g.numbers) <= MOST_NUMBERS_OF_AN_INPUT]


def _answers(case: Counterexample, words: Words) -> Iterator[RenderableType]:
    """Yield both; where the shapes differ they are named, and no number is marked."""
    digits = text_grid.digits_that_tell(case.expected, case.got)
    has_other_shape = (
        case.got is not None
        and case.got.numbers
        and case.got.shape != case.expected.shape
    )
    for grid, name in ((case.expected, "report.expected"), (case.got, "report.got")):
        if grid is None:
            continue
        heading = words.say(Message(id=name, values={"tensor": case.expected.name}))
        if has_other_shape:
            yield _drawing(replace(grid, marks=()), f"{heading} {grid.shape}")
        else:
            yield _drawing(grid, heading, digits=digits)


def _remarks(case: Counterexample, words: Words) -> Iterator[str]:
    if case.got is None:
        return
    is_alike = case.got.shape == case.expected.shape
    wrong = text_grid.wrong_places(case.got) if is_alike else []
    if wrong:
        yield words.say(Message(id="report.brackets"))
        yield _one_wrong_number(case.expected, case.got, wrong[0], words)
    if text_grid.is_cut(case.got):
        values = {"name": case.got.name, "shape": str(case.got.shape)}
        yield words.say(Message(id="report.cut", values=values))


def _one_wrong_number(
    expected: Grid, got: Grid, index: tuple[int, ...], words: Words
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
    return words.say(Message(id="report.one_wrong_number", values=values))


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
