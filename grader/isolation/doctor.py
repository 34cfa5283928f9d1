"""Say how strong the isolation is on this machine, and what would raise it."""

from __future__ import annotations

import platform
import sys
from typing import TYPE_CHECKING

from grader.isolation.canary import ATTEMPTS, BROKEN, observe
from grader.isolation.choose import best
from grader.isolation.linux_sandbox import LinuxSandbox
from grader.records import Message, Tier

if TYPE_CHECKING:
    from grader.isolation.canary import Observed
    from grader.isolation.choose import AnySandbox


def examine() -> tuple[Message, ...]:
    """Open the best sandbox, let the canary try, and return what there is to say."""
    sandbox = best()
    try:
        seen = observe(sandbox, layers=getattr(sandbox, "applied", ()))
        return (*_findings(sandbox.tier, seen), *advice(sandbox))
    finally:
        sandbox.close()


def _findings(tier: Tier, seen: Observed) -> tuple[Message, ...]:
    first = Message(id=f"doctor.tier.{tier.value}")
    return (first, *(_finding(name, seen) for name in ATTEMPTS if name != BROKEN))


def _finding(name: str, seen: Observed) -> Message:
    attempt = Message(id=f"doctor.attempt.{name}")
    outcome = "possible" if seen.got_through[name] else "blocked"
    return Message(id=f"doctor.{outcome}", values={"attempt": attempt})


def advice(sandbox: AnySandbox) -> tuple[Message, ...]:
    """Return what would make this sandbox stronger; nothing if nothing would."""
    if sys.platform != "linux":
        return (
            Message(id="doctor.advice.linux", values={"system": platform.system()}),
        )
    if not isinstance(sandbox, LinuxSandbox):
        return (
            Message(id="doctor.advice.kernel", values={"release": platform.release()}),
        )
    return tuple(
        Message(id=f"doctor.advice.{each.layer}", values={"reason": each.reason})
        for each in sandbox.refused
    )
