"""Render the page of one submission: what to fix, drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.reports import wording
from grader.reports.class_rows import label_of, status_of
from grader.reports.drawing import Drawing, draw
from grader.reports.pages import page
from grader.reports.pictures import Marks, Picture, indices, picture
from grader.reports.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from grader.records import Message, Shape
    from grader.report import (
        Counterexample,
        CriterionScore,
        ExerciseReport,
        FootprintRow,
        Grid,
        RegimeScore,
        Report,
    )

MOST_FOOTPRINTS = 4
NO_SENTENCES: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One drawing, the criteria it stands for, and what else is known of it."""

    criteria: tuple[str, ...]
    problem: Message
    told: tuple[Message, ...]
    snippet: str
    calls: int
    drawing: Drawing


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRow:
    """One kind of case: what each criterion earned in it."""

    label: Message
    cells: tuple[RegimeScore | None, ...]


def render(
    report: Report,
    *,
    language: str = "en",
    sentences: Mapping[str, str] = NO_SENTENCES,
    staff: bool = False,
    home: str = "",
) -> str:
    """Return the page; `home` is where the class page lies, if there is one."""
    return page(
        "submission.html.j2",
        words=Words(language=language, own=sentences),
        scripts=("page.js",),
        report=report,
        staff=staff,
        home=home,
        status_of=status_of,
        reason=wording.reason(report),
        exercises=[_section(exercise, language) for exercise in report.exercises],
    )


def _section(exercise: ExerciseReport, language: str) -> dict[str, object]:
    """Return what the page shows of one layer."""
    return {
        "report": exercise,
        "kinds": kinds(exercise),
        "groups": groups(exercise.criteria),
        "examples": examples(exercise),
        "footprints": footprints(exercise),
        "standing": [
            wording.standing(line, exercise, language) for line in exercise.criteria
        ],
        "lost": lost(exercise.criteria),
    }


def lost(criteria: Iterable[CriterionScore]) -> float | None:
    """Return the points that are lost, None while something is undecided."""
    missing = [
        None if line.points is None else line.max_points - line.points
        for line in criteria
    ]
    known = [points for points in missing if points is not None]
    return sum(known) if len(known) == len(missing) else None


def kinds(exercise: ExerciseReport) -> tuple[KindRow, ...]:
    """Return the grid of criteria by kind of case, a row a kind, in their order."""
    by_line = [{r.regime: r for r in line.regimes} for line in exercise.criteria]
    labels = {r.regime: label_of(r) for line in exercise.criteria for r in line.regimes}
    return tuple(
        KindRow(label=label, cells=tuple(regimes.get(name) for regimes in by_line))
        for name, label in labels.items()
    )


def groups(criteria: Iterable[CriterionScore]) -> tuple[tuple[str, int], ...]:
    """Return "forward", 2 for forward.shape and forward.value, and so on."""
    counts: dict[str, int] = {}
    for line in criteria:
        group = line.criterion.split(".")[0]
        counts[group] = counts.get(group, 0) + 1
    return tuple(counts.items())


def examples(exercise: ExerciseReport) -> tuple[Example, ...]:
    """Return the counterexamples; those that show the same are one."""
    merged: dict[tuple[object, ...], list[Counterexample]] = {}
    for example in exercise.counterexamples:
        key = (tuple(example.axes.items()), example.seed, example.expected, example.got)
        merged.setdefault(key, []).append(example)
    return tuple(
        Example(
            criteria=tuple(one.criterion for one in same),
            problem=same[0].problem,
            told=_told(exercise, same[0]),
            snippet=same[0].snippet,
            calls=same[0].calls,
            drawing=draw(same[0]),
        )
        for same in merged.values()
    )


def _told(exercise: ExerciseReport, example: Counterexample) -> tuple[Message, ...]:
    """Return what is known of this tensor and is not told above already."""
    found = [b.message for b in exercise.boundaries if b.criterion == example.criterion]
    for diagnosis in exercise.diagnoses:
        if diagnosis.tensor == example.expected.name:
            found += [diagnosis.behaves_like, diagnosis.hint]
    return tuple(m for m in found if m not in (*exercise.summary, example.problem))


def footprints(
    exercise: ExerciseReport,
) -> tuple[tuple[Shape, Picture, Picture], ...]:
    """Return what output pixels look at, and what they should."""
    if exercise.footprint is None:
        return ()
    rows = exercise.footprint.rows[:MOST_FOOTPRINTS]
    return tuple((row.output, *_compared(row)) for row in rows)


def _compared(row: FootprintRow) -> tuple[Picture, Picture]:
    wrong = frozenset[tuple[int, ...]]()
    if row.got.shape == row.expected.shape:
        differs = zip(_cells(row.got), _cells(row.expected), strict=True)
        wrong = frozenset(a for (a, mine), (_, theirs) in differs if mine != theirs)
    return (
        picture(row.got, Marks(read=_looked_at(row.got), wrong=wrong)),
        picture(row.expected, Marks(read=_looked_at(row.expected))),
    )


def _looked_at(grid: Grid) -> frozenset[Shape]:
    return frozenset(index for index, weight in _cells(grid) if weight != 0)


def _cells(grid: Grid) -> Iterable[tuple[Shape, float]]:
    return zip(indices(grid), grid.numbers, strict=True)
