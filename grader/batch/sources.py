"""Find the submissions under the given paths, by names that can be shown anywhere."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.loaders import bulk
from grader.reports.foreign import visible_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grader.loaders.bulk import HandedIn

#: What a tool leaves behind and no student hands in.
LEFTOVERS: Final = frozenset({"__pycache__", "__MACOSX", "Thumbs.db", "desktop.ini"})
#: More than a submission may have. Of a larger file, size and date must do.
READ_WHOLE: Final = 64 * 1024 * 1024


def find(
    paths: Sequence[Path],
    *,
    out: Path,
    scratch: Path,
    functions: Sequence[str] = (),
) -> bulk.Found:
    """Return every submission under the paths, in the order of their names.

    The results folder `out` is left out, wherever it lies. `scratch` and `functions`
    are as for `grader.loaders.bulk.find`.

    Raises:
        UsageError: a path is missing, nothing is found, or a download is broken.
    """
    found = bulk.find(paths, scratch=scratch, without=out, functions=functions)
    shown = sorted(_shown(found.handed_in), key=lambda each: each.identity.submission)
    return replace(found, handed_in=tuple(shown))


def digest(handed_in: HandedIn) -> str:
    """Return the SHA-256 of what was handed in: names and bytes of its files."""
    known = hashlib.sha256()
    for place, root in _places(handed_in):
        for file in sorted(_files(root)):
            inside = file.relative_to(root).as_posix()
            name = f"{place}/{inside}" if place else inside
            known.update(name.encode("utf-8", "surrogatepass") + b"\0")
            known.update(_bytes_of(file))
    return known.hexdigest()


def _shown(found: Iterable[HandedIn]) -> Iterator[HandedIn]:
    """Yield them under visible names that stay different from one another."""
    taken: set[str] = set()
    for each in found:
        given = tuple(visible_line(file.given) for file in each.files)
        name = plain = visible_line(each.identity.submission)
        number = 1
        while name in taken:
            number += 1
            name = f"{plain} ({number})"
        taken.add(name)
        identity = replace(each.identity, submission=name, given=given)
        yield replace(each, identity=identity)


def _places(handed_in: HandedIn) -> list[tuple[str, Path]]:
    if handed_in.path is not None:
        return [("", handed_in.path)]
    return sorted((file.name, file.path) for file in handed_in.files)


def _files(path: Path) -> Iterator[Path]:
    if path.is_symlink() or not path.is_dir():
        yield path
        return
    for folder, folders, files in os.walk(path):
        folders[:] = [f for f in folders if f not in LEFTOVERS and f[0] != "."]
        yield from (Path(folder, name) for name in files if name not in LEFTOVERS)


def _bytes_of(file: Path) -> bytes:
    """The digest of one file; of what is not a plain, readable file, its kind."""
    try:
        seen = file.lstat()
        if stat.S_ISREG(seen.st_mode) and seen.st_size <= READ_WHOLE:
            return hashlib.sha256(file.read_bytes()).digest()
    except OSError:
        return b"unreadable"
    return f"{seen.st_mode} {seen.st_size} {seen.st_mtime_ns}".encode()
