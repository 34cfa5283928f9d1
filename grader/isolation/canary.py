"""Send a canary into a sandbox: what it can do there says how strong the wall is."""

from __future__ import annotations

import os
import socket
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

import grader
from grader.calls import Forward, Request, Returned
from grader.errors import SandboxError
from grader.records import Convention, Limits, Program, Tier, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.isolation.sandbox import Sandbox

PROGRAM: Final = Path(__file__).with_name("canary_program.py")
LIMITS: Final = Limits(call_seconds=5.0, submission_seconds=30.0, memory_mb=256)
TOO_MUCH: Final = 2 * LIMITS.memory_mb << 20
NOBODY_LISTENS: Final = 9  # the port of the service that throws everything away
NEEDED: Final = ("numpy.fft", "numpy.linalg", "numpy.polynomial", "colorsys")

#: What must fail in a strong and in a medium sandbox.
FORBIDDEN: Final = (
    "reads_a_file",
    "lists_a_folder",
    "writes_a_file",
    "sends_tcp",
    "sends_udp",
    "starts_a_process",
    "runs_a_program",
    "signals_its_parent",
    "takes_too_much_memory",
    "reads_the_environment",
    "imports_the_grader",
)
#: What fails in a strong one only.
HIDDEN: Final = ("sees_a_file", "sees_its_parent")
#: What would make a sandbox useless.
BROKEN: Final = "misses_python_or_numpy"
ATTEMPTS: Final = (*FORBIDDEN, *HIDDEN, BROKEN)
STRONG_LAYERS: Final = frozenset({"namespaces", "landlock", "seccomp", "rlimits"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """What the canary could do: by attempt, whether it got through."""

    got_through: Mapping[str, bool]
    layers: tuple[str, ...]

    @property
    def tier(self) -> Tier:
        """How strong that is."""
        if any(self.got_through[name] for name in FORBIDDEN):
            return Tier.WEAK
        hidden = not any(self.got_through[name] for name in HIDDEN)
        if hidden and set(self.layers) >= STRONG_LAYERS:
            return Tier.STRONG
        return Tier.MEDIUM


def _program(setting: Mapping[str, Any]) -> Program:
    convention = Convention(forward="forward", backward="backward", arguments=("x",))
    told = Unit(name="setting", source=f"SETTING = {dict(setting)!r}")
    return Program(
        units=(told, Unit(name="canary", source=PROGRAM.read_text("utf-8"))),
        convention=convention,
    )


def observe(sandbox: Sandbox, *, layers: tuple[str, ...] = ()) -> Observed:
    """Let the canary try everything; `layers` are those that were built.

    Raises SandboxError if it does not come back with an answer, or if Python or NumPy
    are not all there: student code could not run in such a sandbox.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o777)
        secret = folder / "secret"
        secret.write_text("secret", "utf-8")
        secret.chmod(0o644)
        setting = {
            "attempts": ATTEMPTS,
            "secret": str(secret),
            "folder": str(folder),
            "tcp": _listening(socket.SOCK_STREAM, stack),
            "udp": _listening(socket.SOCK_DGRAM, stack),
            "parent": os.getpid(),
            "memory": TOO_MUCH,
            "packages": [str(Path(grader.__file__).parents[1])],
            "needed": NEEDED,
        }
        got_through = _tried(sandbox, _program(setting))
    if got_through[BROKEN]:
        raise SandboxError("Python's library or NumPy is not all there in a worker")
    return Observed(got_through=got_through, layers=layers)


def _listening(kind: socket.SocketKind, stack: ExitStack) -> int:
    """Return a port of this machine that takes what is sent to it, until the end.

    A container may have no network at all, not even to itself: then there is none.
    """
    try:
        ear = stack.enter_context(socket.socket(socket.AF_INET, kind))
        ear.bind(("127.0.0.1", 0))
        if kind is socket.SOCK_STREAM:
            ear.listen()
    except OSError:
        return NOBODY_LISTENS
    port: int = ear.getsockname()[1]
    return port


def _tried(sandbox: Sandbox, program: Program) -> dict[str, bool]:
    step = Forward(arrays=(0,), options=None, slot=0)
    with sandbox.open(program, LIMITS) as worker:
        (seen,) = worker.run(Request(arrays=(np.zeros(1),), steps=(step,)))
    if not isinstance(seen, Returned) or seen.values[0].array is None:
        raise SandboxError(f"the canary did not come back: {seen}")
    answers = seen.values[0].array.tolist()
    return {name: bool(got) for name, got in zip(ATTEMPTS, answers, strict=True)}
