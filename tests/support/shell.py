"""Run `convgrade` as a user does: a process of its own, in a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence

from commands import Ran

COMMAND = (sys.executable, "-m", "grader")


def convgrade(
    arguments: Sequence[object], *, seconds: float = 300, **environment: str
) -> Ran:
    """Run one command to its end, in an empty folder and without a terminal."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [*COMMAND, *map(str, arguments)],
            cwd=folder,
            env={**os.environ, "COLUMNS": "80", **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=seconds,
            check=False,
        )
    return Ran(code=done.returncode, out=done.stdout, err=done.stderr)


def start(arguments: Sequence[object]) -> subprocess.Popen[bytes]:
    """Start one command in a session of its own, and leave it running."""
    return subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        cwd=tempfile.gettempdir(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
