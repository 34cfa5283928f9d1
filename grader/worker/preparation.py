"""Prepare the fork server's walls once, so that each worker costs next to nothing."""

from __future__ import annotations

import os
from typing import Any, Final

from . import (
    getting_ready,
    landlock,
    limits,
    linux,
    lockdown,
    namespaces,
    packing,
    readable,
    serve,
)

MOST_THREADS: Final = 64
# Without namespaces the kernel counts all threads of the user, wherever they are.
MOST_THREADS_OF_A_USER: Final = 4096


class RefusedError(Exception):
    """This machine does not have that layer; the server must start without it."""

    def __init__(self, layer: str, reason: str) -> None:
        super().__init__(layer, reason)
        self.layer = layer
        self.reason = reason


class Ready:
    """Everything that a worker is locked down with."""

    def __init__(
        self,
        layers: lockdown.Layers,
        *,
        own: int | None,
        used: int,
        applied: list[str],
    ) -> None:
        self._layers = layers
        self._own = own
        self._used = used
        self.applied = applied

    def before_fork(self) -> None:
        """Have the next child be the first process of a namespace of its own."""
        if self._own is not None:
            namespaces.new_pid_namespace(self._own)

    def become_worker(
        self, asked: dict[str, int], wire: int, output: int, trace: int
    ) -> None:
        """Lock this process down and serve one program; never returns."""
        os.setsid()
        _take_fresh_input()
        os.dup2(output, 1)
        os.dup2(output, 2)
        _close_all_but(0, 1, 2, wire, trace, self._layers.landlock)
        getting_ready.tell_where(trace)
        if self._own is not None:
            namespaces.count_alone()
        lockdown.lock(
            self._layers,
            memory_mb=asked["memory_mb"],
            cpu_seconds=asked["cpu_seconds"],
            used=self._used,
        )
        os.write(wire, packing.Packer().frame(packing.READY, 0))
        serve.serve(wire, wire)


def _take_fresh_input() -> None:
    """Read nothing from a pipe of one's own, whose flags and mode no other one sees.

    Not from a device: what root's worker does to a descriptor it does to the machine.
    """
    nothing, writer = os.pipe()
    os.close(writer)
    os.dup2(nothing, 0)
    os.close(nothing)


def _close_all_but(*kept: int | None) -> None:
    numbers = sorted(number for number in kept if number is not None)
    for lower, upper in zip(numbers, [*numbers[1:], 1 << 10], strict=True):
        os.closerange(lower + 1, upper)


def _is_readable(given: readable.Readable) -> bool:
    """Whether this process may still read Python's library and NumPy."""
    folders = filter(os.path.isdir, given.library)
    return all(
        os.access(path, os.R_OK, effective_ids=True)
        for path in (*given.numpy, *folders, os.__file__)
    )


def _nobody_reads(given: readable.Readable) -> bool:
    os.seteuid(namespaces.NOBODY)
    try:
        return _is_readable(given)
    finally:
        os.seteuid(0)


def become_nobody(given: readable.Readable) -> None:
    """Give up root for good; RefusedError if Python could then not be read."""
    try:
        if not _nobody_reads(given):
            raise RefusedError("nobody", "only root can read this Python")
        os.setgroups([])
        os.setresgid(*(namespaces.NOBODY,) * 3)
        os.setresuid(*(namespaces.NOBODY,) * 3)
    except OSError as error:
        raise RefusedError("nobody", str(error)) from error


def _with_namespaces(given: readable.Readable, base: str, *, as_nobody: bool) -> int:
    try:
        old_proc = namespaces.leave(given, base, as_nobody=as_nobody)
    except OSError as error:
        raise RefusedError("namespaces", str(error)) from error
    if as_nobody:
        try:
            namespaces.become_nobody()
        except OSError as error:
            raise RefusedError("nobody", str(error)) from error
        if not _is_readable(given):
            raise RefusedError("nobody", "only root can read this Python")
    try:
        own = namespaces.settle(old_proc)
        namespaces.new_pid_namespace(own)
    except OSError as error:
        raise RefusedError("namespaces", str(error)) from error
    return own


def prepare(asked: dict[str, Any], numpy_folder: str) -> Ready:
    """Build the walls that were asked for; RefusedError names one that cannot be."""
    given = readable.readable(numpy_folder)
    used = limits.used_now()  # while /proc can be read
    as_nobody = bool(asked["nobody"]) and os.getuid() == 0
    own, rules = None, None
    if asked["namespaces"]:
        own = _with_namespaces(given, asked["base"], as_nobody=as_nobody)
    elif as_nobody:
        become_nobody(given)
    if asked["landlock"]:
        try:
            rules = landlock.rules(given)
        except OSError as error:
            raise RefusedError("landlock", str(error)) from error
    getting_ready.get_ready()
    program = bytes.fromhex(asked["seccomp"])
    layers = lockdown.Layers(
        landlock=rules,
        filter=linux.CallFilter(program) if program else None,
        most_threads=MOST_THREADS_OF_A_USER if own is None else MOST_THREADS,
    )
    applied = ["rlimits"]
    applied += [name for name in ("namespaces", "landlock", "seccomp") if asked[name]]
    applied += ["nobody"] if as_nobody else []
    return Ready(layers, own=own, used=used, applied=applied)
