"""Name the versions that a course is set up with: those that run here."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from importlib.metadata import version
from typing import Final

from grader.errors import UsageError

PYTHON: Final = re.compile(r"3\.(\d+)")
OLDEST: Final = 11  # the minor version, as pyproject.toml requires it


@dataclass(frozen=True, slots=True, kw_only=True)
class Pins:
    """Versions, each as a requirement writes it; Python's without its last part."""

    convgrade: str
    numpy: str
    python: str

    @property
    def values(self) -> dict[str, str]:
        """What templates call them."""
        return {
            "CONVGRADE": self.convgrade,
            "NUMPY": self.numpy,
            "PYTHON": self.python,
        }


def running(*, python: str | None = None) -> Pins:
    """Return the versions that run here, for this or for another Python.

    Raises:
        UsageError: it is no Python that convgrade runs on.
    """
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    wanted = here if python is None else python
    found = PYTHON.fullmatch(wanted)
    if found is None or int(found[1]) < OLDEST:
        raise UsageError(
            f"--python is {wanted!r}; wanted '3.{OLDEST}' or newer, such as '3.12'"
        )
    return Pins(convgrade=version("convgrade"), numpy=version("numpy"), python=wanted)
