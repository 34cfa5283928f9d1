"""Read one submission: a file, a folder or an archive."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from grader.errors import SubmissionError
from grader.loaders.bulk.records import Contents
from grader.loaders.files import read_all
from grader.loaders.reading import (
    contents_of,
    contents_of_bytes,
    contents_of_files,
    read_file,
)
from grader.loaders.records import Submission, refusal
from grader.report import Identity

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from grader.assignment import Assignment
    from grader.loaders.bulk.records import HandedIn

MAX_SIBLINGS: Final = 200


def load(
    path: Path,
    assignment: Assignment,
    *,
    identity: Identity | None = None,
    siblings: bool = False,
) -> Submission:
    """Return what is at the path as text: a file, a folder or an archive.

    `siblings` adds the files beside a single one that it names in an import: right for
    a student's own folder, wrong for a folder of many students' files.

    Raises:
        SubmissionError: there is nothing that can be read, or no code; the message is
            one sentence for the student.
    """
    try:
        contents = contents_of(path)
        if not siblings or path.suffix != ".py":
            return _submission(path.name, contents, assignment, identity)
        contents |= _beside(path, contents[path.name])
        found = _submission(path.name, contents, assignment, identity)
        return replace(found, asked=path.name)
    except (MemoryError, RecursionError) as error:
        raise refusal("loading.too_deep", file=path.name) from error


def load_handed_in(handed_in: HandedIn, assignment: Assignment) -> Submission:
    """Return one submission of a bulk download.

    Raises:
        SubmissionError: as `load` does.
    """
    contents = handed_in.contents or _contents(handed_in)
    if contents.refusal is not None:
        raise SubmissionError(contents.refusal)
    name, identity = contents.name, handed_in.identity
    try:
        found = _submission(name, contents.files, assignment, identity)
    except (MemoryError, RecursionError) as error:
        raise refusal("loading.too_deep", file=name) from error
    return replace(found, notes=(*handed_in.notes, *found.notes))


def with_contents(handed_in: HandedIn) -> HandedIn:
    """Return the same without paths: its bytes travel with it, to any machine.

    What cannot be read has the reason in their place.
    """
    contents = handed_in.contents or _contents(handed_in)
    return replace(handed_in, contents=contents, path=None, files=())


def _contents(handed_in: HandedIn) -> Contents:
    path = handed_in.path
    name = handed_in.identity.submission if path is None else path.name
    try:
        if path is None:
            files = contents_of_files(handed_in.files, name=name)
        else:
            files = contents_of(path)
    except SubmissionError as error:
        return Contents(name=name, files={}, refusal=error.message)
    except (MemoryError, RecursionError):
        too_deep = refusal("loading.too_deep", file=name).message
        return Contents(name=name, files={}, refusal=too_deep)
    return Contents(name=name, files=files)


def load_bytes(
    name: str,
    content: bytes,
    assignment: Assignment,
    *,
    identity: Identity | None = None,
) -> Submission:
    """Return one file of this name and content as a submission.

    Raises:
        SubmissionError: as `load` does.
    """
    try:
        contents = contents_of_bytes(name, content)
        return _submission(name, contents, assignment, identity)
    except (MemoryError, RecursionError) as error:
        raise refusal("loading.too_deep", file=name) from error


def _submission(
    name: str,
    contents: Mapping[str, bytes],
    assignment: Assignment,
    identity: Identity | None,
) -> Submission:
    read = read_all(contents, assignment.provided)
    own = [file for file in read.files if not file.is_provided]
    if not own:
        if read.unreadable:
            raise SubmissionError(read.unreadable[0].message)
        raise refusal("loading.no_code", file=name)
    identity = identity or Identity(submission=name)
    return Submission(
        identity=with_files(identity, contents),
        files=tuple(read.files),
        unreadable=tuple(read.unreadable),
        notes=tuple(read.notes),
        file_pattern=assignment.file,
    )


def with_files(identity: Identity, contents: Mapping[str, bytes]) -> Identity:
    """Return the identity with what was handed in: names, and a digest of all."""
    digest = hashlib.sha256()
    for name in sorted(contents):
        content = contents[name]
        digest.update(f"{name}\0{len(content)}\0".encode(errors="surrogatepass"))
        digest.update(content)
    files = tuple(sorted(contents))
    return replace(identity, files=files, digest=digest.hexdigest())


def _beside(path: Path, content: bytes) -> dict[str, bytes]:
    """Return the Python files of the same folder that the code mentions, and theirs."""
    others = {
        other.stem: other
        for other in sorted(path.parent.glob("*.py"))[:MAX_SIBLINGS]
        if other != path and other.stem.isidentifier()
    }
    found: dict[str, bytes] = {}
    waiting = [content]
    while waiting:
        words = set(re.findall(rb"\w+", waiting.pop()))
        for stem in [each for each in others if each.encode() in words]:
            other = others.pop(stem)
            try:
                found[other.name] = read_file(other)
            except (OSError, SubmissionError):
                continue  # it is not what was handed in
            waiting.append(found[other.name])
    return found
