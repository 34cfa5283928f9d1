"""Keep what a regrade replaces, and list whose result it changed, and why."""

from __future__ import annotations

import csv
import io
import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from grader.batch import entries, files
from grader.reports import to_csv

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from grader.batch.records import Entry

NAME: Final = "changes.csv"
PREVIOUS: Final = "previous"
COLUMNS: Final = ("submission", "old", "new", "why")


def keep(out: Path, replaced: Iterable[Entry]) -> None:
    """Copy the reports that are about to be replaced into a folder of their own."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    for entry in replaced:
        source = out / entries.STAFF / f"{entry.file}.json"
        target = out / PREVIOUS / stamp / source.name
        files.make_folder(target.parent)
        shutil.copyfile(source, target)


def table(before: Mapping[str, Entry], after: Mapping[str, Entry]) -> str:
    """Return changes.csv: a row for each submission whose result is another one."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(COLUMNS)
    pairs = ((before[name], after[name]) for name in before)
    for old, new in sorted(pairs, key=lambda pair: pair[1].shown):
        if _result(old) != _result(new):
            row = (new.shown, _result(old), _result(new), _why(old, new))
            writer.writerow(row)
    return target.getvalue()


def _result(entry: Entry) -> str:
    """Points, or what there is in their place."""
    return to_csv.number(entry.score) or entry.outcome.value


def _why(old: Entry, new: Entry) -> str:
    reasons = []
    if old.version != new.version:
        reasons.append(f"convgrade {old.version} -> {new.version}")
    if old.corpus != new.corpus:
        reasons.append("other cases or data")
    elif old.key != new.key:
        reasons.append("the submission, limits or points have changed")
    return "; ".join(reasons) or "graded once more"
