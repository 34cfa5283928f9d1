"""One submission from its file to its Report."""

from __future__ import annotations

from grader.session.grade import (
    Setting,
    grade,
    grade_bytes,
    grade_handed_in,
    grade_path,
    unreadable,
)

__all__ = [
    "Setting",
    "grade",
    "grade_bytes",
    "grade_handed_in",
    "grade_path",
    "unreadable",
]
