"""`convgrade doctor`: what runs here, and how well it shuts student code in."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from grader.cli import terminal

PACKAGES: Final = ("convgrade", "numpy", "hypothesis", "nbformat", "pydantic", "typer")


def doctor() -> None:
    """Show versions, the isolation tier as observed, and what would raise it."""
    from grader.isolation.doctor import examine  # noqa: PLC0415 (not for --help)
    from grader.messages import render  # noqa: PLC0415 (the same)

    console = terminal.results()
    console.print(f"python     {platform.python_version()} on {platform.platform()}")
    for name in PACKAGES:
        console.print(f"{name:<10} {_version(name)}")
    for message in examine():
        console.print(render(message), highlight=False)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
