"""Render a report as JUnit XML: a test suite a layer, a test a criterion and kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from grader.records import Status
from grader.report import Outcome
from grader.reports import findings, wording
from grader.reports.class_rows import label_of
from grader.reports.foreign import visible, visible_line
from grader.reports.words import NO_SENTENCES, Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.report import CriterionScore, ExerciseReport, RegimeScore, Report

#: What stands in a test for an ending that is not a pass.
ENDINGS: Final = {Status.FAILED: "failure", Status.UNDECIDED: "error"}
WHOLE_SUBMISSION: Final = {
    Outcome.UNREADABLE: "failure",
    Outcome.UNDECIDED: "error",
    Outcome.MISSING: "skipped",
}


def render(
    report: Report,
    *,
    language: str = "en",
    sentences: Mapping[str, str] = NO_SENTENCES,
) -> str:
    """Return the XML; the score is a property of each suite."""
    words = Words(language=language, own=sentences)
    root = ET.Element("testsuites", name="convgrade")
    for exercise in report.exercises:
        suite = _suite(root, report, name=exercise.exercise)
        for line in exercise.criteria:
            _add_tests(suite, line, exercise, words=words)
    if report.outcome in WHOLE_SUBMISSION:
        _add_ending(_suite(root, report, name="submission"), report, words=words)
    for suite in root:
        _count(suite)
    _count(root)
    root.set("time", f"{report.provenance.seconds:.3f}")
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _suite(root: ET.Element, report: Report, *, name: str) -> ET.Element:
    suite = ET.SubElement(root, "testsuite", name=visible_line(name))
    properties = ET.SubElement(suite, "properties")
    made = report.provenance
    told = {
        "submission": report.identity.submission,
        "status": report.outcome.value,
        "score": "" if report.score is None else wording.points(report.score),
        "max_score": wording.points(report.max_score),
        "convgrade": made.convgrade,
        "tier": made.tier.value,
        "seed": str(made.seed),
    }
    for key, value in told.items():
        if value:
            ET.SubElement(properties, "property", name=key, value=visible_line(value))
    return suite


def _add_tests(
    suite: ET.Element,
    line: CriterionScore,
    exercise: ExerciseReport,
    *,
    words: Words,
) -> None:
    """Add a test for each kind of case; one for all if the criterion has no kinds."""
    if not line.regimes:
        _add_test(suite, line.criterion, exercise=exercise, line=line, words=words)
    for regime in line.regimes:
        kind = words.say(label_of(regime))
        name = f"{line.criterion} [{kind}]"
        _add_test(suite, name, exercise=exercise, line=line, regime=regime, words=words)


def _add_test(  # noqa: PLR0913 (what one test is made of)
    suite: ET.Element,
    name: str,
    *,
    exercise: ExerciseReport,
    line: CriterionScore,
    regime: RegimeScore | None = None,
    words: Words,
) -> None:
    test = ET.SubElement(suite, "testcase", name=visible_line(name))
    test.set("classname", visible_line(f"{exercise.exercise}.{line.criterion}"))
    status = line.status if regime is None else regime.status
    if status is Status.PASSED:
        return
    told = findings.findings(line, exercise, words=words)
    ending = ET.SubElement(test, ENDINGS[status], message=visible_line(told[0]))
    ending.set("type", status.value)
    example = findings.example_of(line, exercise)
    snippet = example.snippet if example is not None else ""
    ending.text = visible("\n".join((*told, "", snippet) if snippet else told))


def _add_ending(suite: ET.Element, report: Report, *, words: Words) -> None:
    test = ET.SubElement(suite, "testcase", name="submission", classname="convgrade")
    told = findings.overall(report, words=words)
    kind = WHOLE_SUBMISSION[report.outcome]
    ending = ET.SubElement(test, kind, message=visible_line(" ".join(told)))
    if kind != "skipped":
        ending.set("type", report.outcome.value)


def _count(element: ET.Element) -> None:
    """Set the counts that readers of JUnit XML sum up."""
    element.set("tests", str(len(element.findall(".//testcase"))))
    for plural, kind in (
        ("failures", "failure"),
        ("errors", "error"),
        ("skipped", "skipped"),
    ):
        element.set(plural, str(len(element.findall(f".//{kind}"))))
