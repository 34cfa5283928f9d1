"""Find a browser on this machine, and what its tests need."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from typing import Final

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
#: A browser that only opens our own files needs none of its other services.
FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def why_not() -> str:
    """Return why pages cannot be opened here; blank if they can."""
    for module in ("playwright", "axe_playwright_python"):
        if find_spec(module) is None:
            return f"{module} is not installed: pip install '.[browser]'"
    return "" if path() else f"none of {', '.join(NAMES)} is installed"


def path() -> str:
    """Return the browser's path; blank if there is none."""
    given = os.environ.get("CONVGRADE_BROWSER", "")
    return given or next(filter(None, map(shutil.which, NAMES)), "")


def is_required() -> bool:
    """Whether a missing browser is a fault, as in the build, and no reason to skip."""
    return bool(os.environ.get("CONVGRADE_REQUIRE_BROWSER"))
