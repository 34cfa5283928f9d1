from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from grader.batch import lock
from grader.errors import UsageError

HOLD = "import sys, pathlib; from grader.batch import lock\n"
HOLD += "with lock.held(pathlib.Path(sys.argv[1])):\n"
HOLD += "    print('held', flush=True); sys.stdin.read()\n"


def test_a_second_run_is_told_that_there_is_one(tmp_path: Path) -> None:
    with (
        lock.held(tmp_path),
        pytest.raises(UsageError, match=r"another run of convgrade writes into"),
        lock.held(tmp_path),
    ):
        pass


def test_one_run_after_another_is_fine(tmp_path: Path) -> None:
    for _ in range(2):
        with lock.held(tmp_path / "new" / "folder"):
            assert (tmp_path / "new" / "folder").is_dir()


def test_a_run_that_fails_lets_go(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="ours"), lock.held(tmp_path):
        raise ValueError("ours")
    with lock.held(tmp_path):
        pass


def test_a_run_that_was_killed_lets_go(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(UsageError, match="another run"), lock.held(tmp_path):
            pass
        other.kill()
        other.wait()
    with lock.held(tmp_path):
        pass


def test_where_nothing_can_be_written_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with (
        pytest.raises(UsageError, match="cannot write into the folder"),
        lock.held(tmp_path / "file"),
    ):
        pass


def test_a_drive_that_knows_no_locks_does_not_stop_a_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unsupported(*_: object, **__: object) -> None:
        raise NotImplementedError

    monkeypatch.setattr(FileLock, "acquire", unsupported)
    with lock.held(tmp_path):
        assert os.listdir(tmp_path) == []  # noqa: PTH208 (names are enough)


FORK = """
import os, pathlib, sys
from grader.batch import lock
with lock.held(pathlib.Path(sys.argv[1])):
    if os.fork() == 0:
        print("forked", flush=True)
        sys.stdin.read()
        os._exit(0)
    os.kill(os.getpid(), 9)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="forked on Linux only")
def test_what_was_forked_does_not_hold_what_its_killed_parent_held(
    tmp_path: Path,
) -> None:
    command = [sys.executable, "-c", FORK, str(tmp_path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "forked\n"
        assert parent.wait() == -signal.SIGKILL
        with lock.held(tmp_path):
            pass
