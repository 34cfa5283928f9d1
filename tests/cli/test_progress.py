from __future__ import annotations

import io

from rich.console import Console
from written_reports import right

from grader.assignment import Feedback
from grader.batch import entries
from grader.batch.grade import Progress
from grader.cli import progress


def shown(*, is_terminal: bool) -> str:
    target = io.StringIO()
    console = Console(file=target, force_terminal=is_terminal, width=100, _environ={})
    with progress.bar(console, total=2) as watch:
        for done in (1, 2):
            entry = entries.entry(
                right("[b]\x1b[2Jkim"), file="kim", feedback=Feedback()
            )
            watch(Progress(done=done, total=2, entry=entry))
    return target.getvalue()


def test_a_terminal_sees_how_far_it_is() -> None:
    text = shown(is_terminal=True)
    assert "2/2" in text
    assert r"[b]\x1b[2Jkim" in text


def test_a_pipe_sees_nothing() -> None:
    assert shown(is_terminal=False).strip() == ""
