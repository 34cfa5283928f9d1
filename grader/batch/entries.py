"""Turn a report into what the results folder keeps of it, and read it back."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from grader.batch import files, hiding
from grader.batch.records import Done, Entry, Pages
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
#: Beyond so many submissions their files are spread over folders: tools and network
#: drives list some thousands at once, but no tens of thousands.
MOST_IN_A_FOLDER: Final = 2_000
SHARDS: Final = "[0-9a-f][0-9a-f]"


def done(
    report: Report,
    *,
    file: str,
    feedback: Feedback,
    pseudonym: str = "",
    pages: Pages = Pages.ALL,
) -> Done:
    """Return the report's entry and the text of all its files.

    With a pseudonym, nothing but the entry's own name tells whose they are.
    """
    told = entry(report, file=file, feedback=feedback, pseudonym=pseudonym)
    report = hiding.report(report, pseudonym)
    whole, staffs, students = places(file)
    texts = {whole: renderer("json")(report)}
    if pages in {Pages.ALL, Pages.STAFF}:
        texts[staffs] = _page_for_staff(report, feedback, file=file)
    if pages in {Pages.ALL, Pages.STUDENTS}:
        texts[students] = _page_for_student(report, feedback)
    written = tuple((place, text.encode("utf-8")) for place, text in texts.items())
    return Done(entry=told, files=written)


def write(folder: Path, done: Done) -> None:
    """Write the files of one report, the report itself last: where it is, all are.

    A page that it does not have any more goes, so that none tells of an older one.
    """
    texts = dict(done.files)
    for place in reversed(places(done.entry.file)):
        path = folder / place
        if place in texts:
            path.parent.mkdir(parents=True, exist_ok=True)
            files.write_whole(path, texts[place])
        else:
            path.unlink(missing_ok=True)


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
        (report, page if (folder / page).exists() else "")
        for file, report in reports(folder)
        for page in [places(file)[1]]
    )
    return to_class.render(
        listed, language=feedback.language, sentences=feedback.messages
    )


def _page_for_staff(report: Report, feedback: Feedback, *, file: str) -> str:
    from grader.reports import to_html  # noqa: PLC0415 (jinja2 only where needed)

    return to_html.render(
        report,
        language=feedback.language,
        sentences=feedback.messages,
        staff=True,
        home="../" * (1 + file.count("/")) + CLASS_PAGE,
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
    for file in names(folder):
        try:
            yield file, read(folder, file)
        except UsageError:
            continue


def names(folder: Path) -> list[str]:
    """Return the names of the reports' files, those of a large batch with a shard."""
    staff = folder / STAFF
    return sorted(
        path.relative_to(staff).with_suffix("").as_posix()
        for pattern in ("*.json", f"{SHARDS}/*.json")
        for path in staff.glob(pattern)
    )


def sharded(file: str) -> str:
    """Return a file's name with the folder that it lies in, one of 256."""
    return f"{hashlib.sha256(file.encode()).hexdigest()[:2]}/{file}"


def make_folders(folder: Path) -> None:
    """Make what reports and pages lie in; clear it of what a killed run has left.

    Raises:
        UsageError: it cannot be written.
    """
    for below in (STAFF, STUDENTS):
        files.make_folder(folder / below)
        for shard in (folder / below).glob(SHARDS):
            files.make_folder(shard)
