"""Lay a report out for a terminal: score, criteria, three sentences, one case."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rich.console import Console, Group
from rich.constrain import Constrain
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from grader.records import Message, Status
from grader.report import Outcome
from grader.reports import text_case, wording
from grader.reports.foreign import visible, visible_line
from grader.reports.printed import Printed
from grader.reports.words import NO_SENTENCES, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rich.console import ConsoleOptions, RenderableType

    from grader.report import ExerciseReport, Report

WIDTH: Final = 88  # a line of prose that is wider is hard to read
STYLES: Final = {
    Status.PASSED: "green",
    Status.FAILED: "red",
    Status.UNDECIDED: "yellow",
}
MOST_CASES: Final = 2
MOST_PRINTED_LINES: Final = 10


def render(
    report: Report,
    *,
    language: str = "en",
    sentences: Mapping[str, str] = NO_SENTENCES,
) -> str:
    """Return the layout as plain text of 88 columns, without colours."""
    return plain(layout(report, language=language, sentences=sentences))


def plain(shown: RenderableType) -> str:
    """Return what a console of 88 columns without colours prints."""
    target = io.StringIO()
    console = Console(
        file=target,
        width=WIDTH,
        color_system=None,
        legacy_windows=False,
        force_jupyter=False,  # else it displays by itself, past the file
    )
    console.print(shown, crop=False)
    return "\n".join(line.rstrip() for line in target.getvalue().splitlines()) + "\n"


def layout(
    report: Report,
    *,
    language: str = "en",
    sentences: Mapping[str, str] = NO_SENTENCES,
) -> RenderableType:
    """Return what a rich console prints, at any width, with colours or without.

    Print it with `crop=False`, so that the lines of code in it stay whole.
    """
    words = Words(language=language, own=sentences)
    parts: list[RenderableType] = [_headline(report)]
    why = wording.reason(report)
    if why is not None:
        parts += ["", Text(visible(words.say(why)))]
    for exercise in _worth_showing(report):
        if len(report.exercises) > 1:
            parts += ["", Text(exercise.exercise, "bold")]
        parts.append(_criteria(exercise, words))
        parts += _explanation(exercise, words)
    parts += _surroundings(report, words)
    return Printed(Constrain(Group(*parts), width=WIDTH))


def _worth_showing(report: Report) -> tuple[ExerciseReport, ...]:
    """A table of zeros, or of blanks, says no more than its reason."""
    lines = [line for e in report.exercises for line in e.criteria]
    is_judged = report.outcome is Outcome.UNDECIDED and any(li.regimes for li in lines)
    is_graded = report.outcome is Outcome.GRADED
    if is_graded or is_judged or any(line.is_overridden for line in lines):
        return report.exercises
    return ()


def _headline(report: Report) -> RenderableType:
    names = [exercise.exercise for exercise in report.exercises]
    score = wording.out_of(report.score, report.max_score)
    line = Table.grid(expand=True, padding=(0, 1))
    line.add_column(ratio=1, overflow="fold")
    line.add_column(justify="right", no_wrap=True)
    line.add_row(
        Text(visible_line(report.identity.submission), "bold"),
        Text.assemble(f"{names[0]}   " if len(names) == 1 else "", (score, "bold")),
    )
    return line


def _criteria(exercise: ExerciseReport, words: Words) -> RenderableType:
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for line in exercise.criteria:
        standing = visible_line(wording.standing(line, exercise, words))
        table.add_row(
            wording.title(line.criterion, words),
            wording.points(line.points),
            f"/ {wording.points(line.max_points)} ",
            Text(standing, STYLES[line.status]),
        )
    return Padding(table, (0, 0, 0, 2), expand=False)


def _explanation(exercise: ExerciseReport, words: Words) -> Iterator[RenderableType]:
    told = exercise.summary or [
        line for criterion in exercise.criteria for line in criterion.lines
    ]
    yield from _sentences(told, words)
    if exercise.footprint is not None and not exercise.diagnoses:
        yield ""
        yield text_case.footprint(exercise.footprint, words, told=told)
    cases = exercise.counterexamples[:MOST_CASES]
    for case in cases:
        yield ""
        yield text_case.counterexample(case, words, told=told)
    if cases and cases[0].snippet:
        yield ""
        yield Text(words.say(Message(id="report.reproduce")))
        yield _AsItIs(cases[0].snippet.rstrip())


def _sentences(told: Iterable[Message], words: Words) -> Iterator[RenderableType]:
    """Yield each sentence once, with a blank line where a mistake begins."""
    said: set[str] = set()
    is_amid = False
    for message in told:
        sentence = words.say(message)
        if sentence in said:
            continue
        if not said or (is_amid and message.id.startswith("where.")):
            yield ""
        yield Text(visible_line(sentence))
        said.add(sentence)
        is_amid = not message.id.startswith("right.")


def _surroundings(report: Report, words: Words) -> Iterator[RenderableType]:
    if report.notes or report.comments:
        yield ""
    for note in report.notes:
        yield Text(visible_line(words.say(note)))
    for comment in report.comments:
        said = Message(id="report.comment", values={"comment": comment})
        yield Text(visible(words.say(said)))
    printed = visible(report.output).strip("\n").splitlines()
    if printed:
        yield ""
        yield Text(words.say(Message(id="report.printed")))
        yield _AsItIs("\n".join(printed[:MOST_PRINTED_LINES]))
    if len(printed) > MOST_PRINTED_LINES:
        yield Text("  ...")


@dataclass(frozen=True, slots=True)
class _AsItIs:
    """Foreign lines, never wrapped: code that is wrapped cannot be pasted."""

    text: str

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[Segment]:
        style = console.get_style("dim")
        for line in visible(self.text).split("\n"):
            yield Segment(f"    {line}".rstrip(), style)
            yield Segment.line()
