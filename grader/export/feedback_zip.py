"""Pack the students' pages into the zip that a platform takes back as feedback."""

from __future__ import annotations

import re
import zipfile
from enum import StrEnum
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.report import Identity

#: What a bulk download called the submission: the ids in it find the student again.
CANVAS: Final = re.compile(
    r"(?P<stem>(?:LATE_)?(?:anon|[^_/]+)_(?:LATE_)?\d+_\d+)_[^/]*", re.IGNORECASE
)
MOODLE: Final = re.compile(
    r"(?P<name>[^_/]+)_(?P<id>\d+)_assignsubmission_file(?:[_/].*)?", re.DOTALL
)
NBGRADER: Final = re.compile(r"submitted/(?P<student>[^/]+)/(?P<assignment>[^/]+)")
UNSAFE: Final = re.compile(r"[^\w.-]+")
EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say


class Platform(StrEnum):
    """Who takes the zip back."""

    CANVAS = "canvas"
    MOODLE = "moodle"
    NBGRADER = "nbgrader"
    PLAIN = "plain"  # nobody: a page a student, by the submission's name


def name_in_zip(identity: Identity, platform: Platform) -> str | None:
    """Return where a student's page goes; None if the platform's ids are not known.

    Canvas reads user and attachment from the numbers in the name. Moodle reads name,
    participant, plugin type and plugin from the first four parts; this flat form is
    understood by all of its versions. nbgrader hands out what lies in `feedback/`, a
    folder a student and assignment.
    """
    names = (identity.submission, *identity.given, *identity.files)
    if platform is Platform.PLAIN:
        return f"{UNSAFE.sub('_', identity.submission).strip('.') or 'submission'}.html"
    if platform is Platform.CANVAS:
        found = next((m for name in names if (m := CANVAS.match(_last(name)))), None)
        return f"{found['stem']}_feedback.html" if found else None
    if platform is Platform.NBGRADER:
        found = next((m for name in names if (m := NBGRADER.fullmatch(name))), None)
        inside = f"{found['student']}/{found['assignment']}" if found else ""
        return f"feedback/{inside}/feedback.html" if found else None
    # Only a name of Moodle's: another number may be a student's at the university, and
    # some other participant's at Moodle.
    found = next((m for name in names if (m := _moodle(name))), None)
    return _moodle_name(found["name"], found["id"]) if found else None


def platform_of(identities: Iterable[Identity]) -> Platform:
    """Return the platform whose names these are."""
    for identity in identities:
        names = (identity.submission, *identity.given, *identity.files)
        if any(_moodle(name) for name in names):
            return Platform.MOODLE
        if any(CANVAS.match(_last(name)) for name in names):
            return Platform.CANVAS
        if any(NBGRADER.fullmatch(name) for name in names):
            return Platform.NBGRADER
    return Platform.PLAIN


def pack(pages: Iterable[tuple[str, str]], target: IO[bytes]) -> None:
    """Write a zip of (name, page) pairs; the same pages give the same bytes.

    A name that is there already gets a number, so that no page replaces another.
    """
    seen: dict[str, int] = {}
    with zipfile.ZipFile(target, "w") as archive:
        for name, page in pages:
            seen[name] = seen.get(name, 0) + 1
            stem, dot, ending = name.rpartition(".")
            own = name if seen[name] == 1 else f"{stem}-{seen[name]}{dot}{ending}"
            entry = zipfile.ZipInfo(own, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, page.encode("utf-8", "replace"))


def _last(name: str) -> str:
    return name.rsplit("/", 1)[-1]


def _moodle(name: str) -> re.Match[str] | None:
    parts = name.split("/")
    return next((found for part in parts if (found := MOODLE.fullmatch(part))), None)


def _moodle_name(full_name: str, participant: str) -> str:
    name = UNSAFE.sub(" ", full_name.replace("_", " ")).strip() or "Participant"
    return f"{name}_{participant}_assignsubmission_file_feedback.html"
