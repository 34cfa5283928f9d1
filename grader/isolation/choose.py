"""Open the strongest sandbox that this machine can build, as a canary observes it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, TypeAlias

from grader.errors import SandboxError, UsageError
from grader.isolation.canary import observe
from grader.isolation.linux_sandbox import ALL_LAYERS, LinuxSandbox
from grader.isolation.subprocess_sandbox import SubprocessSandbox
from grader.records import Tier

if TYPE_CHECKING:
    from grader.isolation.layers import Layers

AnySandbox: TypeAlias = LinuxSandbox | SubprocessSandbox
STRENGTH: Final = {Tier.WEAK: 0, Tier.MEDIUM: 1, Tier.STRONG: 2}


def open_sandbox(require: Tier | None = None) -> AnySandbox:
    """Return the best sandbox there is here, its tier as observed; close it after use.

    Raises:
        UsageError: It is weaker than required.
    """
    sandbox = best()
    if require is not None and STRENGTH[sandbox.tier] < STRENGTH[require]:
        sandbox.close()
        raise UsageError(
            f"isolation here is {sandbox.tier.value!r}, {require.value!r} is required;"
            " 'convgrade doctor' says what would raise it"
        )
    return sandbox


def best(layers: Layers = ALL_LAYERS) -> AnySandbox:
    """Return the best sandbox with no other layers than these."""
    if sys.platform == "linux":
        for tried in (layers, layers.without("nobody")):
            sandbox = _walled(tried)
            if sandbox is not None:
                return sandbox
    return SubprocessSandbox()


def _walled(layers: Layers) -> LinuxSandbox | None:
    """Return a Linux sandbox that a canary has come back from, None without one."""
    try:
        sandbox = LinuxSandbox(layers)
    except SandboxError:
        return None
    try:
        sandbox.observed = observe(sandbox, layers=sandbox.applied)
    except SandboxError:
        sandbox.close()
        return None
    except BaseException:  # an interrupt must leave no process behind
        sandbox.close()
        raise
    # Without either, student code could end the fork server again and again, and with
    # it every verdict that it does not like.
    if not {"seccomp", "namespaces"} & set(sandbox.applied):
        sandbox.close()
        return None
    return sandbox
