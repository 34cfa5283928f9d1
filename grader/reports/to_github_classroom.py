"""Render a report as the base64 JSON that GitHub Classroom's reporter reads.

The service is gone since August 2026; its reporter action still runs in old
repositories. It has counted points in two ways, the sum of the tests' scores and the
share of passed tests, so the tests here are parts of equal size: both give the total.
"""

from __future__ import annotations

import base64
import json
import math
from typing import TYPE_CHECKING

from grader.reports import findings
from grader.reports.foreign import visible
from grader.reports.whole_points import of_lines, whole
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
    """Return one line of base64; whole points only, and 0 of 0 without a score."""
    words = Words(language=language, own=sentences)
    message = visible("\n".join(findings.overall(report, words=words)))
    tests = _tests(report, words=words)
    if not tests:
        tests = [_test("submission", score=whole(report.score or 0.0), message=message)]
    result = {
        "version": 3,
        "status": _status(report),
        "message": message,
        "max_score": 0 if report.score is None else whole(report.max_score),
        "tests": tests,
    }
    written = json.dumps(result, ensure_ascii=False).encode()
    return base64.b64encode(written).decode() + "\n"


def _status(report: Report) -> str:
    if report.score is None:
        return "error"
    return "pass" if report.score >= report.max_score else "fail"


def _tests(report: Report, *, words: Words) -> list[dict[str, object]]:
    lines = [(e, line) for e in report.exercises for line in e.criteria]
    if report.score is None or not lines:
        return []
    points, limits = of_lines(
        [line.points or 0.0 for _, line in lines],
        [line.max_points for _, line in lines],
    )
    size = math.gcd(*limits, *points) or 1
    return [
        _test(
            f"{findings.name_of(line, exercise, report)} {part}/{limit // size}",
            score=size if part * size <= earned else 0,
            message=_message(line, exercise, words=words),
        )
        for (exercise, line), earned, limit in zip(lines, points, limits, strict=True)
        for part in range(1, limit // size + 1)
    ]


def _message(line: CriterionScore, exercise: ExerciseReport, *, words: Words) -> str:
    return visible("\n".join(findings.findings(line, exercise, words=words)))


def _test(name: str, *, score: int, message: str) -> dict[str, object]:
    return {
        "name": visible(name),
        "status": "pass" if score else "fail",
        "score": score,
        "message": "" if score else message,
        "test_code": "",
        "filename": "",
        "line_no": 0,
        "task_id": 0,
        "duration": "0s",
    }
