"""Give submissions names that tell nobody who handed them in, and keep who it was."""

from __future__ import annotations

import base64
import csv
import hmac
import io
import json
import re
import secrets
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, TypeVar

from grader.batch import files, hiding
from grader.errors import UsageError
from grader.report import Identity
from grader.reports.to_csv import FORMULA

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from grader.report import Report

FOLDER: Final = "staff"
KEY: Final = "pseudonyms.key"
NAME: Final = "identities.csv"
COLUMNS: Final = (
    "pseudonym", "submission", "student", "platform_id", "email", "given",
)  # fmt: skip
BYTES: Final = 32
LETTERS: Final = 10  # of a pseudonym: fifty bits, no two alike in any class
PSEUDONYM: Final = re.compile(rf"s-[a-z2-7]{{{LETTERS}}}")

Given = TypeVar("Given")


@dataclass(slots=True, kw_only=True)
class Pseudonyms:
    """The secret of a results folder, and whom its pseudonyms stand for.

    Without a secret there are none: every pseudonym is blank, and names are shown.
    """

    secret: bytes = b""
    known: dict[str, Identity] = field(default_factory=dict)

    def of(self, submission: str) -> str:
        """Return the same pseudonym for the same submission in every run."""
        if not self.secret:
            return ""
        name = submission.encode("utf-8", "surrogatepass")
        digest = hmac.digest(self.secret, name, "sha256")
        return f"s-{base64.b32encode(digest).decode()[:LETTERS].lower()}"

    def remember(self, identity: Identity) -> str:
        """Keep whom a pseudonym stands for; return it."""
        pseudonym = self.of(identity.submission)
        if pseudonym:
            self.known[pseudonym] = replace(identity, late="", files=(), digest="")
        return pseudonym

    def restored(self, report: Report) -> Report:
        """Return the report with who handed it in, if that is known."""
        seen = report.identity
        known = self.known.get(seen.submission)
        if known is None:
            return report
        whole = replace(known, late=seen.late, files=seen.files, digest=seen.digest)
        return replace(report, identity=whole)

    def shown(self, identity: Identity) -> Identity:
        """Return what the folder shows of somebody."""
        return hiding.identity(identity, self.of(identity.submission))

    def is_known(self, report: Report) -> bool:
        """Tell whether a report of the folder has its pseudonym already."""
        name = report.identity.submission
        # Who has deleted identities.csv, or a line of it, wanted nobody to know.
        return name in self.known or PSEUDONYM.fullmatch(name) is not None

    def by_name(self, given: Mapping[str, Given]) -> dict[str, Given]:
        """Return what is given for pseudonyms as given for the submissions."""
        named = dict(given)
        for pseudonym, identity in self.known.items():
            if pseudonym in named:
                named.setdefault(identity.submission, named.pop(pseudonym))
        return named


def of_folder(folder: Path, *, wanted: bool = False) -> Pseudonyms:
    """Return the pseudonyms of a results folder, if it has any.

    Once a folder has pseudonyms it keeps them; `wanted` gives them to one that has
    none.

    Raises:
        UsageError: what is kept of them cannot be read.
    """
    kept = folder / FOLDER / KEY
    try:
        secret = bytes.fromhex(kept.read_text(encoding="ascii"))
    except FileNotFoundError:
        if (folder / FOLDER / NAME).exists():
            raise UsageError(
                f"{str(kept)!r} is gone, and {NAME} beside it is useless without it; "
                "put it back, or remove both"
            ) from None
        return _fresh(folder) if wanted else Pseudonyms()
    except (OSError, ValueError) as error:
        raise UsageError(f"cannot read {str(kept)!r}: {error}") from error
    return Pseudonyms(secret=secret, known=_read(folder / FOLDER / NAME))


def write(folder: Path, pseudonyms: Pseudonyms) -> None:
    """Write identities.csv, if there are pseudonyms, before anything that has them."""
    if not pseudonyms.secret:
        return
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(COLUMNS)
    for pseudonym, who in sorted(pseudonyms.known.items()):
        given = json.dumps(who.given, ensure_ascii=False) if who.given else ""
        cells = (who.submission, who.student, who.platform_id, who.email, given)
        writer.writerow((pseudonym, *map(_guarded, cells)))
    content = target.getvalue().encode("utf-8", "backslashreplace")
    files.write_whole(folder / FOLDER / NAME, content, lasting=True)


def _fresh(folder: Path) -> Pseudonyms:
    files.make_folder(folder / FOLDER)
    made = Pseudonyms(secret=secrets.token_bytes(BYTES))
    text = made.secret.hex().encode("ascii")
    files.write_whole(folder / FOLDER / KEY, text, lasting=True)
    (folder / FOLDER / KEY).chmod(0o600)
    return made


def _read(path: Path) -> dict[str, Identity]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        rows = csv.DictReader(io.StringIO(text, newline=""), restval="")
        return {row["pseudonym"]: _identity(row) for row in rows}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, LookupError, TypeError, csv.Error) as error:
        raise UsageError(
            f"{str(path)!r} is not what convgrade wrote ({error}); without it nobody "
            "knows whose results these are"
        ) from error


def _identity(row: dict[str, str]) -> Identity:
    submission, student, platform_id, email, given = (
        _unguarded(row[name]) for name in COLUMNS[1:]
    )
    return Identity(
        submission=submission,
        student=student,
        platform_id=platform_id,
        email=email,
        given=tuple(map(str, json.loads(given or "[]"))),
    )


def _guarded(text: str) -> str:
    """Return a cell that no spreadsheet runs, and that can be read back."""
    risky = text.startswith("'") or text.lstrip().startswith(FORMULA)
    return f"'{text}" if risky else text


def _unguarded(cell: str) -> str:
    return cell.removeprefix("'")
