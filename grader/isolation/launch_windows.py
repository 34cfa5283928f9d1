"""Start a cold worker on Windows, with pipes and a job; untested there so far."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import contextlib
    import msvcrt
    import os
    import subprocess
    from typing import TYPE_CHECKING, Final

    from grader.isolation.launch import command, environment
    from grader.isolation.windows import Job, pump_from, pump_to

    if TYPE_CHECKING:
        from collections.abc import Sequence

        from grader.isolation.launch import Ends

    OWN_MEMORY: Final = 512 << 20  # bytes that Python and NumPy take themselves

    def _inheritable(descriptor: int) -> int:
        handle = msvcrt.get_osfhandle(descriptor)
        os.set_handle_inheritable(handle, True)  # noqa: FBT003 (named nowhere)
        return handle

    def _popen(
        words: list[str], *, output: int, handles: list[int], folder: str
    ) -> subprocess.Popen[bytes]:
        startup = subprocess.STARTUPINFO()
        startup.lpAttributeList = {"handle_list": handles}
        return subprocess.Popen(  # noqa: S603 (our own Python, our own words)
            words,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=environment(),
            startupinfo=startup,
            creationflags=subprocess.CREATE_NEW_PROCESS_GROUP
            | subprocess.CREATE_NO_WINDOW,
        )

    def start_cold(
        ends: Ends, numbers: Sequence[int], *, folder: str
    ) -> tuple[subprocess.Popen[bytes], Job]:
        """Start a cold worker in a job of its own.

        Threads carry its pipes, because `select` knows nothing but sockets there.
        """
        job = Job(memory_bytes=(numbers[0] << 20) + OWN_MEMORY)
        requests, to_worker = os.pipe()
        from_worker, replies = os.pipe()
        trace_out, trace_in = os.pipe()
        printed, output = os.pipe()
        handles = [_inheritable(each) for each in (requests, replies, trace_in)]
        words = command("cold", *handles, *numbers)
        with contextlib.ExitStack() as stack:
            for theirs in (requests, replies, trace_in, output):
                stack.callback(os.close, theirs)
            process = _popen(words, output=output, handles=handles, folder=folder)
        # No student code runs in it yet, so that the job still holds everything.
        job.hold(int(vars(process)["_handle"]))  # offered under no other name
        pump_to(to_worker, ends.worker_wire.dup())
        pump_from(from_worker, ends.worker_wire.dup())
        pump_from(trace_out, ends.worker_trace.dup())
        pump_from(printed, ends.worker_output.dup())
        return process, job
