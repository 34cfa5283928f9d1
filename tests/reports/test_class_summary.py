from __future__ import annotations

from dataclasses import replace

import reports
from hypothesis import given
from hypothesis import strategies as st

from grader.report import Outcome
from grader.reports import class_summary
from grader.reports.class_rows import ClassList, class_list


def listed(*names: str) -> ClassList:
    """Return the class list of these kinds of report."""
    endings = reports.every_ending()
    return class_list((endings[name], f"{name}.html") for name in names)


def test_outcomes_are_counted() -> None:
    counts = class_summary.outcomes(listed("right", "missing", "right", "undecided"))
    assert counts == {Outcome.GRADED: 2, Outcome.UNDECIDED: 1, Outcome.MISSING: 1}


@given(scores=st.lists(st.floats(0, 100), max_size=20))
def test_every_graded_score_is_in_one_bucket(scores: list[float]) -> None:
    reported = [replace(reports.right(), score=score) for score in scores]
    buckets = class_summary.distribution(class_list((r, "") for r in reported))
    assert sum(bucket.count for bucket in buckets) == len(scores)
    assert buckets[-1].count == sum(score >= 100 for score in scores)


def test_what_has_no_score_is_in_no_bucket_and_no_average() -> None:
    only = listed("undecided", "unreadable", "missing")
    assert not any(bucket.count for bucket in class_summary.distribution(only))
    assert class_summary.average(only) is None


def test_mean_and_median_are_of_what_was_graded() -> None:
    found = class_summary.average(listed("right", "right", "uncropped_dx", "missing"))
    assert found == (95.0, 100.0)


def test_heat_counts_what_is_wrong_and_what_was_judged() -> None:
    cells = class_summary.heat(listed("stride_forgotten", "right", "undecided"))
    value, inputs = cells[1], cells[-1]
    assert [(cell.wrong, cell.judged) for cell in value] == [(0, 3)] * 4 + [(1, 3)] * 4
    assert [(cell.wrong, cell.judged) for cell in inputs] == [(0, 2)] * 8
    assert [cell.shade for cell in value[3:5]] == [0, 2]


def test_the_most_frequent_misconception_is_first() -> None:
    found = class_summary.frequent(listed("uncropped_dx", "hostile", "uncropped_dx"))
    assert [len(it.rows) for it in found] == [2, 1]
    assert found[0].name == "crop_with_minus_pad"
    assert found[0].first == found[0].rows


def test_our_own_faults_lead_what_could_not_be_graded() -> None:
    found = class_summary.ungraded(
        listed("missing", "unreadable", "unreadable", "undecided", "right")
    )
    assert [(it.rows[0].outcome, len(it.first)) for it in found] == [
        (Outcome.UNDECIDED, 1),
        (Outcome.UNREADABLE, 2),
        (Outcome.MISSING, 1),
    ]


def test_the_slowest_are_ten_at_most_and_nobody_who_did_not_run() -> None:
    times = [
        replace(reports.right(), provenance=reports.provenance(t)) for t in range(15)
    ]
    found = class_summary.slowest(class_list((r, "") for r in times))
    assert [row.seconds for row in found] == list(range(14, 4, -1))
