"""Tell each mistake once, with all the tensors that it is in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from grader.explain.problems import Subject
from grader.messages import render

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.explain.summary import Finding
    from grader.records import Message
    from grader.report import Diagnosis


def said_alike(message: Message) -> str:
    """Return what two sentences have in common that differ in the tensor only."""
    return render(replace(message, values={**message.values, "tensor": ""}))


def merged(findings: Iterable[Finding]) -> list[Finding]:
    """Return each mistake once; forward and backward may hold the same one."""
    told: list[Finding] = []
    for finding in findings:
        mistake = _mistake(finding)
        for place, known in enumerate(told):
            if mistake is not None and _mistake(known) == mistake:
                same = (*known.same, *finding.problem.tensors)
                told[place] = replace(known, same=same)
                break
        else:
            told.append(finding)
    return told


def _mistake(finding: Finding) -> tuple[object, ...] | None:
    """Return what is equal for two halves with one mistake in the same cases.

    None where nothing can be said of what the program does instead.
    """
    guess = finding.boundary
    if finding.memory or finding.mixed_up or guess is None:
        return None
    if finding.problem.subject is not Subject.WRONG:
        return None
    where = (guess.how, guess.condition)
    if len(finding.diagnoses) == 1:
        (one,) = finding.diagnoses
        return (*where, said_alike(one.behaves_like))
    if finding.relation is None or finding.diagnoses:
        return None
    return (*where, said_alike(finding.relation))


def different(diagnoses: Sequence[Diagnosis]) -> tuple[Diagnosis, ...]:
    """Leave out what has the same hint as one before: it is the same mistake."""
    hints = [(d.hint.id, d.hint.values.get("name")) for d in diagnoses]
    return tuple(d for i, d in enumerate(diagnoses) if hints[i] not in hints[:i])
