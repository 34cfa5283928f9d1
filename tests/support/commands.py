"""What running a command leaves behind, and how a test runs one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """The exit code and both streams."""

    code: int
    out: str
    err: str


Run: TypeAlias = Callable[[Sequence[object]], Ran]
