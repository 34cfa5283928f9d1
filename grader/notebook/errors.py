"""Refuse a wrong call in one sentence, without the frames of our own code."""

from __future__ import annotations

from grader.errors import UsageError


class NotebookError(UsageError):
    """The notebook asked for something impossible; the text says what was wanted."""

    def _render_traceback_(self) -> list[str]:
        """Show IPython the sentence alone: it asks for this method by its name."""
        return [f"{type(self).__name__}: {self}"]
