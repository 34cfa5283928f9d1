"""Read bytes from disk: regular files only, nothing followed, everything capped."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from grader.loaders.archives import is_archive, unpacked
from grader.loaders.files import is_code, is_litter
from grader.loaders.from_notebook import MAX_BYTES
from grader.loaders.records import MIB, refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from grader.errors import SubmissionError
    from grader.loaders.bulk.records import LooseFile

MAX_ENTRIES: Final = 5_000  # names looked at in one submission
MAX_FILES: Final = 500  # read in one submission
MAX_TOTAL: Final = 40 * MIB
# Neither a link at the end of the path nor waiting for someone to write to a pipe.
FLAGS: Final = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)


@dataclass(slots=True)
class Budget:
    """How much of one submission may still be read."""

    name: str
    files: int = field(default_factory=lambda: MAX_FILES)
    total: int = field(default_factory=lambda: MAX_TOTAL)

    def take(self, size: int) -> None:
        """Spend one file of this size.

        Raises:
            SubmissionError: there is too much of it.
        """
        self.files -= 1
        self.total -= size
        if self.files < 0:
            raise refusal("loading.too_many_files", file=self.name, limit=MAX_FILES)
        if self.total < 0:
            limit = MAX_TOTAL // MIB
            raise refusal("loading.too_large", file=self.name, limit=limit)


def contents_of(path: Path) -> dict[str, bytes]:
    """Return the code files of a file, folder or archive, by path inside it.

    Raises:
        SubmissionError: it is nothing that can be read, or too much.
    """
    budget = Budget(path.name)
    try:
        mode = path.lstat().st_mode
        if stat.S_ISDIR(mode):
            return dict(_of_folder(path, budget))
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        raise _no_access(path, error) from error
    return dict(_expanded(path.name, _opened(path), budget))


def contents_of_files(files: Iterable[LooseFile], *, name: str) -> dict[str, bytes]:
    """Return the code in files and folders that belong together, by their own names.

    Raises:
        SubmissionError: one of them is nothing that can be read, or too much.
    """
    budget = Budget(name)
    contents: dict[str, bytes] = {}
    for file in files:
        try:
            is_folder = stat.S_ISDIR(file.path.lstat().st_mode)
        except (OSError, ValueError) as error:
            raise _no_access(file.path, error) from error
        if is_folder:
            contents |= dict(_of_folder(file.path, budget))
        else:
            inside = f"{file.name}/"
            found = _expanded(file.name, _opened(file.path), budget, prefix=inside)
            contents |= dict(found)
    return contents


def contents_of_bytes(name: str, content: bytes) -> dict[str, bytes]:
    """Return one file by its name, or what is in it if it is an archive.

    Raises:
        SubmissionError: the archive cannot be unpacked, or it is too much.
    """
    return dict(_expanded(name, content, Budget(name)))


def read_file(path: Path, *, limit: int = MAX_TOTAL) -> bytes:
    """Return the bytes of one regular file.

    Raises:
        SubmissionError: it is a link, a pipe, a device, or too large.
        OSError: the system says no.
    """
    if path.is_symlink():
        raise refusal("loading.link", file=path.name)
    if not stat.S_ISREG(path.lstat().st_mode):
        raise refusal("loading.not_regular", file=path.name)
    descriptor = os.open(path, FLAGS)
    with open(descriptor, "rb") as stream:  # noqa: PTH123 (a descriptor, not a path)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise refusal("loading.not_regular", file=path.name)
        content = stream.read(limit + 1)
    if len(content) > limit:
        raise refusal("loading.too_large", file=path.name, limit=limit // MIB)
    return content


def _opened(path: Path) -> bytes:
    try:
        return read_file(path)
    except OSError as error:
        raise _no_access(path, error) from error


def _no_access(path: Path, error: Exception) -> SubmissionError:
    reason = getattr(error, "strerror", None) or str(error)
    return refusal("loading.no_access", file=path.name, reason=reason)


def _of_folder(folder: Path, budget: Budget) -> Iterator[tuple[str, bytes]]:
    paths = list(_walk(folder))
    code = [path for path in paths if is_code(path.name)]
    packed = [path for path in paths if is_archive(path.name)]
    for path in [*code, *packed] or paths[:MAX_FILES]:
        name = path.relative_to(folder).as_posix()
        if is_code(name) and path.lstat().st_size > MAX_BYTES:
            # It must not hide the others; whether it is needed shows later.
            yield name, b""
            continue
        yield from _expanded(name, read_file(path), budget, prefix=f"{name}/")


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the regular files below a folder in order; links are passed by."""
    seen = 0
    for here, folders, files in os.walk(folder):
        inside = folder.__class__(here)
        relative = inside.relative_to(folder).as_posix()
        prefix = "" if relative == "." else f"{relative}/"
        folders[:] = sorted(
            each for each in folders if not is_litter(f"{prefix}{each}/")
        )
        for name in sorted(files):
            seen += 1
            if seen > MAX_ENTRIES:
                raise refusal(
                    "loading.too_many_files", file=folder.name, limit=MAX_ENTRIES
                )
            path = inside / name
            if not is_litter(f"{prefix}{name}") and stat.S_ISREG(path.lstat().st_mode):
                yield path


def _expanded(
    name: str, content: bytes, budget: Budget, *, prefix: str = ""
) -> Iterator[tuple[str, bytes]]:
    """Yield a file, or what is in it if it is an archive, under the prefix."""
    inside = unpacked(name, content)
    if inside is None:
        inside, prefix = {name: content}, ""
    for path, inner in inside.items():
        budget.take(len(inner))
        yield f"{prefix}{path}", inner
