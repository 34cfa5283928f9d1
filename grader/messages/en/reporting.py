"""Sentences in English: the words around a report, in the terminal and on pages."""

from __future__ import annotations

from typing import Final

TEMPLATES: Final[dict[str, str]] = {
    "criterion.hygiene.inputs_unchanged": "inputs unchanged",
    "report.right": "right",
    "report.right_by_own_forward": "right for your own forward",
    "report.wrong": "wrong",
    "report.wrong_when": "wrong when {condition}",
    "report.wrong_when_both": "wrong when {first} and {second}",
    "report.wrong_when_either": "wrong when {first} or {second}",
    "report.wrong_in_kinds": "wrong in {wrong} of {kinds} kinds of case",
    "report.wrong_in_all_kinds": "wrong in every kind of case",
    "report.wrong_in_cases": "wrong in {wrong} of {cases} cases",
    "report.not_run": "not run in {unrun} of {cases} cases",
    "report.ended_and_not_run": "no answer in {wrong} of {cases} cases, {unrun} not run",
    "report.wrong_and_not_run": "wrong in {wrong} of {cases} cases, {unrun} not run",
    "report.nothing_to_judge": "nothing to judge where no answer came",
    "report.no_right_shape": "not earned where no answer has the right shape",
    "report.changed_and_nothing": "wrong in {wrong} of {cases} cases, nothing to judge in {nothing}",
    "report.not_judged": "not judged",
    "report.set_by_instructor": "set by your instructor",
    "report.set_by_instructor_because": "set by your instructor: {comment}",
    "report.nothing_handed_in": "nothing was handed in",
    "report.smallest_case": "Smallest case for {criterion}",
    "report.hung_case": "A case in which it does not finish",
    "report.expected": "expected {tensor}",
    "report.got": "your {tensor}",
    "report.brackets": "[ ] marks a wrong number.",
    "report.cut": "{name} {shape}: only a part is shown.",
    "report.one_wrong_number": (
        "{tensor}{index} should be {expected} and is {got}: {difference}."
    ),
    "report.looks_at": "pixels that out{index} looks at",
    "report.should_look_at": "pixels that it should look at",
    "report.printed": "Your program printed:",
    "report.reproduce": "To see it without convgrade:",
    "report.of_layer": "{layer}: {said}",
    "report.comment": "Your instructor writes: {comment}",
    "batch.broke": (
        "Not judged: convgrade broke ({reason}). This is our fault and costs no points."
    ),
}
