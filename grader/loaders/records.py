"""What the loaders hand on: a submission as text, and the program cut out of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grader.errors import SubmissionError
from grader.records import Message, MessageValue, Program, Unit

if TYPE_CHECKING:
    from grader.report import Identity

KIB: Final = 1024
MIB: Final = 1024 * KIB


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """One Python file or notebook, as text; a notebook has a unit a code cell."""

    name: str  # the path inside what was handed in, with "/"
    units: tuple[Unit, ...]
    is_provided: bool = False  # laid over the submission by the course

    @property
    def is_notebook(self) -> bool:
        """Tell whether the file was a notebook."""
        return self.name.lower().endswith(".ipynb")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A file that is there but cannot be used, and why."""

    name: str
    message: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What one student handed in, as text; never run or imported here."""

    identity: Identity
    files: tuple[SourceFile, ...]
    unreadable: tuple[Unreadable, ...] = ()
    notes: tuple[Message, ...] = ()
    file_pattern: str = ""  # of the assignment: which file is to be graded
    asked: str = ""  # the file that was named, where those beside it came along


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """A program cut out of a submission, and what there is to say about it."""

    program: Program
    file: str  # where the functions were found
    notes: tuple[Message, ...] = ()
    hints: tuple[Hint, ...] = ()
    missing: tuple[MissingModule, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingModule:
    """An import that was left out because it cannot succeed, though it is used."""

    module: str
    name: str  # that it would have bound
    file: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """What reading one function showed; told when that function goes wrong."""

    function: str
    kind: str  # "unfilled", "no_return", "float_size", ...
    message: Message


def message(message_id: str, **values: MessageValue) -> Message:
    """Return the sentence of this id with these values."""
    return Message(id=message_id, values=values)


def refusal(message_id: str, **values: MessageValue) -> SubmissionError:
    """Return the error of a submission that cannot be read or run."""
    return SubmissionError(message(message_id, **values))
