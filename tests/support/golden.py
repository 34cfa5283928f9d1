"""Compare a text with the file that is kept of it, byte by byte.

`UPDATE_GOLDEN=1 pytest tests/reports` writes the files anew; read their diff.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parents[1] / "golden"


def is_golden(text: str, name: str) -> bool:
    """Return whether the text is that of the golden file."""
    path = FOLDER / name
    written = text.encode("utf-8")
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written)
    return path.read_bytes() == written
