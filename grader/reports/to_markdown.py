"""Render a report as Markdown that GitHub shows: points, what to fix, one drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.records import Status
from grader.reports import findings, text_grid, wording
from grader.reports.escaping import code_block, code_span, markdown, shortened
from grader.reports.words import NO_SENTENCES, Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from grader.report import Counterexample, ExerciseReport, Report

SIGNS: Final = {Status.PASSED: "✓", Status.FAILED: "✗", Status.UNDECIDED: "?"}
MOST_EXAMPLES: Final = 3
MOST_OUTPUT: Final = 4000


def render(
    report: Report,
    *,
    language: str = "en",
    sentences: Mapping[str, str] = NO_SENTENCES,
) -> str:
    """Return the Markdown; every foreign text is shown as it is, and does nothing."""
    words = Words(language=language, own=sentences)
    return "\n\n".join(blocks(report, words=words)) + "\n"


def blocks(report: Report, *, words: Words) -> list[str]:
    """Return the blocks that a blank line parts; each is whole in itself."""
    score = wording.out_of(report.score, report.max_score)
    outcome = words.label(f"outcome.{report.outcome.value}")
    parts = [
        f"## {code_span(_title(report))}: {score} {outcome}",
        *(markdown(text) for text in findings.overall(report, words=words)),
    ]
    for exercise in report.exercises:
        if len(report.exercises) > 1:
            parts.append(f"### {markdown(exercise.exercise)}")
        parts.append("\n".join(_points(exercise, words)))
        parts += _examples(exercise, words)
    if report.output:
        printed = shortened(report.output, limit=MOST_OUTPUT)
        parts.append(_folded(words.label("output"), code_block(printed)))
    parts.append(_foot(report, words))
    return parts


def _title(report: Report) -> str:
    return ", ".join(report.identity.files) or report.identity.submission


def _points(exercise: ExerciseReport, words: Words) -> Iterator[str]:
    yield f"| {words.label('criterion')} | {words.label('points')} |  |"
    yield "| :-- | --: | :-- |"
    for line in exercise.criteria:
        standing = wording.standing(line, exercise, words)
        is_set = line.is_overridden
        parts = [*map(words.say, line.lines), *([standing] if is_set else [])]
        told = " · ".join(parts) or standing
        name = code_span(line.criterion).replace("|", r"\|")
        points = wording.out_of(line.points, line.max_points)
        yield f"| {name} | {points} | {SIGNS[line.status]} {markdown(told)} |"


def _examples(exercise: ExerciseReport, words: Words) -> Iterator[str]:
    for example in exercise.counterexamples[:MOST_EXAMPLES]:
        yield f"### {words.label('examples')}: {code_span(example.criterion)}"
        yield markdown(words.say(example.problem))
        yield " ".join(code_span(size) for size in _sizes(example))
        yield code_block("\n".join(_grids(example, words)))
        if example.snippet:
            snippet = code_block(example.snippet, language="python")
            yield _folded(words.label("reproduce"), snippet)
    if exercise.footprint is not None:
        yield f"### {words.label('footprint')}"
        yield markdown(words.say(exercise.footprint.message))


def _sizes(example: Counterexample) -> Iterator[str]:
    yield from (f"{grid.name} {grid.shape}" for grid in example.inputs)
    yield from (f"{name} {value}" for name, value in example.options.items())


def _grids(example: Counterexample, words: Words) -> Iterator[str]:
    digits = text_grid.digits_that_tell(example.expected, example.got)
    small = [grid for grid in example.inputs if not text_grid.is_cut(grid)]
    for grid in small:
        yield from (grid.name, *text_grid.lines(grid), "")
    name = example.expected.name
    yield words.label("expected", name=name)
    yield from text_grid.lines(example.expected, digits=digits)
    if example.got is not None:
        yield from ("", words.label("got", name=name))
        yield from text_grid.lines(example.got, digits=digits)


def _folded(summary: str, text: str) -> str:
    return f"<details><summary>{summary}</summary>\n\n{text}\n\n</details>"


def _foot(report: Report, words: Words) -> str:
    made = report.provenance
    versions = f"convgrade {made.convgrade}, Python {made.python}, NumPy {made.numpy}"
    tier = f"{words.label('fact.tier')}: {words.label(f'tier.{made.tier.value}')}"
    seed = f"{words.label('fact.seed')}: {made.seed}"
    return f"<sub>{versions} · {tier} · {seed}</sub>"
