"""Find the submissions under the paths that the user gave, and tell them apart."""

from __future__ import annotations

import hashlib
import os
import stat
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.errors import UsageError
from grader.reports.foreign import visible_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: What a tool leaves behind and no student hands in.
LEFTOVERS: Final = frozenset({"__pycache__", "__MACOSX", "Thumbs.db", "desktop.ini"})
FILES: Final = (".py", ".ipynb", ".zip", ".tar.gz", ".tgz", ".tar")
READ_WHOLE: Final = 32 * 1024 * 1024  # of a larger file, size and date must do


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One submission: the name of its row, and where it lies."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The submissions in the order of their names, and files that are none."""

    sources: tuple[Source, ...]
    ignored: tuple[Path, ...]


def find(paths: Sequence[Path], *, out: Path) -> Found:
    """Return a submission for each file, and for each file or folder in a folder.

    The results folder itself is left out, wherever it lies.

    Raises:
        UsageError: a path is missing, or nothing is found.
    """
    names: dict[Path, tuple[Path, str]] = {}
    results = os.path.realpath(out)
    ignored: list[Path] = []
    for path in paths:
        for child in _children(path):
            if os.path.realpath(child) == results:
                continue
            if child.is_file() and not child.name.lower().endswith(FILES):
                ignored.append(child)
            else:
                names.setdefault(child, (path, visible_line(child.name)))
    if not names:
        shown = ", ".join(repr(str(path)) for path in paths)
        raise UsageError(
            f"no submissions in {shown}; wanted .py files, notebooks, archives, or "
            "folders of them"
        )
    sources = [Source(name=n, path=p) for p, n in _told_apart(names).items()]
    return Found(
        sources=tuple(sorted(sources, key=lambda source: source.name)),
        ignored=tuple(ignored),
    )


def digest(path: Path) -> str:
    """Return the SHA-256 of what was handed in: names and bytes of its files."""
    known = hashlib.sha256()
    for file in sorted(_files(path)):
        name = file.relative_to(path).as_posix()
        known.update(name.encode("utf-8", "surrogatepass") + b"\0")
        known.update(_bytes_of(file))
    return known.hexdigest()


def _children(path: Path) -> list[Path]:
    try:
        mode = path.lstat().st_mode
        if not stat.S_ISDIR(mode) and not path.is_dir():
            return [path]
        children = sorted(path.iterdir())
    except OSError as error:
        raise UsageError(
            f"path {str(path)!r}: {error.strerror or error}; wanted a submission or "
            "a folder of them"
        ) from error
    return [c for c in children if c.name not in LEFTOVERS and c.name[0] != "."]


def _told_apart(found: dict[Path, tuple[Path, str]]) -> dict[Path, str]:
    """A name that two paths share is given the name of its folder in front."""
    counts = Counter(name for _, name in found.values())
    told = {
        path: name if counts[name] == 1 else f"{_folder(parent)}/{name}"
        for path, (parent, name) in found.items()
    }
    again = Counter(told.values())
    return {
        path: name if again[name] == 1 else visible_line(path.resolve().as_posix())
        for path, name in told.items()
    }


def _folder(path: Path) -> str:
    whole = path.resolve()
    return visible_line(whole.name if path.is_dir() else whole.parent.name)


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
