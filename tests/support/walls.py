"""Every wall that this machine can build, and every one that it can lack."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Final, ParamSpec, TypeVar

from grader.isolation.choose import AnySandbox, best
from grader.isolation.layers import Layers
from grader.isolation.subprocess_sandbox import SubprocessSandbox
from grader.records import Tier

P = ParamSpec("P")
T = TypeVar("T")

CONTAINER: Final = "medium, in a container without rights"
#: By name: the tier that it has where the machine reaches it, and how it is opened.
WALLS: Final[dict[str, tuple[Tier, Callable[[], AnySandbox]]]] = {
    "strong": (Tier.STRONG, best),
    CONTAINER: (Tier.MEDIUM, best),
    "medium, without namespaces": (
        Tier.MEDIUM,
        partial(best, Layers(namespaces=False)),
    ),
    "medium, without Landlock": (Tier.MEDIUM, partial(best, Layers(landlock=False))),
    "weak": (Tier.WEAK, SubprocessSandbox),
}
# What makes namespaces, and CLONE_NEWUSER, with which clone does.
REFUSED: Final = ("unshare", "setns", "mount", "umount2", "pivot_root")
NEW_USER: Final = 0x10000000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wall:
    """A sandbox, and the thread from which it must be used."""

    sandbox: AnySandbox
    thread: ThreadPoolExecutor

    @property
    def tier(self) -> str:
        """The tier as it was observed."""
        return self.sandbox.tier.value

    def call(
        self, function: Callable[P, T], *arguments: P.args, **options: P.kwargs
    ) -> T:
        """Call a function where the sandbox lives."""
        return self.thread.submit(function, *arguments, **options).result()


@contextmanager
def wall(name: str) -> Iterator[Wall | None]:
    """Open one of the walls; None if it is not the one that was meant, here."""
    wanted, opened = WALLS[name]
    begin = refuse_namespaces if name == CONTAINER else None
    # A filter belongs to the thread that has asked for it, and to its children.
    with ThreadPoolExecutor(max_workers=1, initializer=begin) as thread:
        sandbox = thread.submit(opened).result()
        try:
            is_meant = sandbox.tier is wanted
            yield Wall(sandbox=sandbox, thread=thread) if is_meant else None
        finally:
            thread.submit(sandbox.close).result()


def refuse_namespaces() -> None:
    """Have the kernel refuse this thread what a container's would be refused."""
    import pyseccomp as seccomp  # noqa: PLC0415 (there is none but on Linux)

    made = seccomp.SyscallFilter(seccomp.ALLOW)
    for call in REFUSED:
        made.add_rule(seccomp.ERRNO(errno.EPERM), call)
    condition = seccomp.Arg(0, seccomp.MASKED_EQ, NEW_USER, NEW_USER)
    made.add_rule(seccomp.ERRNO(errno.EPERM), "clone", condition)
    made.load()
