from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
import reports
import validators
from golden import is_golden

from grader.report import Report
from grader.reports import to_class
from grader.reports.class_rows import class_list

ENDINGS = reports.every_ending()


def page_of(*pages: Report, language: str = "en") -> str:
    listed = class_list((r, f"staff/{r.identity.submission}.html") for r in pages)
    return to_class.render(listed, language=language)


def data_of(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_the_page_is_what_its_golden_file_says() -> None:
    page = re.sub(r"sha256-[^&]*", "sha256-…", page_of(*ENDINGS.values()))
    bare = re.sub(r"<(style|script)>.*?</\1>", r"<\1></\1>", page, flags=re.DOTALL)
    assert is_golden(bare, "html/class.html")


@pytest.mark.parametrize("language", ["en", "ko"])
def test_hostile_rows_are_shown_and_do_nothing(language: str) -> None:
    text = validators.html(page_of(*ENDINGS.values(), language=language))
    assert "document.title='owned'" in text


def test_the_table_has_a_row_for_every_report() -> None:
    rows = data_of(page_of(*ENDINGS.values()))["rows"]
    assert [row["score"] for row in rows] == [r.score for r in ENDINGS.values()]
    assert [row["status"] for row in rows] == [
        r.outcome.value for r in ENDINGS.values()
    ]


def test_an_address_is_relative_and_quoted() -> None:
    identity = replace(reports.identity(), submission='javascript:a"b c')
    (row,) = data_of(page_of(replace(reports.right(), identity=identity)))["rows"]
    assert row["href"] == "./staff/javascript%3Aa%22b%20c.html"


def test_a_row_without_a_page_has_no_link() -> None:
    page = to_class.render(class_list([(reports.missing(), "")]))
    assert data_of(page)["rows"][0]["href"] == ""
    assert "Han Missing" in validators.html(page)


def test_no_report_at_all_is_still_a_page() -> None:
    assert "0 submissions" in validators.html(to_class.render(class_list([])))


def test_kinds_of_two_layers_share_a_heat_map() -> None:
    report = reports.right()
    (exercise,) = report.exercises
    line = replace(exercise.criteria[0], regimes=(reports.regime("global"),))
    pool = replace(exercise, exercise="pool", criteria=(line,))
    page = page_of(replace(report, exercises=(exercise, pool)))
    columns = data_of(page)["columns"]
    assert [it["title"] for it in columns][-2:] == [
        "conv2d hygiene.inputs_unchanged",
        "pool forward.shape",
    ]
    assert "global" in validators.html(page)


def test_of_very_many_the_table_keeps_those_that_need_an_eye(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(to_class, "MOST_ROWS", 3)
    page = page_of(*ENDINGS.values())
    kept = [row["status"] for row in data_of(page)["rows"]]
    assert kept == ["undecided", "unreadable", "missing"]
    assert f"{len(ENDINGS) - 3} graded submissions" in validators.html(page)


def test_a_page_of_two_thousand_is_small() -> None:
    report = reports.stride_forgotten()
    assert len(page_of(*[report] * 2000).encode()) < 6_000_000


def test_rare_mistakes_are_counted_and_not_listed() -> None:
    report = reports.uncropped_dx()
    (exercise,) = report.exercises
    (diagnosis,) = exercise.diagnoses
    many = tuple(replace(diagnosis, misconception=f"m{i}") for i in range(15))
    page = page_of(replace(report, exercises=(replace(exercise, diagnoses=many),)))
    assert "and 3 rarer ones" in validators.html(page)
