"""A report whose every part tells a secret of its own, and what each secret is."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

import reports
from reports import said

from grader.assignment import Feedback
from grader.records import Message
from grader.report import Report

#: What `[feedback]` can hide, and what then must stand in no file for the student.
SECRETS: Final = {
    "boundaries": ("secret-where", "secret-lost", "secret-kind", "secret-case"),
    "counterexamples": ("secret-problem", "secret-snippet", "777.125", "(7, 7, 7, 7)"),
    "diagnosis": ("secret-like", "secret-hint", "secret-name", "secret-twin"),
    "footprint": ("secret-look", "888.375"),
    "output": ("secret-print",),
}
#: The secrets that a format has room for, where it has not for all.
ROOM: Final = {
    "html": set(SECRETS),
    "json": set(SECRETS),
    "text": set(SECRETS) - {"footprint"},  # a diagnosis says it better
    "markdown": set(SECRETS),
    "github-summary": set(SECRETS),
    "csv": {"boundaries"},
}
ELSEWHERE: Final = {"boundaries", "counterexamples"}


def telling() -> Report:
    """Return a report that holds all of the secrets, each in its own part."""
    report = reports.stride_forgotten()
    (exercise,) = report.exercises
    (diagnosis,) = reports.uncropped_dx().exercises[0].diagnoses
    (example,) = exercise.counterexamples
    (boundary,) = exercise.boundaries
    assert exercise.footprint is not None
    (row,) = exercise.footprint.rows
    where, look = said("secret-where"), said("secret-look")
    like, hint = said("secret-like"), said("secret-hint")
    shape = {"tensors": "out", "got": "(7, 7, 7, 7)", "expected": "(7, 7, 7, 7)"}
    lines = tuple(
        replace(
            line,
            lines=(said("secret-lost"),) if line.lines else (),
            regimes=tuple(
                replace(
                    regime,
                    label=said("secret-kind"),
                    failed=("secret-case",) if regime.failed else (),
                )
                for regime in line.regimes
            ),
        )
        for line in exercise.criteria
    )
    told = replace(
        exercise,
        criteria=lines,
        summary=(where, Message(id="where.one_shape.always", values=shape), like, hint),
        counterexamples=(
            replace(
                example,
                expected=reports.grid("out", reports.ONE * 777.125),
                got=reports.grid("out", reports.ONE, marks=reports.ONE),
                problem=said("secret-problem"),
                snippet="secret-snippet",
            ),
        ),
        boundaries=(replace(boundary, message=where, literals=("secret-where",)),),
        diagnoses=(
            replace(
                diagnosis,
                tensor="out",
                misconception="secret-name",
                twins=("secret-twin",),
                behaves_like=like,
                hint=hint,
            ),
        ),
        footprint=replace(
            exercise.footprint,
            message=look,
            rows=(replace(row, got=reports.grid("x", reports.ONE * 888.375)),),
        ),
    )
    return replace(report, exercises=(told,), output="secret-print")


def without(parts: Iterable[str]) -> Feedback:
    """Return the feedback that hides these parts."""
    given: dict[str, Any] = dict.fromkeys(parts, False)
    return Feedback(**given)


def read(name: str, text: str) -> str:
    """Return what a person or a program finds in a file of this format."""
    if name != "github-classroom":
        return text
    return json.dumps(json.loads(base64.b64decode(text)))
