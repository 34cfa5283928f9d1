"""Read Gradescope's export: a folder a submission, and a YAML that says whose it is.

The YAML's keys are Ruby symbols (`:submitters`, `:name`, `:sid`). Nothing in it is
ever executed: tags are passed over, and only plain values are made.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from grader.errors import UsageError
from grader.loaders.bulk.records import HandedIn
from grader.report import Identity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

METADATA: Final = "submission_metadata.yml"
MAX_BYTES: Final = 500_000_000
# What is left of the file before it is parsed: results and history fill most of it.
KEY: Final = re.compile(r"( +)['\"]?:?(\w+)['\"]?:(?:\s|$)")
WANTED: Final = frozenset({"submitters", "lateness", "created_at"})
PLATFORM: Final = "gradescope"


def submissions(folder: Path) -> Iterator[HandedIn]:
    """Yield a submission for every folder that lies beside the metadata.

    Raises:
        UsageError: the metadata are no YAML, or not Gradescope's.
    """
    known = _metadata(folder / METADATA)
    for path in sorted(folder.iterdir()):
        if path.is_dir() or (path.name in known and path.name != METADATA):
            entry = known.get(path.name, {})
            yield HandedIn(
                identity=_identity(path.name, entry),
                path=path,
                platform=PLATFORM,
                order=_text(entry.get("created_at")),
            )


def _metadata(path: Path) -> dict[str, dict[str, Any]]:
    import yaml  # noqa: PLC0415 (only who has an export pays for it)

    if path.stat().st_size > MAX_BYTES:
        raise UsageError(
            f"{str(path)!r} is larger than {MAX_BYTES} bytes; wanted Gradescope's"
        )
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    try:
        # The base loader knows no tag at all: everything is text, a list or a table.
        loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
        found = yaml.load(reduced(text), Loader=loader)  # noqa: S506 (see above)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise UsageError(f"{str(path)!r} is not YAML: {error}") from error
    if not isinstance(found, dict):
        raise UsageError(f"{str(path)!r} lists no submissions; wanted Gradescope's")
    return {
        str(name): {str(key).lstrip(":"): value for key, value in entry.items()}
        for name, entry in found.items()
        if isinstance(entry, dict)
    }


def reduced(text: str) -> str:
    """Return the YAML without the keys that nobody asks for, by their indentation."""
    kept: list[str] = []
    level, is_wanted = "", True
    for line in text.split("\n"):
        if line and not line.startswith(" "):
            is_wanted = True
        elif (found := KEY.match(line)) and (not level or found[1] == level):
            level, is_wanted = found[1], found[2] in WANTED
        if is_wanted:
            kept.append(line)
    return "\n".join(kept)


def _identity(name: str, entry: dict[str, Any]) -> Identity:
    people = [_person(each) for each in _list(entry.get("submitters"))]
    return Identity(
        submission=name,
        student=", ".join(person["name"] for person in people if person["name"]),
        platform_id=", ".join(person["sid"] for person in people if person["sid"]),
        email=", ".join(person["email"] for person in people if person["email"]),
        late=_late(entry.get("lateness")),
    )


def _person(entry: object) -> dict[str, str]:
    given = entry if isinstance(entry, dict) else {}
    plain = {str(key).lstrip(":"): value for key, value in given.items()}
    return {key: _text(plain.get(key)) for key in ("name", "sid", "email")}


def _late(value: object) -> str:
    """Return how late it was handed in; "00:00:00" is not at all."""
    text = _text(value)
    return text if text.strip("0:") else ""


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
