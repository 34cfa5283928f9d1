"""Let one run at a time write into a results folder."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from filelock import FileLock, Timeout

from grader.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME: Final = ".convgrade.lock"
OPEN_FILES: Final = Path("/proc/self/fd")


#: What this process holds.
_HELD: Final[set[str]] = set()


def _let_go_in_child() -> None:
    """Close what a forked process has inherited: the lock is its parent's alone.

    Else it would outlive a parent that is killed. Nothing is released by that.
    """
    for file in OPEN_FILES.iterdir() if _HELD else ():
        with suppress(OSError):  # the listing itself is closed by now
            if str(file.readlink()) in _HELD:
                os.close(int(file.name))
    _HELD.clear()


if sys.platform == "linux":
    os.register_at_fork(after_in_child=_let_go_in_child)


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
    place = os.path.realpath(folder / NAME)
    _HELD.add(place)
    try:
        yield
    finally:
        _HELD.discard(place)
        lock.release()
