"""Render a report as the result.json of Classroom 50 (classroom50/result/v1)."""

from __future__ import annotations

import json
import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from grader.records import Status
from grader.reports import findings
from grader.reports.foreign import visible
from grader.reports.whole_points import of_lines, whole
from grader.reports.words import NO_SENTENCES, Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.report import Report

SCHEMA: Final = "classroom50/result/v1"
INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
EPOCH: Final = "1970-01-01T00:00:00Z"
NO_ENVIRONMENT: Final[Mapping[str, str]] = MappingProxyType({})
#: The runner's variables, and what stands where one is not set: it must not be blank.
TOLD: Final = {
    "classroom": ("CLASSROOM", "unknown"),
    "assignment": ("ASSIGNMENT", "unknown"),
    "assignment_type": ("MODE", "individual"),
    "owner": ("USERNAME", "unknown"),
    "submission": ("SUBMISSION_TAG", "submit/unknown"),
    "commit": ("COMMIT_URL", "unknown"),
    "release": ("RELEASE_URL", "unknown"),
    "review": ("REVIEW_URL", "unknown"),
    "datetime": ("DATETIME", EPOCH),  # the runner stamps its own over it
}


def render(
    report: Report,
    *,
    language: str = "en",
    sentences: Mapping[str, str] = NO_SENTENCES,
    environment: Mapping[str, str] = NO_ENVIRONMENT,
) -> str:
    """Return the JSON; `environment` is what the runner tells of the submission.

    The format takes whole points only. A report without a score is 0 of 0, which is
    how the format itself says that there is no result: it costs nothing.
    """
    words = Words(language=language, own=sentences)
    tests = _tests(report, words=words) if report.score is not None else []
    tests = tests or [_ending(report, words=words)]
    result = {
        "schema": SCHEMA,
        **{key: _told(key, environment) for key in TOLD},
        "score": 0 if report.score is None else whole(report.score),
        "max-score": sum(test["max-score"] for test in tests),
        "tests": tests,
    }
    return json.dumps(result, ensure_ascii=False, indent=2) + "\n"


def _told(key: str, environment: Mapping[str, str]) -> str:
    name, otherwise = TOLD[key]
    value = visible(environment.get(name, "")) or otherwise
    fits = {
        "submission": value.startswith("submit/"),
        "assignment_type": value in ("individual", "group"),
        "datetime": INSTANT.fullmatch(value) is not None,
    }.get(key, True)
    return value if fits else otherwise


def _tests(report: Report, *, words: Words) -> list[dict[str, Any]]:
    lines = [(e, line) for e in report.exercises for line in e.criteria]
    points, limits = of_lines(
        [line.points or 0.0 for _, line in lines],
        [line.max_points for _, line in lines],
    )
    return [
        {
            "test-name": visible(findings.name_of(line, exercise, report))
            or "criterion",
            "passed": line.status is Status.PASSED,
            "score": earned,
            "max-score": limit,
            "status": line.status.value,
            "points": line.points,
            "message": visible(
                "\n".join(findings.findings(line, exercise, words=words))
            ),
        }
        for (exercise, line), earned, limit in zip(lines, points, limits, strict=True)
    ]


def _ending(report: Report, *, words: Words) -> dict[str, Any]:
    """Return the one test of a submission that has no criteria to show."""
    possible = 0 if report.score is None else whole(report.max_score)
    return {
        "test-name": "submission",
        "passed": False,
        "score": 0 if report.score is None else whole(report.score),
        "max-score": possible,
        "status": report.outcome.value,
        "message": visible("\n".join(findings.overall(report, words=words))),
    }
