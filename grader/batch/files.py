"""Write files whole or not at all, under names that any system takes."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import unicodedata
from typing import TYPE_CHECKING, Final

from grader.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

UNFINISHED: Final = ".convgrade-"
MOST_BYTES: Final = 120  # of a name, so that suffixes fit into the usual 255
#: Names that Windows keeps for devices, with any suffix.
DEVICES: Final = frozenset(
    ["con", "prn", "aux", "nul"]
    + [f"{port}{n}" for port in ("com", "lpt") for n in range(10)]
)


def write_whole(path: Path, content: bytes, *, lasting: bool = False) -> None:
    """Put the content in the place of the file at once; readers never see a half.

    `lasting` waits for the disk: after a power cut the file is the old or the new
    one. What a second run would make again goes without.

    Raises:
        UsageError: the disk is full, or the folder is gone or not writable.
    """
    try:
        _write_whole(path, content, lasting=lasting)
    except OSError as error:
        reason = error.strerror or error
        raise UsageError(f"cannot write {str(path)!r}: {reason}") from error


def _write_whole(path: Path, content: bytes, *, lasting: bool) -> None:
    handle, name = tempfile.mkstemp(prefix=UNFINISHED, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        os.chmod(name, 0o666 & ~_umask())  # noqa: PTH101 (mkstemp gives a name)
        os.replace(name, path)  # noqa: PTH105 (the same)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)  # noqa: PTH108 (the same)
        raise


def make_folder(path: Path) -> None:
    """Make the folder, and clear it of files that a killed run has left unfinished.

    Raises:
        UsageError: it cannot be made or written into.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        for left in path.glob(f"{UNFINISHED}*"):
            left.unlink(missing_ok=True)
        with tempfile.TemporaryFile(dir=path):
            pass
    except OSError as error:
        reason = error.strerror or error
        raise UsageError(
            f"cannot write into the folder {str(path)!r}: {reason}"
        ) from error


def safe_name(name: str, *, taken: Collection[str] = ()) -> str:
    """Return a file name without suffix for this submission.

    Letters of every script stay. What is unsafe is replaced, and a name that was
    changed or is taken gets a mark of its own, so that no two submissions share a
    file. `taken` are names in lower case: some systems make no difference.
    """
    plain = unicodedata.normalize("NFC", name)
    kept = "".join(c if c.isalnum() or c in " ._-+@" else "_" for c in plain)
    kept = _shortened(kept).strip(" .").lstrip("-") or "submission"
    is_device = kept.split(".")[0].strip().casefold() in DEVICES
    if kept == name and not is_device and kept.casefold() not in taken:
        return kept
    mark = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{kept}-{mark}" if not is_device else f"_{kept}-{mark}"


def _shortened(name: str) -> str:
    return name.encode("utf-8")[:MOST_BYTES].decode("utf-8", "ignore")


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
