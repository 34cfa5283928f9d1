"""Take the names out of a results folder that was graded with them."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from grader.batch import changes, entries, files, hiding, pseudonyms
from grader.errors import UsageError
from grader.reports import to_csv, to_json

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grader.assignment import Feedback
    from grader.batch.pseudonyms import Pseudonyms
    from grader.report import Report

#: What is made on demand and shows names; the next run makes it again without.
REMADE: Final = ("staff/same-code/index.html",)


def prepare(folder: Path, *, wanted: bool, feedback: Feedback) -> Pseudonyms:
    """Return the folder's pseudonyms; what has names in it gets them.

    Raises:
        UsageError: what is kept of the pseudonyms cannot be read.
    """
    known = pseudonyms.of_folder(folder, wanted=wanted)
    if not known.secret:
        return known
    named = [(path, report.identity) for path, report in _named(folder, known)]
    if named:
        for _, identity in named:
            known.remember(identity)
        pseudonyms.write(folder, known)
        for path, report in _named(folder, known):
            _rename(path, report, known, folder=folder, feedback=feedback)
        _rename_changes(folder, known)
        for place in REMADE:
            (folder / place).unlink(missing_ok=True)
    return known


def _named(folder: Path, known: Pseudonyms) -> Iterator[tuple[Path, Report]]:
    """Yield the reports, of earlier runs too, that still have a name in them."""
    for pattern in (
        f"{entries.STAFF}/*.json",
        f"{entries.STAFF}/{entries.SHARDS}/*.json",
        f"{changes.PREVIOUS}/*/*.json",
    ):
        for path in sorted(folder.glob(pattern)):
            try:
                report = to_json.parse(path.read_bytes())
            except (OSError, UsageError):
                continue
            if not known.is_known(report):
                yield path, report


def _rename(
    path: Path, report: Report, known: Pseudonyms, *, folder: Path, feedback: Feedback
) -> None:
    pseudonym = known.of(report.identity.submission)
    staff = folder / entries.STAFF
    if not path.is_relative_to(staff):
        text = to_json.render(hiding.report(report, pseudonym))
        files.write_whole(path.with_name(f"{pseudonym}.json"), text.encode("utf-8"))
        path.unlink()
        return
    before = path.relative_to(staff).with_suffix("").as_posix()
    file = entries.sharded(pseudonym) if "/" in before else pseudonym
    done = entries.done(report, file=file, feedback=feedback, pseudonym=pseudonym)
    entries.write(folder, done)
    for place in entries.places(before):
        (folder / place).unlink(missing_ok=True)


def _rename_changes(folder: Path, known: Pseudonyms) -> None:
    path = folder / changes.NAME
    if not path.exists():
        return
    names = {to_csv.cell(it.submission): name for name, it in known.known.items()}
    rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerows([names.get(row[0], row[0]), *row[1:]] for row in rows if row)
    files.write_whole(path, target.getvalue().encode("utf-8"))
