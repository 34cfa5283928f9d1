from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from executors import note_and_wait

from grader.batch import processes

SUPPORT = Path(__file__).parents[1] / "support"


def gone(pid: int, *, within: float = 20.0) -> bool:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.05)
    return False


def notes(folder: Path, *, count: int) -> list[int]:
    deadline = time.monotonic() + 60
    while len(list(folder.glob("*.pid"))) < count and time.monotonic() < deadline:
        time.sleep(0.05)
    return [int(path.stem) for path in folder.glob("*.pid")]


def test_a_stopped_pool_ends_in_the_middle_and_closes_what_is_open(
    tmp_path: Path,
) -> None:
    chosen = processes.Processes(jobs=1)
    executor = chosen.start()
    executor.submit(note_and_wait, str(tmp_path))
    [pid] = notes(tmp_path, count=1)
    chosen.stop(executor)
    assert gone(pid)
    assert (tmp_path / "closed").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_no_process_outlives_a_parent_that_was_killed(tmp_path: Path) -> None:
    code = (
        "from executors import note_and_wait\n"
        "from grader.batch import pool, processes\n"
        "if __name__ == '__main__':\n"
        f"    tasks = [{str(tmp_path)!r}] * 2\n"
        "    list(pool.run(tasks, note_and_wait, pool=processes.Processes(jobs=2)))\n"
    )
    script = tmp_path / "parent.py"
    script.write_text(code, encoding="utf-8")
    path = os.pathsep.join([str(SUPPORT), *filter(None, sys.path)])
    parent = subprocess.Popen(
        [sys.executable, str(script)], env={**os.environ, "PYTHONPATH": path}
    )
    children = notes(tmp_path, count=2)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert len(children) == 2
    assert all(gone(pid) for pid in children)
    assert (tmp_path / "closed").exists()
