"""What Windows needs in place of process groups and limits; untested there so far."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import contextlib
    import ctypes
    import os
    import socket
    import threading
    from ctypes import wintypes
    from typing import Final

    EXTENDED_LIMITS: Final = 9
    KILL_ON_CLOSE: Final = 0x2000
    ONE_PROCESS: Final = 0x0008
    PROCESS_MEMORY: Final = 0x0100
    DIE_ON_EXCEPTION: Final = 0x0400  # no dialog that waits for a click

    class BasicLimits(ctypes.Structure):
        """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

        _fields_ = (
            ("PerProcessUserTimeLimit", wintypes.LARGE_INTEGER),
            ("PerJobUserTimeLimit", wintypes.LARGE_INTEGER),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class ExtendedLimits(ctypes.Structure):
        """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

        _fields_ = (
            ("BasicLimitInformation", BasicLimits),
            ("IoInfo", ctypes.c_ulonglong * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel.CreateJobObjectW.restype = wintypes.HANDLE
    _kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, wintypes.LPCWSTR)
    _kernel.SetInformationJobObject.argtypes = (
        wintypes.HANDLE,
        ctypes.c_int,
        ctypes.c_void_p,
        wintypes.DWORD,
    )
    _kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
    _kernel.CloseHandle.argtypes = (wintypes.HANDLE,)

    class Job:
        """A job object: one process, so much memory, and all end with the handle."""

        def __init__(self, *, memory_bytes: int) -> None:
            self._handle = _kernel.CreateJobObjectW(None, None)
            if not self._handle:
                raise ctypes.WinError(ctypes.get_last_error())
            limits = ExtendedLimits()
            limits.BasicLimitInformation.LimitFlags = (
                KILL_ON_CLOSE | ONE_PROCESS | PROCESS_MEMORY | DIE_ON_EXCEPTION
            )
            limits.BasicLimitInformation.ActiveProcessLimit = 1
            limits.ProcessMemoryLimit = memory_bytes
            if not _kernel.SetInformationJobObject(
                self._handle,
                EXTENDED_LIMITS,
                ctypes.byref(limits),
                ctypes.sizeof(limits),
            ):
                raise ctypes.WinError(ctypes.get_last_error())

        def hold(self, process_handle: int) -> None:
            """Put a process into the job; OSError if it cannot be."""
            if not _kernel.AssignProcessToJobObject(self._handle, process_handle):
                raise ctypes.WinError(ctypes.get_last_error())

        def close(self) -> None:
            """End everything that is in the job."""
            if self._handle:
                _kernel.CloseHandle(self._handle)
                self._handle = None

    def pump_from(pipe: int, sink: socket.socket) -> None:
        """Copy what a worker writes into a socket, which `select` can wait for."""

        def copy() -> None:
            try:
                while part := os.read(pipe, 1 << 16):
                    sink.sendall(part)
            except OSError:
                pass  # one of the two ends has gone
            os.close(pipe)
            # Its other half may still be read from, so that closing alone says nothing.
            with contextlib.suppress(OSError):
                sink.shutdown(socket.SHUT_WR)
            sink.close()

        threading.Thread(target=copy, daemon=True).start()

    def pump_to(pipe: int, source: socket.socket) -> None:
        """Copy what is sent over a socket to a worker's pipe."""

        def copy() -> None:
            try:
                while part := source.recv(1 << 16):
                    rest = memoryview(part)
                    while rest:
                        rest = rest[os.write(pipe, rest) :]
            except OSError:
                pass  # one of the two ends has gone
            os.close(pipe)

        threading.Thread(target=copy, daemon=True).start()
