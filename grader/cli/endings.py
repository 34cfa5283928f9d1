"""Exit codes, as the documentation promises them."""

from __future__ import annotations

from typing import Final

FINE: Final = 0
BELOW: Final = 1  # `--fail-under`
MISUSE: Final = 2  # wrong options, paths or configuration
UNDECIDED: Final = 3  # something could not be judged; our fault
INTERRUPTED: Final = 130  # as shells say it: 128 + SIGINT
