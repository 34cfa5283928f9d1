"""Take whatever names a student out of a report, and put a pseudonym in its place."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final
from unicodedata import normalize

from grader.records import Message
from grader.report import Grid, Identity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from grader.report import Report

#: Names of files that tell nothing of whose they are, without their endings.
PLAIN_FILES: Final = frozenset(
    ("a2", "assignment", "assignment2", "conv", "conv2d", "convolution", "feedback",
     "fast_layers", "homework", "im2col", "init", "layer_utils", "layers", "main",
     "model", "notebook", "solution", "submission", "submitted", "test", "utils")
)  # fmt: skip
#: The fields of a report, of messages apart, in which a name can stand.
TEXTS: Final = frozenset({"comments", "files", "output", "override", "snippet"})
SHORTEST: Final = 3  # a shorter name in plain letters is also a word of many others


def identity(known: Identity, pseudonym: str) -> Identity:
    """Return what may be shown of somebody: when it was handed in, and what.

    Everything, if there is no pseudonym.
    """
    if not pseudonym:
        return known
    hide = _hider(known, pseudonym)
    return Identity(
        submission=pseudonym,
        late=known.late,
        files=tuple(map(hide, known.files)),
        digest=known.digest,
    )


def text(shown: str, known: Identity, pseudonym: str) -> str:
    """Return a text of somebody's with this pseudonym for every name of theirs."""
    return _hider(known, pseudonym)(shown) if pseudonym else shown


def report(known: Report, pseudonym: str) -> Report:
    """Return the report with this pseudonym for every name that is known of.

    What a program prints can name a student in other ways, too. Without a pseudonym
    the names stay.
    """
    if not pseudonym:
        return known
    hide = _hider(known.identity, pseudonym)
    hidden: Report = _hidden(replace(known, identity=Identity(submission="")), hide)
    return replace(hidden, identity=identity(known.identity, pseudonym))


def _hidden(value: Any, hide: Callable[[str], str], *, is_text: bool = False) -> Any:  # noqa: ANN401 (a tree of records)
    match value:
        case Message(values=values):
            told = {k: _hidden(v, hide, is_text=True) for k, v in values.items()}
            return replace(value, values=told)
        case Grid():
            return value
        case tuple():
            return tuple(_hidden(each, hide, is_text=is_text) for each in value)
        case str() if is_text:
            return hide(value)
        case _ if is_dataclass(value):
            names = [field.name for field in fields(value)]
            told = {
                name: _hidden(getattr(value, name), hide, is_text=name in TEXTS)
                for name in names
            }
            return replace(value, **told)  # type: ignore[type-var]  # not a class
        case _:
            return value


def _hider(known: Identity, pseudonym: str) -> Callable[[str], str]:
    """Return what replaces names in a text, as whole words, the longest first."""
    told = {
        spelled: text
        for name, text in _names(known, pseudonym)
        for spelled in (name, normalize("NFC", name), normalize("NFD", name))
    }
    if not told:
        return lambda text: text
    written = {name.casefold(): text for name, text in told.items()}
    longest_first = sorted(told, key=len, reverse=True)
    pattern = "|".join(map(re.escape, longest_first))
    # An underscore ends a word here: kim is a word of kim_homework.
    found = re.compile(rf"(?<![^\W_])(?:{pattern})(?![^\W_])", re.IGNORECASE)
    return lambda text: found.sub(lambda hit: _said(hit[0], written, pseudonym), text)


def _said(hit: str, written: Mapping[str, str], pseudonym: str) -> str:
    return written.get(hit.casefold(), pseudonym)


def _names(known: Identity, pseudonym: str) -> Iterator[tuple[str, str]]:
    """Yield what names somebody, and what is written for it."""
    for name in (known.student, known.email, known.platform_id):
        for each in (name, *name.split(", ")):
            if _is_telling(each):
                yield each, pseudonym
    for name in (known.submission, *known.given, *known.files):
        for part in PurePosixPath(name.replace("\\", "/")).parts:
            yield from _names_of_file(part, pseudonym)


def _names_of_file(name: str, pseudonym: str) -> Iterator[tuple[str, str]]:
    stem, dot, ending = name.partition(".")
    if stem.casefold() in PLAIN_FILES or stem == pseudonym:
        return
    if dot:
        yield name, f"{pseudonym}.{ending}"
    if _is_telling(stem):
        # What is imported is a name in Python.
        yield stem, pseudonym.replace("-", "_") if dot else pseudonym


def _is_telling(name: str) -> bool:
    return len(name) >= SHORTEST or (bool(name) and not name.isascii())
