"""Hand hostile submissions in, and watch from outside what they reach."""

from __future__ import annotations

import socket
import sys
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

import numpy as np
import psutil

import grader
from grader import corpus
from grader.assignment import DEFAULT
from grader.exercises import load_exercise
from grader.records import Limits, Message
from grader.report import Identity
from grader.session import Setting, grade_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType

    from grader.corpus import Corpus
    from grader.isolation.sandbox import Sandbox
    from grader.report import Report

HERE: Final = Path(__file__).parents[1] / "attacks"
SUBMISSIONS: Final = HERE / "submissions"
BOAST: Final = "GOT THROUGH: "
#: Small, so that what hangs, sleeps or eats is soon over.
LIMITS: Final = Limits(call_seconds=0.2, submission_seconds=2.0, memory_mb=128)
LEFT: Final = ("/tmp", "/var/tmp", "/dev/shm")  # noqa: S108 (where attacks leave files)
# Their names, and none that chance may give to a folder of convgrade's own.
LEFT_NAMES: Final = ("convgrade-left", "convgrade-left-*", "convgrade-filled-*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack:
    """One line of the table: what is handed in, and what must come of it."""

    name: str
    base: str
    score: float
    says: str
    through: frozenset[str]  # tiers in which it may boast
    only: frozenset[str]  # tiers in which it is tried


def attacks() -> tuple[Attack, ...]:
    """Read the table."""
    lines = (HERE / "outcomes.txt").read_text("utf-8").split("\n")
    return tuple(
        _attack(line.split()) for line in lines if line and not line.startswith("#")
    )


def _attack(words: list[str]) -> Attack:
    name, base, score, says, through, *only = words
    return Attack(
        name=name,
        base=base,
        score=float(score),
        says="" if says == "-" else says,
        through=_tiers(through),
        only=_tiers(*only) if only else frozenset({"strong", "medium", "weak"}),
    )


def _tiers(words: str) -> frozenset[str]:
    return frozenset() if words == "-" else frozenset(words.split(","))


class World:
    """What attacks aim at: files, servers, this process; and whether they hit it."""

    def __init__(self, folder: Path) -> None:
        self._stack = ExitStack()
        self.folder = folder / "outside"
        self.folder.mkdir()
        self.folder.chmod(0o777)
        self.secret = self.folder / "secret"
        self.secret.write_text("secret", "utf-8")
        self._handed_in = folder / "handed_in"
        tcp = self._stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        udp = self._stack.enter_context(
            socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        )
        udp.bind(("127.0.0.1", 0))
        self._listening = [tcp, udp]
        self.target: dict[str, object] = {
            "folder": str(self.folder),
            "secret": str(self.secret),
            "package": str(Path(grader.__file__).parents[1]),
            "packages": str(Path(np.__file__).parents[1]),
            "parent": psutil.Process().pid,
            "tcp": tcp.getsockname()[1],
            "udp": udp.getsockname()[1],
            "unix": str(self.folder / "socket"),
            "abstract": f"convgrade-{tcp.getsockname()[1]}",
        }
        if sys.platform == "linux":
            for address in (str(self.target["unix"]), f"\0{self.target['abstract']}"):
                server = self._stack.enter_context(socket.socket(socket.AF_UNIX))
                server.bind(address)
                server.listen()
                self._listening.append(server)
        for server in self._listening:
            server.settimeout(0.0)
        self._before = self._state()

    def hand_in(self, attack: Attack, tier: str) -> Path:
        """Write the submission as a folder of its file and the base that it uses."""
        folder = self._handed_in / tier / attack.name
        folder.mkdir(parents=True, exist_ok=True)
        source = (SUBMISSIONS / f"{attack.name}.py").read_text("utf-8")
        (folder / "layers.py").write_text(source, "utf-8")
        told = {**self.target, "is_weak": tier == "weak", "may_kill": tier != "weak"}
        parts = [f"TARGET = {told!r}"]
        parts += [
            (SUBMISSIONS / "bases" / f"{name}.py").read_text("utf-8")
            for name in ("attempt", attack.base)
        ]
        (folder / "base.py").write_text("\n\n".join(parts), "utf-8")
        return folder

    def _state(self) -> Mapping[str, object]:
        """Return what nobody may have changed."""
        seen = self.secret.stat()
        return {
            "secret": (self.secret.read_bytes(), seen.st_mode, seen.st_mtime_ns),
            "names": sorted(path.name for path in self.folder.iterdir()),
            "left": sorted(
                str(path)
                for folder in LEFT
                for name in LEFT_NAMES
                for path in Path(folder).glob(name)
            ),
            "shared": _shared_memory(),
        }

    def hits(self) -> list[str]:
        """Return what was reached since the beginning, or was changed."""
        now = self._state()
        found = [f"changed: {k}: {now[k]}" for k in now if now[k] != self._before[k]]
        return found + [f"was called: {s}" for s in self._listening if _was_called(s)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()


def _was_called(server: socket.socket) -> bool:
    try:
        if server.type is socket.SOCK_DGRAM:
            return bool(server.recv(100))
        server.accept()[0].close()
    except BlockingIOError:
        return False
    return True


def _shared_memory() -> str:
    kinds = [Path(f"/proc/sysvipc/{kind}") for kind in ("shm", "msg", "sem")]
    key = str(0xC0FFEE)
    return "".join(
        line
        for kind in kinds
        if kind.exists()
        for line in kind.read_text("ascii").split("\n")
        if key in line.split()
    )


@cache
def corpus_of(*, every: int) -> Corpus:
    """The published corpus, or every so manyth case of it."""
    graded = DEFAULT.exercises[0]
    exercise = load_exercise(graded.layer)
    whole = corpus.build(
        exercise, graded.domain_for(exercise), seed=5, data=graded.data
    )
    return replace(whole, entries=whole.entries[::every])


def setting(sandbox: Sandbox, *, every: int = 1, limits: Limits = LIMITS) -> Setting:
    """What attacks are graded with."""
    posed = corpus_of(every=every)
    return Setting(
        assignment=replace(DEFAULT, limits=limits),
        corpora=(posed,),
        sandbox=sandbox,
        seed=posed.seed,
        corpus_digest=posed.digest,
    )


def graded(path: Path, given: Setting) -> Report:
    """The report on one submission."""
    return grade_path(path, given, identity=Identity(submission=path.name))


def said(report: Report) -> set[str]:
    """The ids of all messages in a report."""
    return set(_ids(report))


def _ids(report: Report) -> Iterator[str]:
    for exercise in report.exercises:
        told = [*exercise.summary, *(c.problem for c in exercise.counterexamples)]
        told += [line for c in exercise.criteria for line in c.lines]
        for message in told:
            yield from _inside(message)
    for message in (*report.notes, *([report.reason] if report.reason else [])):
        yield from _inside(message)


def _inside(message: Message) -> Iterator[str]:
    yield message.id
    for value in message.values.values():
        if isinstance(value, Message):
            yield from _inside(value)


def points(report: Report) -> dict[str, float | None]:
    """The points of every criterion."""
    return {c.criterion: c.points for e in report.exercises for c in e.criteria}
