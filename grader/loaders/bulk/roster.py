"""Read the list of a course's students, and say who of them handed in nothing.

Any table with a header will do: a platform's gradebook or worksheet, or one's own
with a column for the name and at least one that says who it is.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from grader.errors import SubmissionError, UsageError
from grader.loaders.decode import decode
from grader.report import Identity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from grader.loaders.bulk.records import HandedIn

MAX_BYTES: Final = 10_000_000
# What platforms call their columns, in plain small letters, English and Korean.
NAMES: Final = frozenset(
    {"student", "name", "full name", "student name", "\uc774\ub984", "\uc131\uba85"}
    | {"\uc804\uccb4 \uc774\ub984", "\ud559\uc0dd"}
)
FIRST: Final = frozenset({"first name", "firstname", "given name"})
LAST: Final = frozenset({"last name", "lastname", "surname", "family name"})
EMAILS: Final = frozenset({"email", "email address", "e-mail", "\uc774\uba54\uc77c"})
IDS: Final = (  # the first one that a row fills is shown
    frozenset({"id", "student id", "sid", "identifier", "\ud559\ubc88", "user id"}),
    frozenset({"sis user id"}),
    frozenset({"sis login id", "login id", "username", "user name", "id number"}),
    frozenset({"submission", "integration id"}),
)
NOT_STUDENTS: Final = re.compile(r"(points possible|student[,;] test)$", re.IGNORECASE)
PARTICIPANT: Final = re.compile(r"(?:participant|\S+)\s+(\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Student:
    """One row of the list: a name, an address, and every id that the row has."""

    name: str
    email: str
    ids: tuple[str, ...]
    row: str = ""  # of grades.csv, if nothing was handed in

    @property
    def label(self) -> str:
        """What such a row is called."""
        return self.name or self.email or self.ids[0]

    @property
    def keys(self) -> frozenset[str]:
        """What a submission may say of this student, in one spelling."""
        known = {plain(text) for text in (*self.ids, self.email) if text}
        # Moodle's `Participant 12345` is 12345 in the names of its downloads.
        numbers = {
            found[1] for text in self.ids if (found := PARTICIPANT.fullmatch(text))
        }
        return frozenset(known | numbers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """The submissions with what the list knows of them, and who is missing."""

    handed_in: tuple[HandedIn, ...]
    missing: tuple[Identity, ...]
    strangers: tuple[str, ...]  # submissions of nobody on the list


def read_roster(path: Path) -> tuple[Student, ...]:
    """Return the students of a table, comma, semicolon or tab between its columns.

    Raises:
        UsageError: the file cannot be read, or has no column that says who is who.
    """
    text = _text(path)
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    lines = io.StringIO(text)
    rows = list(csv.reader(lines, delimiter=delimiter, skipinitialspace=True))
    header = [plain(cell) for cell in rows[0]] if rows else []
    if not any(_column(header, names) for names in (NAMES, EMAILS, *IDS)):
        shown = ", ".join(map(repr, rows[0] if rows else []))[:200]
        raise UsageError(
            f"roster {str(path)!r} has the columns {shown or 'none'}; wanted a header"
            " with at least one of Student, Name, ID, SIS User ID, Email"
        )
    students = (_student(header, row) for row in rows[1:] if any(map(str.strip, row)))
    return tuple(
        student
        for student in students
        if (student.keys or student.name) and not NOT_STUDENTS.match(student.name)
    )


def match(roster: Sequence[Student], handed_in: Sequence[HandedIn]) -> Matched:
    """Give every submission its student's name, and list who handed in nothing.

    An id or an address decides; a name only where it is one student's alone.
    """
    by_key = _index((key, student) for student in roster for key in student.keys)
    by_name = _index((key, s) for s in roster for key in spellings(s.name))
    seen: set[int] = set()
    told: list[HandedIn] = []
    strangers: list[str] = []
    for each in handed_in:
        students = _students_of(each.identity, by_key, by_name)
        seen.update(map(id, students))
        if not students:
            strangers.append(each.identity.submission)
        told.append(replace(each, identity=_filled(each.identity, students)))
    named = _named(roster, (each.identity.submission for each in handed_in))
    missing = [
        own
        for student, own in zip(roster, named, strict=True)
        if id(student) not in seen
    ]
    return Matched(
        handed_in=tuple(told),
        missing=tuple(map(_identity, missing)),
        strangers=tuple(strangers),
    )


def plain(text: str) -> str:
    """Return the text in one spelling: small letters, single spaces."""
    return " ".join(text.split()).casefold()


def spellings(name: str) -> set[str]:
    """Return a name's letters only, as it stands and with its words in order.

    So "Kim, Min-su" is known by Canvas's "kimminsu" and as "Min-su Kim".
    """
    words = re.findall(r"[^\W_]+", name.casefold())
    return {"".join(words), "".join(sorted(words))} - {""}


def _students_of(
    identity: Identity,
    by_key: Mapping[str, list[Student]],
    by_name: Mapping[str, list[Student]],
) -> list[Student]:
    """Return whose submission it is: one student's, or a group's."""
    given = [*identity.platform_id.split(", "), *identity.email.split(", ")]
    found = [by_key[plain(key)][0] for key in given if plain(key) in by_key]
    if not found:
        stem = identity.submission.partition(".")[0]
        keys = [identity.submission, stem, *re.split(r"[_\s]+", stem)]
        named = [by_key[plain(key)] for key in keys if plain(key) in by_key]
        found = named[0][:1] if named else []
    if not found:
        return _named_so(identity, by_name)
    return list({id(student): student for student in found}.values())


def _named_so(
    identity: Identity, by_name: Mapping[str, list[Student]]
) -> list[Student]:
    """Return the one student of this name; of several of a name, nobody."""
    stem = identity.submission.partition(".")[0]
    for name in (identity.student, stem, *re.split(r"[_\-]", stem)):
        known = (by_name.get(key, []) for key in spellings(name))
        same = {id(student): student for found in known for student in found}
        if len(same) == 1:
            return list(same.values())
    return []


def _filled(identity: Identity, students: list[Student]) -> Identity:
    if not students:
        return identity
    names = ", ".join(student.name for student in students if student.name)
    emails = ", ".join(student.email for student in students if student.email)
    ids = ", ".join(student.ids[0] for student in students if student.ids)
    return replace(
        identity,
        student=names or identity.student,
        email=identity.email or emails,
        platform_id=identity.platform_id or ids,
    )


def students_of(identities: Iterable[Identity]) -> tuple[Student, ...]:
    """Return the list again of those who were missing from an earlier one."""
    return tuple(
        Student(
            name=each.student,
            email=each.email,
            ids=(each.platform_id,) if each.platform_id else (),
            row=each.submission,
        )
        for each in identities
    )


def _named(roster: Sequence[Student], taken: Iterable[str]) -> list[Student]:
    """Give every student a row of their own name; an id tells apart who share it."""
    names = Counter(student.label for student in roster)
    used = set(taken)
    named = []
    for student in roster:
        row = student.row or student.label
        if not student.row and names[row] > 1 and student.ids:
            row = f"{row} ({student.ids[0]})"
        plain_row, number = row, 1
        while row in used:
            number += 1
            row = f"{plain_row} ({number})"
        used.add(row)
        named.append(replace(student, row=row))
    return named


def _identity(student: Student) -> Identity:
    return Identity(
        submission=student.row,
        student=student.name,
        platform_id=student.ids[0] if student.ids else "",
        email=student.email,
    )


def _student(header: list[str], row: list[str]) -> Student:
    cells = dict(zip(header, map(str.strip, row), strict=False))
    name = _first(cells, NAMES)
    if not name:
        name = " ".join(filter(None, (_first(cells, FIRST), _first(cells, LAST))))
    ids = [_first(cells, names) for names in IDS]
    return Student(name=name, email=_first(cells, EMAILS), ids=tuple(filter(None, ids)))


def _first(cells: Mapping[str, str], names: frozenset[str]) -> str:
    return next((value for key, value in cells.items() if key in names and value), "")


def _column(header: list[str], names: frozenset[str]) -> bool:
    return any(cell in names for cell in header)


def _index(pairs: Iterable[tuple[str, Student]]) -> dict[str, list[Student]]:
    found: dict[str, list[Student]] = {}
    for key, student in pairs:
        found.setdefault(key, []).append(student)
    return found


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
        if len(content) > MAX_BYTES:
            raise UsageError(
                f"roster {str(path)!r} has {len(content)} bytes; wanted at most"
                f" {MAX_BYTES}"
            )
        return decode(content, path.name)[0]
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"roster {str(path)!r}: {reason}") from error
    except SubmissionError as error:
        raise UsageError(f"roster {str(path)!r} is no text; wanted a CSV") from error
