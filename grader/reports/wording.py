"""The few words that every format shares: criteria, points, and why some are lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.records import Message, Status
from grader.report import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.report import Boundary, CriterionScore, ExerciseReport, Report
    from grader.reports.words import Words

#: What stands where a number would lie: the score of what is undecided.
BLANK: Final = "-"


def points(value: float | None) -> str:
    """Return points as they are read: 85, 2.5, or a dash for undecided ones."""
    return BLANK if value is None else f"{value:.10g}"


def out_of(value: float | None, maximum: float) -> str:
    """Return points out of points possible, such as "85 / 100"."""
    return f"{points(value)} / {points(maximum)}"


def title(criterion: str, words: Words) -> str:
    """Return a criterion's name as students read it."""
    name = f"criterion.{criterion}"
    return words.say(Message(id=name)) if words.knows(name) else criterion


def standing(line: CriterionScore, exercise: ExerciseReport, words: Words) -> str:
    """Return how a criterion stands, in a few words: "wrong when pad = 0"."""
    if line.is_overridden:
        return words.say(_set_by_instructor(line))
    match line.status:
        case Status.UNDECIDED:
            return words.say(Message(id="report.not_judged"))
        case Status.PASSED:
            by_adjoint = any(regime.follow_through for regime in line.regimes)
            name = "report.right_by_own_forward" if by_adjoint else "report.right"
            return words.say(Message(id=name))
        case Status.FAILED:
            return words.say(_wrong(line, exercise, words))


def reason(report: Report) -> Message | None:
    """Return why there are no criteria to show, if so."""
    if report.reason is None and report.outcome is Outcome.MISSING:
        return Message(id="report.nothing_handed_in")
    return report.reason


def _set_by_instructor(line: CriterionScore) -> Message:
    if not line.override:
        return Message(id="report.set_by_instructor")
    values = {"comment": line.override}
    return Message(id="report.set_by_instructor_because", values=values)


def _wrong(line: CriterionScore, exercise: ExerciseReport, words: Words) -> Message:
    if line.standing is not None:
        return line.standing
    found = _boundary(line, exercise)
    literals = list(_conditions(found, words)) if found else []
    match literals:
        case [only]:
            return Message(id="report.wrong_when", values={"condition": only})
        case [first, second]:
            values = {"first": first, "second": second}
            both = found is not None and found.joined == "and"
            name = "report.wrong_when_both" if both else "report.wrong_when_either"
            return Message(id=name, values=values)
        case _:
            return _wrong_in_kinds(line)


def _boundary(line: CriterionScore, exercise: ExerciseReport) -> Boundary | None:
    """The criterion's own boundary, or that of another with the same wrong cases."""
    found = {boundary.criterion: boundary for boundary in exercise.boundaries}
    if line.criterion in found or not _failed(line):
        return found.get(line.criterion)
    alike = (o for o in exercise.criteria if _failed(o) == _failed(line))
    return next((found[o.criterion] for o in alike if o.criterion in found), None)


def _failed(line: CriterionScore) -> set[str]:
    return {case for regime in line.regimes for case in regime.failed}


def _wrong_in_kinds(line: CriterionScore) -> Message:
    failed = [r for r in line.regimes if r.status is Status.FAILED]
    wrong = len(failed)
    if not line.regimes:
        return Message(id="report.wrong")
    if any(len(regime.failed) < regime.cases for regime in failed):
        cases = sum(regime.cases for regime in line.regimes)
        values = {"wrong": len(_failed(line)), "cases": cases}
        return Message(id="report.wrong_in_cases", values=values)
    if wrong == len(line.regimes):
        return Message(id="report.wrong_in_all_kinds")
    values = {"wrong": wrong, "kinds": len(line.regimes)}
    return Message(id="report.wrong_in_kinds", values=values)


def _conditions(found: Boundary, words: Words) -> Iterator[str]:
    """Yield literals in words; the plain name where nobody has written any."""
    for place, literal in enumerate(found.literals):
        told = found.conditions[place : place + 1]
        yield words.say(told[0]) if told and words.knows(told[0].id) else literal
