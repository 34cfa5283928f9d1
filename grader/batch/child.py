"""Run one task after another for the process that has started this one.

Tasks come on the standard input and answers go to the standard output, pickled: both
ends are ours. The process ends when its input does, in the middle of a task if need be.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
import time
from queue import SimpleQueue
from typing import IO

from grader.batch import processes


def main() -> None:
    """Answer until nobody asks any more."""
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as replies:
        # What is printed in here must not end up among the answers.
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        processes.prepare_process()
        jobs: SimpleQueue[bytes] = SimpleQueue()
        reader = threading.Thread(
            target=_read, args=(sys.stdin.buffer, jobs), daemon=True
        )
        reader.start()
        while True:
            replies.write(answer(jobs.get()))
            replies.flush()


def answer(job: bytes) -> bytes:
    """Return, pickled, whether it returned, and what, pickled; else what it raised.

    A job is a function and its argument, pickled. What it returned is pickled by
    itself: who has asked passes it on, and need not read and write it again.
    """
    try:
        function, argument = pickle.loads(job)  # noqa: S301 (from who has started us)
        return pickle.dumps((True, pickle.dumps(function(argument))))
    except Exception as error:  # noqa: BLE001 (whoever asked has to know)
        try:
            told = pickle.dumps((False, error))
            pickle.loads(told)  # noqa: S301 (what was written a line above)
        except Exception:  # noqa: BLE001 (not every exception can be read back)
            text = f"{type(error).__name__}: {error}"
            return pickle.dumps((False, RuntimeError(text)))
        return told


def _read(stream: IO[bytes], jobs: SimpleQueue[bytes]) -> None:
    try:
        while True:
            jobs.put(pickle.load(stream))  # noqa: S301 (from who has started us)
    except (EOFError, pickle.UnpicklingError):
        os.kill(os.getpid(), signal.SIGTERM)  # leaves as after an error: all is closed
        time.sleep(processes.GRACE)
        os._exit(1)


if __name__ == "__main__":
    main()
