"""Be a worker from a cold start: for platforms that cannot fork a warm one."""

from __future__ import annotations

import contextlib
import os
import signal
import sys

from . import numpy_only


def descriptor(number: int, *, writes: bool) -> int:
    """Return a file descriptor for what the parent has handed down by number."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 (only there)

        mode = os.O_WRONLY if writes else os.O_RDONLY
        return msvcrt.open_osfhandle(number, mode | os.O_BINARY)
    return number


def give_up_rights(numpy_folder: str) -> None:
    """Keep root's rights from student code, and all ways to gain others.

    Where only root can read this Python, who may read everything still may. The worker
    ends when the grader ends.
    """
    if sys.platform == "linux":
        from . import linux, preparation, readable  # noqa: PLC0415 (only there)

        if os.getuid() == 0:
            with contextlib.suppress(preparation.RefusedError):
                preparation.become_nobody(readable.readable(numpy_folder))
        try:
            linux.set_capabilities(linux.READ_ANY_FILE)
        except OSError:  # it is not ours to keep
            linux.set_capabilities(0)
        linux.forbid_new_privileges()
        linux.forbid_tracing()
        linux.die_with_parent(signal.SIGKILL)


def main(arguments: list[str]) -> None:
    """Serve one program; NUMPY SOURCE SINK TRACE MEMORY_MB CPU_SECONDS."""
    folder, *numbers = arguments
    source, sink, trace, memory_mb, cpu_seconds = map(int, numbers)
    numpy_only.prepare(folder)
    # These import NumPy, so that it must be findable first.
    from . import getting_ready, limits, packing, serve  # noqa: PLC0415

    getting_ready.tell_where(descriptor(trace, writes=True))
    getting_ready.get_ready()
    used = limits.used_now()
    limits.limit(memory_mb=memory_mb, cpu_seconds=cpu_seconds, used=used)
    give_up_rights(folder)
    sink = descriptor(sink, writes=True)
    os.write(sink, packing.Packer().frame(packing.READY, 0))
    serve.serve(descriptor(source, writes=False), sink)
