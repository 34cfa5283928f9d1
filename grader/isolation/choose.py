"""Open the strongest sandbox that this machine can build."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.errors import UsageError
from grader.isolation.subprocess_sandbox import SubprocessSandbox
from grader.records import Tier

if TYPE_CHECKING:
    from grader.isolation.sandbox import Sandbox

STRENGTH: Final = {Tier.WEAK: 0, Tier.MEDIUM: 1, Tier.STRONG: 2}


def open_sandbox(require: Tier | None = None) -> Sandbox:
    """Return the best sandbox there is here, its tier as observed.

    Raises:
        UsageError: It is weaker than required.
        SandboxError: Not even a plain worker process starts.
    """
    sandbox = SubprocessSandbox()
    if require is not None and STRENGTH[sandbox.tier] < STRENGTH[require]:
        sandbox.close()
        raise UsageError(
            f"isolation here is {sandbox.tier.value!r}, {require.value!r} is required;"
            " `convgrade doctor` says what would raise it"
        )
    return sandbox
