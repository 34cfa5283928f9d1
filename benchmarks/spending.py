"""Measure the CPU time of a command and of everything that it starts, exactly.

What a process has waited for is not all: a sandbox's processes may end in a namespace
of their own, unseen. So the command runs in a control group, and the kernel counts.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

GROUPS: Final = Path("/sys/fs/cgroup")
#: Version 2 alone, beside version 1, and version 1.
ROOTS: Final = (GROUPS, GROUPS / "unified", GROUPS / "cpuacct")
PATIENCE: Final = 5.0
#: As installed: what is imported was compiled before.
COMPILED: Final = {"PYTHONDONTWRITEBYTECODE": ""}


@contextmanager
def group() -> Iterator[Path]:
    """Yield an empty control group that counts CPU time."""
    for root in ROOTS:
        if not (root / "cgroup.procs").exists():
            continue
        folder = Path(tempfile.mkdtemp(prefix="convgrade-", dir=root))
        try:
            if not _files(folder):
                continue
            yield folder
            return
        finally:
            _remove(folder)
    raise SystemExit("no control group can be made here: run this as root on Linux")


def _files(folder: Path) -> list[Path]:
    names = ("cpuacct.usage", "cpu.stat")
    return [folder / name for name in names if (folder / name).exists()]


def _remove(folder: Path) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            folder.rmdir()
        except OSError:  # its last process is still ending
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
        else:
            return


def used(folder: Path) -> float:
    """Return the CPU seconds that the group has used."""
    file = _files(folder)[0]
    text = file.read_text("ascii")
    if file.name == "cpu.stat":
        return int(text.split("usage_usec ")[1].split()[0]) / 1e6
    return int(text) / 1e9


def spent(
    command: Sequence[str],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    may_fail: bool = False,
) -> float:
    """Return the CPU seconds of a command and of all that it has started.

    Raises:
        SystemExit: it failed, and may not.
    """
    with group() as folder:
        done = subprocess.run(  # noqa: S603 (what a benchmark measures)
            command,
            cwd=cwd,
            env={**os.environ, **COMPILED, **(env or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            preexec_fn=lambda: (folder / "cgroup.procs").write_text(str(os.getpid())),
            check=False,
        )
        if done.returncode and not may_fail:
            told = done.stderr.decode("utf-8", "replace")[-2000:]
            raise SystemExit(
                f"{' '.join(command)} ended with {done.returncode}\n{told}"
            )
        return used(folder)


@contextmanager
def counted(folder: Path) -> Iterator[None]:
    """Have the group count this process, and what it starts, while in here."""
    own = str(os.getpid())
    (folder / "cgroup.procs").write_text(own)
    try:
        yield
    finally:
        (folder.parent / "cgroup.procs").write_text(own)
