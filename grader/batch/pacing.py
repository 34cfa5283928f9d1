"""Write what grows with the class now and then, as a batch can afford to."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS_BETWEEN_TABLES: Final = 2.0
#: The table may cost this share of the time; it grows with the class.
SHARE_OF_TIME: Final = 0.05


@dataclass(slots=True)
class Occasionally:
    """Calls `write` again after a pause, which grows with what the call takes."""

    write: Callable[[], None]
    pause: float = SECONDS_BETWEEN_TABLES
    written: float = field(default_factory=time.monotonic)

    def write_if_due(self) -> None:
        """Write, unless that was just done."""
        started = time.monotonic()
        if started - self.written > self.pause:
            self.write()
            self.written = time.monotonic()
            self.pause = max(self.pause, (self.written - started) / SHARE_OF_TIME)
