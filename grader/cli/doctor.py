"""`convgrade doctor`: what runs here, and how well it shuts student code in."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from grader.cli import terminal
from grader.records import Tier

PACKAGES: Final = ("convgrade", "numpy", "hypothesis", "nbformat", "pydantic", "typer")
PROMISES: Final = {
    Tier.STRONG: "student code sees neither your files nor the network",
    Tier.MEDIUM: "student code sees neither your files nor the network",
    Tier.WEAK: (
        "expected values stay in the parent; student code can read your files and "
        "use your network"
    ),
}


def doctor() -> None:
    """Show versions, the isolation tier as observed, and what would raise it."""
    from grader.isolation.choose import open_sandbox  # noqa: PLC0415 (not for --help)

    console = terminal.results()
    console.print(f"python     {platform.python_version()} on {platform.platform()}")
    for name in PACKAGES:
        console.print(f"{name:<10} {_version(name)}")
    sandbox = open_sandbox()
    try:
        console.print(f"isolation  {sandbox.tier.value}: {PROMISES[sandbox.tier]}")
    finally:
        sandbox.close()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
