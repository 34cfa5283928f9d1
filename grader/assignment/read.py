"""Read an assignment file, refusing it with everything that is wrong at once."""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

from grader.assignment.checks import (
    exercise_faults,
    limit_faults,
    list_faults,
    sentence_faults,
)
from grader.assignment.faults import from_pydantic, refuse, without
from grader.assignment.files import NamedFiles
from grader.assignment.records import Assignment, Feedback, GradedExercise, Rules
from grader.assignment.tables import AssignmentTable, LimitsTable, ProvidedTable
from grader.errors import UsageError
from grader.records import Limits, Tier

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from grader.assignment.faults import Fault

MAX_BYTES: Final = 1_000_000
KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    table: tuple(field.name for field in fields(record))
    for table, record in (
        ("", AssignmentTable),
        ("exercise", GradedExercise),
        ("provided", ProvidedTable),
        ("rules", Rules),
        ("limits", LimitsTable),
        ("feedback", Feedback),
    )
}


def load_assignment(path: Path) -> Assignment:
    """Return the assignment in this file and the files that it names beside it.

    Raises:
        UsageError: the file is missing or no TOML, or at least one key is wrong; the
            text has a line for every fault.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or error
        raise UsageError(f"assignment file {str(path)!r}: {reason}") from error
    if len(content) > MAX_BYTES:
        raise UsageError(
            f"assignment file {str(path)!r} has {len(content)} bytes; "
            f"wanted at most {MAX_BYTES}"
        )
    return parse_assignment(content, source=str(path), folder=path.parent)


def parse_assignment(content: bytes, *, source: str, folder: Path) -> Assignment:
    """Return the assignment in these bytes; the files it names are in the folder.

    Raises:
        UsageError: as `load_assignment` does.
    """
    raw = _toml(content, source)
    faults: list[Fault] = []
    # What is left without the wrong keys is checked as well, so that the teacher
    # reads every fault at once.
    while isinstance(table := _validated(raw), list):
        faults += table
        raw = without(raw, table)
    named = NamedFiles.read(table, folder)
    faults += [*named.faults, *limit_faults(table), *sentence_faults(table)]
    for position, graded in enumerate(table.exercise):
        own = named.layers.get(graded.layer)
        faults += exercise_faults(graded, ("exercise", position), own=own)
    faults += list_faults(table)
    if faults:
        raise refuse(source, faults)
    return _assembled(table, named, path=source, content=content)


def _toml(content: bytes, source: str) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{source!r} is not UTF-8 text: byte {error.start} is "
            f"{content[error.start : error.start + 1]!r}"
        ) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(f"{source!r} is not TOML: {error}") from error


def _validated(raw: dict[str, Any]) -> AssignmentTable | list[Fault]:
    from pydantic import (  # noqa: PLC0415 (only who brings a file pays for it)
        TypeAdapter,
        ValidationError,
    )

    # As JSON, because only there is a list a tuple and yet "1" no number; a TOML date
    # becomes an object, which no key takes.
    text = json.dumps(raw, default=lambda value: {"": str(value)})
    try:
        return TypeAdapter(AssignmentTable).validate_json(text)
    except ValidationError as error:
        details = error.errors(include_url=False)
        return from_pydantic(details, raw, KEYS)


def _assembled(
    table: AssignmentTable, named: NamedFiles, *, path: str, content: bytes
) -> Assignment:
    digest = hashlib.sha256(content)
    for unit in (*named.provided, *named.adapters.values(), *named.layers.values()):
        digest.update(b"\0" + unit.source.encode())
    return Assignment(
        name=table.name,
        file=table.file,
        seed=table.seed,
        exercises=table.exercise,
        provided=named.provided,
        adapters=named.adapters,
        layers=named.layers,
        rules=table.rules,
        limits=Limits(
            call_seconds=table.limits.call_seconds,
            submission_seconds=table.limits.submission_seconds,
            memory_mb=table.limits.memory_mb,
        ),
        tier=None if table.limits.tier is None else Tier(table.limits.tier),
        same_code=table.same_code,
        feedback=table.feedback,
        path=path,
        digest=digest.hexdigest(),
    )
