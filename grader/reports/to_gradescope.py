"""Render a report as the results.json that Gradescope reads."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from grader.records import Status
from grader.reports import findings
from grader.reports.foreign import visible
from grader.reports.numbers import points_number
from grader.reports.words import NO_SENTENCES, Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.report import CriterionScore, ExerciseReport, Report


def render(
    report: Report,
    *,
    language: str = "en",
    sentences: Mapping[str, str] = NO_SENTENCES,
) -> str:
    """Return the JSON; texts are plain, so that Gradescope escapes them.

    A report without a score has none here either, on no line: Gradescope then says
    that the autograder failed, records nothing, and lets the staff run it again.
    """
    words = Words(language=language, own=sentences)
    scored = report.score is not None
    result: dict[str, object] = {
        "output": visible("\n".join(findings.overall(report, words=words))),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "execution_time": round(report.provenance.seconds),
        "tests": [
            _test(line, exercise, report, number=number, words=words)
            for number, (exercise, line) in enumerate(_lines(report), start=1)
        ],
        "extra_data": _extra(report),
    }
    if scored:
        result["score"] = points_number(report.score or 0.0)
    return json.dumps(result, ensure_ascii=False, indent=2) + "\n"


def _lines(report: Report) -> list[tuple[ExerciseReport, CriterionScore]]:
    return [(e, line) for e in report.exercises for line in e.criteria]


def _test(
    line: CriterionScore,
    exercise: ExerciseReport,
    report: Report,
    *,
    number: int,
    words: Words,
) -> dict[str, object]:
    told = "\n".join(findings.findings(line, exercise, words=words))
    test: dict[str, object] = {
        "name": visible(findings.name_of(line, exercise, report)),
        "number": str(number),
        "output": visible(told),
        "visibility": "visible",
        "extra_data": {"status": line.status.value},
    }
    if line.status is not Status.UNDECIDED:
        full = line.points is not None and line.points >= line.max_points
        test["status"] = "passed" if full else "failed"
    if report.score is not None and line.points is not None:
        test["score"] = points_number(line.points)
        test["max_score"] = points_number(line.max_points)
    return test


def _extra(report: Report) -> dict[str, object]:
    made = report.provenance
    return {
        "status": report.outcome.value,
        "max_score": points_number(report.max_score),
        "convgrade": made.convgrade,
        "numpy": made.numpy,
        "python": made.python,
        "tier": made.tier.value,
        "seed": made.seed,
        "corpus": made.corpus,
    }
