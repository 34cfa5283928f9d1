"""Turn a report into what the results folder keeps of it, and read it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.batch import hiding
from grader.batch.records import Done, Entry
from grader.errors import UsageError
from grader.reports import renderer, to_csv
from grader.reports.shown import for_student

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grader.assignment import Feedback
    from grader.report import Report

CLASS_PAGE: Final = "index.html"
STAFF: Final = "staff"
STUDENTS: Final = "students"


def done(report: Report, *, file: str, feedback: Feedback, pseudonym: str = "") -> Done:
    """Return the report's entry and the text of all its files.

    With a pseudonym, nothing but the entry's own name tells whose they are.
    """
    told = entry(report, file=file, feedback=feedback, pseudonym=pseudonym)
    report = hiding.report(report, pseudonym)
    texts = (
        renderer("json")(report),
        _page_for_staff(report, feedback),
        _page_for_student(report, feedback),
    )
    return Done(
        entry=told,
        files=tuple(
            (place, text.encode("utf-8"))
            for place, text in zip(places(file), texts, strict=True)
        ),
    )


def places(file: str) -> tuple[str, str, str]:
    """Return where a submission's report and its two pages lie."""
    return (
        f"{STAFF}/{file}.json",
        f"{STAFF}/{file}.html",
        f"{STUDENTS}/{file}.html",
    )


def class_page(folder: Path, feedback: Feedback) -> str:
    """Return the page of all reports that the folder holds, one by one read again."""
    from grader.reports import to_class  # noqa: PLC0415 (jinja2 only where needed)
    from grader.reports.class_rows import class_list  # noqa: PLC0415 (beside it)

    listed = class_list(
        (report, f"{STAFF}/{file}.html") for file, report in reports(folder)
    )
    return to_class.render(
        listed, language=feedback.language, sentences=feedback.messages
    )


def _page_for_staff(report: Report, feedback: Feedback) -> str:
    from grader.reports import to_html  # noqa: PLC0415 (jinja2 only where needed)

    return to_html.render(
        report,
        language=feedback.language,
        sentences=feedback.messages,
        staff=True,
        home=f"../{CLASS_PAGE}",
    )


def _page_for_student(report: Report, feedback: Feedback) -> str:
    """What may be handed out: no link leads from it to the class."""
    from grader.reports import to_html  # noqa: PLC0415 (jinja2 only where needed)

    return to_html.render(
        for_student(report, feedback),
        language=feedback.language,
        sentences=feedback.messages,
    )


def entry(
    report: Report, *, file: str, feedback: Feedback, pseudonym: str = ""
) -> Entry:
    """Return what the batch has to remember of a report."""
    row = to_csv.row(
        hiding.report(report, pseudonym),
        language=feedback.language,
        sentences=feedback.messages,
    )
    return Entry(
        name=report.identity.submission,
        file=file,
        key=report.provenance.key,
        outcome=report.outcome,
        score=report.score,
        max_score=report.max_score,
        version=report.provenance.convgrade,
        seed=report.provenance.seed,
        corpus=report.provenance.corpus,
        row=tuple(row.items()),
    )


def read(folder: Path, file: str) -> Report:
    """Return one report of the folder.

    Raises:
        UsageError: it cannot be read, or is none.
    """
    from grader.reports import to_json  # noqa: PLC0415 (pydantic only where needed)

    path = folder / places(file)[0]
    try:
        return to_json.parse(path.read_bytes())
    except OSError as error:
        raise UsageError(f"cannot read {str(path)!r}: {error.strerror}") from error


def reports(folder: Path) -> Iterator[tuple[str, Report]]:
    """Yield the reports that a results folder holds, each with its file's name.

    Where the folder has pseudonyms the reports have them, too. What a killed run has
    left half written is no report; it is graded again.
    """
    for path in sorted((folder / STAFF).glob("*.json")):
        try:
            yield path.stem, read(folder, path.stem)
        except UsageError:
            continue
