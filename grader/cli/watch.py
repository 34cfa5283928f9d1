"""Check a submission again at every save, and say what that has changed."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from rich.rule import Rule
from rich.text import Text

from grader import session
from grader.cli import terminal
from grader.errors import SubmissionError
from grader.loaders import load
from grader.records import Message
from grader.report import Identity, Outcome
from grader.reports import changes, shown, to_text
from grader.reports.foreign import visible_line
from grader.reports.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from grader.report import Report
    from grader.session import Setting


def watch(path: Path, setting: Setting, *, moments: Iterable[bool]) -> None:
    """Check at every moment at which the submission is there and another one."""
    before: Report | None = None
    digest = ""
    for is_there in moments:
        if not is_there:
            _remark("watch.gone", path, setting)
            digest = ""
            continue
        now = _digest(path, setting)
        if now == digest:
            continue
        digest, after = now, _graded(path, setting)
        _show(after, before, setting)
        _remark("watch.waiting", path, setting)
        # A file that was half saved has no standing to compare with.
        before = before if after.outcome is Outcome.UNREADABLE else after


def _digest(path: Path, setting: Setting) -> str:
    """Return what tells one submission from another: a touched file is the same one."""
    try:
        submission = load(path, setting.assignment, siblings=True)
    except SubmissionError as error:
        return repr(error.message)
    return submission.identity.digest


def _graded(path: Path, setting: Setting) -> Report:
    identity = Identity(submission=path.resolve().name)
    report = session.grade_path(path, setting, identity=identity, siblings=True)
    return shown.for_student(report, setting.assignment.feedback)


def _show(after: Report, before: Report | None, setting: Setting) -> None:
    """Print the report, and last, where it is seen, what is different in it."""
    feedback = setting.assignment.feedback
    console = terminal.results()
    if before is not None:
        console.print()
    console.print(Rule(time.strftime("%H:%M:%S"), align="left", style="dim"))
    text = to_text.layout(
        after, language=feedback.language, sentences=feedback.messages
    )
    console.print(text, crop=False)
    if before is not None:
        console.print()
        for line in changes.told(before, after, words=_words(setting)):
            console.print(Text(visible_line(line), "bold"))
    sys.stdout.flush()  # into a pipe, too, at once


def _remark(message: str, path: Path, setting: Setting) -> None:
    told = Message(id=message, values={"file": path.name})
    text = visible_line(_words(setting).say(told))
    terminal.remarks().print(Text(text, "dim"))


def _words(setting: Setting) -> Words:
    feedback = setting.assignment.feedback
    return Words(language=feedback.language, own=feedback.messages)
