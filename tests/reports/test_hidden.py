from __future__ import annotations

from dataclasses import replace

import pytest
import reports
from telling import ELSEWHERE, ROOM, SECRETS, read, telling, without

from grader.assignment import Feedback
from grader.reports import RENDERERS, renderer
from grader.reports.shown import for_student

HIDDEN = [[part] for part in SECRETS] + [[*SECRETS]]


def what_a_student_gets(name: str, feedback: Feedback) -> str:
    report = for_student(telling(), feedback)
    text = renderer(name)(report, language="en", sentences=feedback.messages)
    return read(name, text)


@pytest.mark.parametrize("name", RENDERERS)
@pytest.mark.parametrize("hidden", HIDDEN, ids="+".join)
def test_no_format_tells_what_is_hidden(name: str, hidden: list[str]) -> None:
    text = what_a_student_gets(name, without(hidden))
    told = [secret for part in hidden for secret in SECRETS[part] if secret in text]
    assert told == []


@pytest.mark.parametrize("name", RENDERERS)
@pytest.mark.parametrize("hidden", SECRETS)
def test_what_is_not_hidden_is_told(name: str, hidden: str) -> None:
    text = what_a_student_gets(name, without({hidden}))
    for part in ROOM.get(name, ELSEWHERE) - {hidden}:
        assert any(secret in text for secret in SECRETS[part]), part


@pytest.mark.parametrize("name", sorted(RENDERERS.keys() - {"github-classroom"}))
def test_points_are_told_whatever_is_hidden(name: str) -> None:
    assert "83" in what_a_student_gets(name, without(SECRETS))


@pytest.mark.parametrize("name", sorted(RENDERERS.keys() - {"json"}))
def test_an_instructors_own_sentence_wins_in_every_format(name: str) -> None:
    own = {"report.nothing_handed_in": "Where is your homework?"}
    text = renderer(name)(reports.missing(), language="en", sentences=own)
    assert "Where is your homework?" in read(name, text)


@pytest.mark.parametrize("name", sorted(RENDERERS.keys() - {"json"}))
def test_a_slip_in_an_own_sentence_falls_back_to_ours(name: str) -> None:
    own = {"report.nothing_handed_in": "Where is {nobody.at} {0}?"}
    text = renderer(name)(reports.missing(), language="en", sentences=own)
    assert "nothing was handed in" in read(name, text)


@pytest.mark.parametrize(
    "name", ["text", "html", "markdown", "junit", "gradescope", "github-annotations"]
)
def test_how_a_criterion_stands_can_be_said_in_own_words(name: str) -> None:
    own = {"report.not_judged": "ask the staff"}
    report = replace(reports.undecided(), reason=None)
    text = renderer(name)(report, language="en", sentences=own)
    assert "ask the staff" in read(name, text)
