"""Read what students hand in, as text, without ever running it."""

from __future__ import annotations

from grader.loaders.loading import (
    load,
    load_bytes,
    load_handed_in,
    with_contents,
    with_files,
)
from grader.loaders.records import Extraction, Submission

__all__ = [
    "Extraction",
    "Submission",
    "load",
    "load_bytes",
    "load_handed_in",
    "with_contents",
    "with_files",
]
