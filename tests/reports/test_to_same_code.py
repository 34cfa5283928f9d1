from __future__ import annotations

import pytest
import validators

from grader.messages import LANGUAGES
from grader.reports.to_same_code import MOST_DIFFS, Group, Member, render

HOSTILE = "</pre><script>alert(1)</script>\x1b[31m"


def member(name: str, text: str, *, student: str = "") -> Member:
    return Member(submission=name, student=student, text=text)


def test_a_diff_shows_how_each_is_written() -> None:
    members = (
        member("kim.py", "def f(x):\n    return x\n", student="Kim"),
        member("lee.py", "def f(y):\n    return y\n"),
        member("park.py", "def f(x):\n    return x\n"),
    )
    page = render([Group(function="f", members=members)])
    validators.html(page)
    assert "<del>-def f(x):</del>" in page
    assert "<ins>+def f(y):</ins>" in page
    assert "Kim (kim.py) and lee.py" in page
    assert "letter by letter" in page


def test_what_students_wrote_stays_text() -> None:
    members = (member(HOSTILE, HOSTILE), member("b", f"{HOSTILE}\nmore"))
    page = render([Group(function=HOSTILE, members=members)])
    validators.html(page)
    assert "<script>alert" not in page
    assert "\x1b" not in page


def test_of_very_many_some_are_shown() -> None:
    many = [member(str(n), "x") for n in range(MOST_DIFFS + 3)]
    page = render([Group(function="f", members=tuple(many))])
    assert "and 2 more" in page


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_nothing_found_is_said(language: str) -> None:
    page = render([], language=language)
    validators.html(page)
    assert LANGUAGES[language]["page.same_code.none"] in page
