"""Find the submissions under the paths that a teacher gives.

A folder holds a submission in each file and folder, unless its names are those of a
platform's bulk download; an archive of such a folder is unpacked first.
"""

from __future__ import annotations

import hashlib
import os
import unicodedata
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final

from grader.errors import UsageError
from grader.loaders.archives import is_archive
from grader.loaders.bulk import canvas, gradescope, moodle, nbgrader
from grader.loaders.bulk.records import HandedIn
from grader.loaders.bulk.resubmitted import latest
from grader.loaders.bulk.telling_apart import told_apart
from grader.loaders.bulk.unpacking import defined_in, defines, names_in, unpack
from grader.loaders.files import (
    is_code,
    is_litter,
    is_packed_otherwise,
    may_hold_code,
)
from grader.loaders.reading import MAX_FILES
from grader.report import Identity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

LEFTOVERS: Final = frozenset({"Thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The submissions in the order of their names, and files that are none."""

    handed_in: tuple[HandedIn, ...]
    ignored: tuple[Path, ...]


def find(
    paths: Sequence[Path],
    *,
    scratch: Path,
    without: Path | None = None,
    functions: Sequence[str] = (),
) -> Found:
    """Return every submission under the paths; `without` is a folder of our own.

    Archives of many submissions are unpacked below `scratch`, which must last as long
    as the submissions are to be read. An archive that is no platform's holds many if
    at least two of its entries define one of the `functions`.

    Raises:
        UsageError: a path is missing, nothing is found, or a bulk download is broken.
    """
    ours = None if without is None else os.path.realpath(without)
    search = _Search(scratch, ours, functions, is_only=len(paths) == 1)
    for path in paths:
        search.look_at(path)
    if not search.found:
        shown = ", ".join(repr(str(path)) for path in paths)
        raise UsageError(
            f"no submissions in {shown}; wanted .py files, notebooks, archives, or "
            "folders of them"
        )
    found = told_apart(latest(search.found))
    return Found(
        handed_in=tuple(sorted(found, key=lambda each: each.identity.submission)),
        ignored=tuple(search.ignored),
    )


@dataclass(slots=True)
class _Search:
    scratch: Path
    without: str | None
    functions: Sequence[str]
    is_only: bool  # the path; of several archives each is a student's
    found: list[tuple[HandedIn, Path]] = field(default_factory=list)  # with its folder
    ignored: list[Path] = field(default_factory=list)
    seen: set[Path] = field(default_factory=set)

    def look_at(self, path: Path) -> None:
        """Take what the user names: a folder of submissions, or one."""
        try:
            path.lstat()
            is_folder = path.is_dir()
            children = self._children(path) if is_folder else []
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise UsageError(
                f"path {str(path)!r}: {reason}; wanted a submission or a folder of them"
            ) from error
        if is_folder:
            self._folder(path, children)
        elif _is_plain_archive(path) and self._holds_many(path):
            self._bulk(path)
        else:
            self._child(path, named=True)

    def _children(self, folder: Path) -> list[Path]:
        return [
            path
            for path in sorted(folder.iterdir())
            if not is_litter(f"{path.name}/" if path.is_dir() else path.name)
            and path.name not in LEFTOVERS
            and (self.without is None or os.path.realpath(path) != self.without)
        ]

    def _folder(self, folder: Path, children: list[Path]) -> None:
        names = [path.name for path in children]
        if gradescope.METADATA in names:
            self._take(gradescope.submissions(folder), below=folder)
        elif folder.name == nbgrader.COLLECTED:
            self._take(nbgrader.submissions(children), below=folder)
        elif nbgrader.COLLECTED in names:
            inside = folder / nbgrader.COLLECTED
            self._folder(inside, self._children(inside))
        elif len(children) == 1 and self._is_wrapping(children[0]):
            self._folder(children[0], self._children(children[0]))
        else:
            self._plain_folder(folder, children)

    def _plain_folder(self, folder: Path, children: list[Path]) -> None:
        of_moodle = [path for path in children if moodle.is_moodle(path.name)]
        self._take(moodle.together(of_moodle), below=folder)
        rest = [path for path in children if not moodle.is_moodle(path.name)]
        files = [path for path in rest if path.is_file() and not path.is_symlink()]
        named = [each for path in files if (each := canvas.attachment(path))]
        if 2 * len(named) > len(files):  # one file may be called so by chance
            self._take(canvas.together(named), below=folder)
            attached = {each.path for each in named}
            rest = [path for path in rest if path not in attached]
        for path in rest:
            self._child(path)

    def _child(self, path: Path, *, named: bool = False) -> None:
        """Take one file, folder or archive; `named`: by the user, as itself."""
        if self.without is not None and os.path.realpath(path) == self.without:
            return
        if _is_plain_archive(path) and is_platform(names_in(path)):
            self._bulk(path)
        elif path.is_file() and not (named or self._may_be_read(path)):
            self.ignored.append(path)
        else:
            name = unicodedata.normalize("NFC", path.name)
            handed_in = HandedIn(identity=Identity(submission=name), path=path)
            self._take([handed_in], below=path.parent)

    def _may_be_read(self, path: Path) -> bool:
        """Tell whether a file is code or packed; a text is code if it defines some."""
        if is_code(path.name) or _is_packed(path) or is_packed_otherwise(path.name):
            return True
        is_text = may_hold_code(path.name) and not path.is_symlink()
        return is_text and defined_in(path, self.functions)

    def _is_wrapping(self, path: Path) -> bool:
        """Tell whether the one thing in a folder is a whole class, in a folder too."""
        if not path.is_dir() or path.is_symlink():
            return False
        children = self._children(path)
        if is_platform([f"{each.name}/" for each in children]):
            return True
        folders = [each for each in children if each.is_dir() and not each.is_symlink()]
        if any(is_code(each.name) for each in children):
            return False  # a project's own folder
        code = (_code_below(folder) for folder in folders)
        defining = (any(defined_in(p, self.functions) for p in files) for files in code)
        return sum(defining) > 1

    def _holds_many(self, archive: Path) -> bool:
        names = names_in(archive)
        if is_platform(names):
            return True
        return self.is_only and defines(archive, self.functions) > 1

    def _bulk(self, archive: Path) -> None:
        known = str(archive.resolve()).encode(errors="replace")
        name = hashlib.sha256(known).hexdigest()[:16]
        folder = self.scratch / name / archive.stem.removesuffix(".tar")
        unpack(archive, folder)
        children = self._children(folder)
        if len(children) == 1 and children[0].is_dir():
            folder = children[0]  # an archive of one folder is that folder
            children = self._children(folder)
        self._folder(folder, children)

    def _take(self, handed_in: Iterable[HandedIn], *, below: Path) -> None:
        for each in handed_in:
            place = each.path or each.files[0].path
            if place not in self.seen:
                self.seen.add(place)
                self.found.append((each, below))


def is_platform(names: Iterable[str]) -> bool:
    """Tell whether these paths are those of a platform's bulk download."""
    files = 0
    of_canvas = 0
    for name in names:
        parts = name.replace("\\", "/").strip("/").split("/")
        # At the top, or in the one folder that an export is wrapped in.
        if any(part == gradescope.METADATA for part in parts[:2]):
            return True
        if any(moodle.is_moodle(part) for part in parts[:2]):
            return True
        if nbgrader.COLLECTED in parts[:-1] or parts == [nbgrader.COLLECTED]:
            return True
        if not is_litter(name) and not name.endswith("/"):
            files += 1
            of_canvas += canvas.NAMED.fullmatch(parts[-1]) is not None
    return 2 * of_canvas > files


def _code_below(folder: Path) -> Iterator[Path]:
    """Yield the code files below a folder, as many as a submission may have."""
    found = (p for p in folder.rglob("*") if is_code(p.name) and not p.is_symlink())
    return islice(found, MAX_FILES)


def _is_plain_archive(path: Path) -> bool:
    return _is_packed(path) and path.is_file() and not path.is_symlink()


def _is_packed(path: Path) -> bool:
    return is_archive(path.name)
