"""Render the class page: one file for a whole batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from grader.report import Outcome
from grader.reports import class_summary
from grader.reports.foreign import visible
from grader.reports.pages import page
from grader.reports.words import NO_SENTENCES, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from grader.records import Message
    from grader.reports.class_rows import ClassList, ClassRow, Column
    from grader.reports.class_summary import Heat

TITLES: Final = (
    "submission", "student", "status", "score", "remark", "late", "seconds",
)  # fmt: skip
SPOKEN: Final = (
    *(f"status.{status}" for status in ("passed", "failed", "half", "undecided")),
    *(f"outcome.short.{outcome.value}" for outcome in Outcome),
    "found", "wrong_in", "flagged",
)  # fmt: skip
MOST_ROWS: Final = 20_000  # more would make a page that no browser likes


def render(
    listed: ClassList,
    *,
    language: str = "en",
    sentences: Mapping[str, str] = NO_SENTENCES,
) -> str:
    """Return the page of a batch, whose links lead to the pages of its rows."""
    words = Words(language=language, own=sentences)
    rows = _worth_showing(listed.rows)
    return page(
        "class.html.j2",
        words=words,
        scripts=("page.js", "chart.umd.min.js", "class.js"),
        listed=listed,
        made=listed.provenance,
        columns=[_column_title(column, listed.columns) for column in listed.columns],
        titles={name: words.label(f"column.{name}") for name in TITLES},
        heat=_heat_rows(listed),
        outcomes=class_summary.outcomes(listed),
        average=class_summary.average(listed),
        distribution=class_summary.distribution(listed),
        frequent=class_summary.frequent(listed),
        most_frequent=class_summary.MOST_FREQUENT,
        ungraded=class_summary.ungraded(listed),
        slowest=class_summary.slowest(listed),
        left_out=len(listed.rows) - len(rows),
        address=_address,
        data=_data(listed, rows=rows, words=words),
    )


def _worth_showing(rows: Sequence[ClassRow]) -> Sequence[ClassRow]:
    """Return all rows; of very many those that need someone's eye, in their order."""
    if len(rows) <= MOST_ROWS:
        return rows
    places = sorted(range(len(rows)), key=lambda place: _peace(rows[place]))
    return [rows[place] for place in sorted(places[:MOST_ROWS])]


def _peace(row: ClassRow) -> tuple[bool, bool, float]:
    """Return a key that puts first what someone should look at."""
    known = row.score / row.max_score if row.score is not None and row.max_score else 0
    return row.outcome is Outcome.GRADED, not row.flagged, known


def _column_title(column: Column, columns: Iterable[Column]) -> str:
    several = len({other.exercise for other in columns}) > 1
    return f"{column.exercise} {column.criterion}" if several else column.criterion


def _heat_rows(listed: ClassList) -> list[tuple[Message, list[Heat | None]]]:
    """Return each kind of case, in words, with its cells, one a column."""
    by_column = class_summary.heat(listed)
    labels: dict[str, Message] = {}
    for column in listed.columns:
        labels |= column.kinds
    places = [{name: k for k, name in enumerate(c.kinds)} for c in listed.columns]
    return [
        (
            label,
            [
                cells[place[name]] if name in place else None
                for cells, place in zip(by_column, places, strict=True)
            ],
        )
        for name, label in labels.items()
    ]


def _address(row: ClassRow) -> str:
    """Return a relative address; "./" keeps a name from becoming a scheme."""
    return "./" + quote(row.href, errors="replace") if row.href else ""


def _data(
    listed: ClassList, *, rows: Iterable[ClassRow], words: Words
) -> dict[str, object]:
    """Return what the table's script reads."""
    places = {name: place for place, name in enumerate(listed.mistakes)}
    return {
        "columns": [
            {
                "title": _column_title(column, listed.columns),
                "max": column.max_points,
                "kinds": [words.say(label) for label in column.kinds.values()],
            }
            for column in listed.columns
        ],
        "mistakes": [visible(name) for name in listed.mistakes],
        "rows": [_cells(row, places=places, words=words) for row in rows],
        "words": {name: words.label(name) for name in SPOKEN},
    }


def _cells(
    row: ClassRow, *, places: Mapping[str, int], words: Words
) -> dict[str, object]:
    return {
        "submission": visible(row.submission),
        "student": visible(row.student),
        "href": _address(row),
        "status": row.outcome.value,
        "score": row.score,
        "max": row.max_score,
        "late": visible(row.late),
        "seconds": round(row.seconds, 2),
        "points": [entry and entry.points for entry in row.entries],
        "kinds": [entry and entry.kinds for entry in row.entries],
        "mistakes": [places[name] for name in row.mistakes],
        "reason": visible(words.say(row.reason)) if row.reason is not None else "",
        "flagged": row.flagged,
    }
