"""What can go wrong that is not a verdict, each ending as its own type."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.records import Message


class ConvgradeError(Exception):
    """Base of every error that convgrade raises on purpose."""


class UsageError(ConvgradeError):
    """The user asked for something impossible; the text says what was wanted."""


class SandboxError(ConvgradeError):
    """The sandbox itself broke; whatever was being judged stays undecided."""


class SubmissionError(ConvgradeError):
    """A submission cannot be read or run; its student is told in one sentence."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.id, dict(message.values))
        self.message = message
