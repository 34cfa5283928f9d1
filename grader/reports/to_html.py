"""Render the page of one submission: what to fix, drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from grader.records import Message
from grader.reports import wording
from grader.reports.class_rows import label_of, status_of
from grader.reports.drawing import Drawing, draw
from grader.reports.pages import load, page
from grader.reports.pictures import Marks, Picture, indices, picture
from grader.reports.words import NO_SENTENCES, Words, is_told, mentions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from grader.records import Shape
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
AXES_OF_ONE = 3  # channel, row and column of one image
TEMPLATES = (
    "submission.html.j2",
    "base.html.j2",
    "example.html.j2",
    "foot.html.j2",
    "grids.html.j2",
    "points.html.j2",
)
BEGINNINGS = ("where.", "loading.hint.")  # of what is said of one mistake


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One drawing, the criteria it stands for, and what else is known of it."""

    criteria: tuple[str, ...]
    told: tuple[Message, ...]
    snippet: str
    calls: int
    drawing: Drawing


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """What one output pixel looks at, beside what it should."""

    output: str
    got: Picture
    expected: Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRow:
    """One kind of case: what each criterion earned in it."""

    label: Message
    cells: tuple[RegimeScore | None, ...]


def prepare() -> None:
    """Have the templates at hand, so that forked processes need not read them."""
    for template in TEMPLATES:
        load(template)


def render(
    report: Report,
    *,
    language: str = "en",
    sentences: Mapping[str, str] = NO_SENTENCES,
    staff: bool = False,
    home: str = "",
) -> str:
    """Return the page; `home` is where the class page lies, if there is one."""
    words = Words(language=language, own=sentences)
    return _page(report, words, staff=staff, home=home)


def render_framed(
    report: Report,
    *,
    language: str = "en",
    sentences: Mapping[str, str] = NO_SENTENCES,
    remarks: Sequence[str] = (),
) -> str:
    """Return the page for a frame in a notebook, whose height and colours it takes.

    The remarks stand above all else.
    """
    words = Words(language=language, own=sentences)
    return _page(report, words, scripts=("page.js", "frame.js"), remarks=remarks)


def _page(  # noqa: PLR0913 (what the template shows)
    report: Report,
    words: Words,
    *,
    scripts: Sequence[str] = ("page.js",),
    remarks: Sequence[str] = (),
    staff: bool = False,
    home: str = "",
) -> str:
    return page(
        "submission.html.j2",
        words=words,
        scripts=scripts,
        report=report,
        staff=staff,
        home=home,
        remarks=remarks,
        status_of=status_of,
        reason=wording.reason(report),
        exercises=[
            _section(_but(exercise, wording.reason(report)), words)
            for exercise in report.exercises
        ],
    )


def _but(exercise: ExerciseReport, reason: Message | None) -> ExerciseReport:
    """Return the layer without the sentence that stands above all layers."""
    summary = tuple(message for message in exercise.summary if message != reason)
    return replace(exercise, summary=summary)


def _section(exercise: ExerciseReport, words: Words) -> dict[str, object]:
    """Return what the page shows of one layer."""
    return {
        "report": exercise,
        "praise": [words.say(it) for it in exercise.summary if _is_praise(it)],
        "summary": paragraphs(exercise.summary, words),
        "kinds": kinds(exercise),
        "groups": groups(exercise.criteria),
        "examples": examples(exercise),
        "footprints": footprints(exercise),
        "standing": [
            wording.standing(line, exercise, words) for line in exercise.criteria
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


def paragraphs(summary: Iterable[Message], words: Words) -> list[list[str]]:
    """Return the sentences by what they are about; each begins with where it is.

    What is right is not among them. What two mistakes have in common, such as the
    hint, is said once.
    """
    found: list[list[str]] = []
    said: set[str] = set()
    for message in summary:
        if _is_praise(message):
            continue
        sentence = words.say(message)
        if not found or message.id.startswith(BEGINNINGS):
            found.append([])
        if sentence not in said:
            found[-1].append(sentence)
        said.add(sentence)
    return [paragraph for paragraph in found if paragraph]


def _is_praise(message: Message) -> bool:
    return message.id.startswith("right.")


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
            told=_told(exercise, same[0]),
            snippet=same[0].snippet,
            calls=same[0].calls,
            drawing=draw(same[0]),
        )
        for same in merged.values()
    )


def _told(exercise: ExerciseReport, example: Counterexample) -> tuple[Message, ...]:
    """Return what is known of this tensor and is not told above already."""
    above = exercise.summary
    found = [] if is_told(example.problem, above) else [example.problem]
    found += [
        Message(id="report.wrong_when", values={"condition": boundary.message})
        for boundary in exercise.boundaries
        if boundary.criterion == example.criterion
        and boundary.literals
        and boundary.exact
        and not any(mentions(message, boundary.message) for message in above)
    ]
    for diagnosis in exercise.diagnoses:
        if diagnosis.tensor == example.expected.name:
            found += [diagnosis.behaves_like, diagnosis.hint]
    return tuple(message for message in found if message not in above)


def footprints(exercise: ExerciseReport) -> tuple[Looks, ...]:
    """Return what output pixels look at, and what they should."""
    if exercise.footprint is None:
        return ()
    return tuple(_looks(row) for row in exercise.footprint.rows[:MOST_FOOTPRINTS])


def _looks(row: FootprintRow) -> Looks:
    differs = zip(_cells(row.got), _cells(row.expected), strict=False)
    wrong = frozenset(place for (place, a), (_, b) in differs if a != b)
    got = Marks(read=_looked_at(row.got), wrong=wrong)
    expected = Marks(read=_looked_at(row.expected), beside=wrong)
    return Looks(
        output=_named("out", row.output),
        got=picture(_image(row.got), got),
        expected=picture(_image(row.expected), expected),
    )


def _named(name: str, index: Shape) -> str:
    """Return an index as code; one of three axes holds for every image n."""
    told = ", ".join(map(str, index))
    return f"{name}[n, {told}]" if len(index) == AXES_OF_ONE else f"{name}[{told}]"


def _image(grid: Grid) -> Grid:
    return replace(grid, name="x[n]" if len(grid.shape) == AXES_OF_ONE else "x")


def _looked_at(grid: Grid) -> frozenset[Shape]:
    return frozenset(index for index, weight in _cells(grid) if weight != 0)


def _cells(grid: Grid) -> Iterable[tuple[Shape, float]]:
    return zip(indices(grid), grid.numbers, strict=True)
