"""What a check shows: a page in a notebook, plain text everywhere else."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from textwrap import fill
from typing import TYPE_CHECKING

from grader.reports import to_html, to_text
from grader.reports.foreign import visible_line
from grader.reports.shown import for_student
from grader.reports.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.assignment import Feedback
    from grader.records import Message
    from grader.report import Report


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Checked:
    """The official score, and whether the kernel sees another one.

    In a notebook it shows itself; `print` gives the text.
    """

    report: Report
    remarks: tuple[str, ...]  # in what the kernel differs from what is handed in
    feedback: Feedback

    @classmethod
    def of(
        cls, report: Report, remarks: Iterable[Message], feedback: Feedback
    ) -> Checked:
        """Return what a student may see of a report."""
        words = Words(language=feedback.language, own=feedback.messages)
        return cls(
            report=for_student(report, feedback),
            remarks=tuple(words.say(remark) for remark in remarks),
            feedback=feedback,
        )

    @property
    def score(self) -> float | None:
        """The points; None where something stayed undecided."""
        return self.report.score

    def __repr__(self) -> str:
        text = to_text.render(
            self.report,
            language=self.feedback.language,
            sentences=self.feedback.messages,
        )
        told = [fill(visible_line(remark), to_text.WIDTH) for remark in self.remarks]
        return "\n".join([*told, *([""] if told else []), text.rstrip("\n")])

    def _repr_html_(self) -> str:
        """Return a frame with the whole page: no style gets in or out of it.

        What cannot show frames shows the text that stands behind it.
        """
        page = to_html.render_framed(
            self.report,
            language=self.feedback.language,
            sentences=self.feedback.messages,
            remarks=self.remarks,
        )
        return (
            f'<div><iframe srcdoc="{escape(page)}" title="convgrade"'
            ' style="width:100%;height:40rem;border:0;display:block"></iframe>'
            f"<details><summary>convgrade</summary><pre>{escape(repr(self))}</pre>"
            "</details></div>"
        )
