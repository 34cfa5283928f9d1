"""Write in plain text why one criterion lost points: sentences, grids, a snippet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.records import Message
from grader.reports import findings, text_case, to_text
from grader.reports.foreign import visible

if TYPE_CHECKING:
    from grader.report import CriterionScore, ExerciseReport
    from grader.reports.words import Words


def text(line: CriterionScore, exercise: ExerciseReport, *, words: Words) -> str:
    """Return what a student needs to know about this criterion alone."""
    parts = list(findings.findings(line, exercise, words=words))
    example = findings.example_of(line, exercise)
    if example is not None:
        case = text_case.counterexample(example, words, told=[example.problem])
        parts += ["", to_text.plain(case)]
        if example.snippet:
            parts += [words.say(Message(id="report.reproduce")), example.snippet]
    return visible("\n".join(parts)).rstrip()
