from __future__ import annotations

from collections.abc import Callable

import pytest
from written_reports import ENDINGS, right, undecided, unreadable, wrong_dx

from grader.report import Report
from grader.reports import changes
from grader.reports.words import Words

ENGLISH = Words()


@pytest.mark.parametrize("make", ENDINGS)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_report_differs_in_nothing_from_itself(
    make: Callable[[], Report], language: str
) -> None:
    (told,) = changes.told(make(), make(), words=Words(language=language))
    assert told in {"No points have changed.", "점수에는 변화가 없습니다."}


@pytest.mark.parametrize("before", ENDINGS)
@pytest.mark.parametrize("after", ENDINGS)
def test_a_change_never_leaves_anything_unsaid(
    before: Callable[[], Report], after: Callable[[], Report]
) -> None:
    there = changes.told(before(), after(), words=ENGLISH)
    back = changes.told(after(), before(), words=ENGLISH)
    assert len(there) == len(back)
    assert all(line and "{" not in line for line in there + back)


def test_the_score_comes_first_and_then_what_moved_it() -> None:
    score, *lines = changes.told(wrong_dx(), right(), words=ENGLISH)
    assert score == "85 / 100 before, 100 / 100 now: 15 more."
    assert [line.partition(":")[0] for line in lines] == [
        line.criterion
        for exercise in wrong_dx().exercises
        for line in exercise.criteria
        if line.points != line.max_points
    ]


def test_what_was_gained_is_lost_on_the_way_back() -> None:
    assert changes.told(right(), wrong_dx(), words=ENGLISH)[0].endswith("15 less.")


def test_what_could_not_be_read_has_one_line_for_all_criteria() -> None:
    assert len(changes.told(right(), unreadable(), words=ENGLISH)) == 1


def test_a_blank_score_is_no_loss() -> None:
    told = changes.told(right(), undecided(), words=ENGLISH)[0]
    assert "less" not in told
    assert told.endswith("- / 100 now.")
