"""Write grades.csv: one row for each submission, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

from grader.records import Status
from grader.report import Outcome
from grader.reports import wording
from grader.reports.findings import of_layer
from grader.reports.foreign import visible_line
from grader.reports.words import NO_SENTENCES, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from grader.records import Message
    from grader.report import Identity, Report

FIRST: Final = ("submission", "student", "status", "score", "max_score")
#: What the platform and the roster tell, beside the student's name; last, so that who
#: reads the other columns by their place still can.
KNOWN: Final = ("late", "platform_id", "email")
LAST: Final = ("tier", "seed", "seconds", "note", *KNOWN)
#: A spreadsheet runs a cell that starts so; an apostrophe before it makes it text. The
#: wide signs are those of East Asian keyboards.
SIGNS: Final = "=+-@\uff1d\uff0b\uff0d\uff20"
FORMULA: Final = (*SIGNS, "\t", "\r", "\n", "\0")
#: Where the comma is in the numbers, a semicolon begins a cell.
WITHIN: Final = re.compile(rf"(;\s*)(?=[{re.escape(SIGNS)}])")
#: Notes that explain no points; they stand on the submission's page.
BESIDE_THE_POINT: Final = frozenset({"session.documented_cache"})

Row = dict[str, str]


def render(
    report: Report,
    *,
    language: str = "en",
    sentences: Mapping[str, str] = NO_SENTENCES,
) -> str:
    """Return the header and this report's row."""
    told = row(report, language=language, sentences=sentences)
    return table([told], columns(report))


def columns(report: Report) -> tuple[str, ...]:
    """Return the names of the report's own columns, a criterion each."""
    return tuple(_criteria(report))


def row(
    report: Report,
    *,
    language: str = "en",
    sentences: Mapping[str, str] = NO_SENTENCES,
) -> Row:
    """Return the cells of one report by column; what is unknown is blank.

    `seconds` is wall time; the points of an undecided criterion are blank.
    """
    seen, made = report.identity, report.provenance
    return {
        "submission": cell(seen.submission),
        "student": "",
        "status": report.outcome.value,
        "score": number(report.score),
        "max_score": number(report.max_score),
        **_criteria(report),
        **dict.fromkeys(KNOWN, ""),
        **known_of(seen),
        "tier": "" if report.outcome is Outcome.MISSING else made.tier.value,
        "seed": str(made.seed),
        "seconds": f"{made.seconds:.2f}",
        "note": cell(note(report, Words(language=language, own=sentences))),
    }


def known_of(identity: Identity) -> Row:
    """Return the cells, by column, of all that is known of who handed it in."""
    names = ("student", *KNOWN)
    return {name: cell(text) for name in names if (text := getattr(identity, name))}


def table(rows: Iterable[Mapping[str, str]], criteria: Iterable[str]) -> str:
    """Return the whole file; a row may lack criteria, such as an unreadable one."""
    target = io.StringIO()
    names = [*FIRST, *criteria, *LAST]
    writer = csv.DictWriter(target, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue()


def number(value: float | None) -> str:
    """Return points, blank where they are undecided."""
    return "" if value is None else wording.points(value)


def note(report: Report, words: Words) -> str:
    """Return why there is no score, or where points were lost, and other remarks."""
    why = wording.reason(report)
    notes = [note for note in report.notes if note.id not in BESIDE_THE_POINT]
    told = [why] if why is not None else [*_first_sentences(report), *notes]
    return " ".join(words.say(message) for message in told)


def _first_sentences(report: Report) -> Iterator[Message]:
    """Where each layer that lost points is wrong; the rest is on its page."""
    several = len(report.exercises) > 1
    for exercise in report.exercises:
        if any(line.status is Status.FAILED for line in exercise.criteria):
            praise = ("right.", "where.all_right")
            wrong = [m for m in exercise.summary if not m.id.startswith(praise)]
            # "No answer" alone would not tell a crash from an exit.
            count = 2 if wrong and wrong[0].id.startswith("where.ends") else 1
            for message in (wrong or exercise.summary)[:count]:
                yield of_layer(exercise, message) if several else message


def cell(text: str) -> str:
    """Return foreign text as one line that no spreadsheet takes for a formula."""
    line = WITHIN.sub(r"\1'", visible_line(text))
    return f"'{line}" if line.lstrip().startswith(FORMULA) else line


def _criteria(report: Report) -> Row:
    """Points by criterion; with several layers, the layer's name goes before."""
    several = len(report.exercises) > 1
    return {
        f"{exercise.exercise}.{line.criterion}" if several else line.criterion: number(
            line.points
        )
        for exercise in report.exercises
        for line in exercise.criteria
    }
