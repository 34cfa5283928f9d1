"""Let one run at a time write into a results folder."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from filelock import FileLock, Timeout

from grader.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME: Final = ".convgrade.lock"


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the folder; the system lets go of it, however this process ends.

    Raises:
        UsageError: another run holds it, or nothing can be written there.
    """
    lock = FileLock(folder / NAME, timeout=0)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise UsageError(
            f"another run of convgrade writes into {str(folder)!r}; wait until it has "
            "ended, or name another folder"
        ) from error
    except OSError as error:
        reason = error.strerror or error
        raise UsageError(
            f"cannot write into the folder {str(folder)!r}: {reason}"
        ) from error
    except NotImplementedError:  # some network drives know no locks
        yield
        return
    try:
        yield
    finally:
        lock.release()
