"""Collect one test for each criterion and kind of case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pytest

from grader.errors import SandboxError, UsageError
from grader.pytest_plugin import SEED
from grader.records import Status
from grader.report import Outcome
from grader.reports import one_criterion, wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from grader.pytest_plugin.grading import Grading
    from grader.report import CriterionScore, ExerciseReport, Report

SCORE: Final = "convgrade_score"


class SubmissionPlugin:
    """What pytest does with a submission: collect, head, sum up, clean up."""

    def __init__(self, grading: Grading) -> None:
        self.grading = grading

    @pytest.hookimpl(tryfirst=True)
    def pytest_pycollect_makemodule(
        self, module_path: Path, parent: pytest.Collector
    ) -> SubmissionFile | None:
        """Never import the submission, where its path is given to pytest as well."""
        if module_path.absolute() != self.grading.path:
            return None
        return self._file(parent)

    @pytest.hookimpl(tryfirst=True)  # before -k and the like choose
    def pytest_collection_modifyitems(
        self, session: pytest.Session, items: list[pytest.Item]
    ) -> None:
        """Put the submission's tests before all others, and have them counted."""
        if not any(isinstance(item, KindItem) for item in items):
            items[:0] = session.genitems(self._file(session))

    def _file(self, parent: pytest.Collector) -> SubmissionFile:
        return SubmissionFile.from_parent(
            parent, path=self.grading.path, grading=self.grading
        )

    def pytest_report_header(self) -> str:
        """Say what is needed to see the same again."""
        return f"convgrade: {self.grading.path.name}, seed {self.grading.seed}"

    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter
    ) -> None:
        """Say the score, which a process of xdist may have found."""
        scores = {
            value: None
            for reports in terminalreporter.stats.values()
            for report in reports
            for name, value in getattr(report, "user_properties", ())
            if name == SCORE
        }
        for score in scores:
            terminalreporter.write_line(f"{self.grading.path.name}: {score}")

    def pytest_sessionfinish(self) -> None:
        """End the sandbox."""
        self.grading.close()

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:  # noqa: ANN401 (xdist's own)
        """Have all processes grade on the same data."""
        node.workerinput[SEED] = self.grading.seed


class SubmissionFile(pytest.File):
    """A submission as a collector; it is read when its tests run."""

    def __init__(self, *, grading: Grading, **named: Any) -> None:  # noqa: ANN401 (pytest's own)
        super().__init__(**named)
        self.grading = grading

    def collect(self) -> Iterator[CriterionCollector]:
        """Yield the criteria in the order of the rubric, of one layer after another."""
        several = len(self.grading.corpora) > 1
        for number, corpus in enumerate(self.grading.corpora):
            graded = self.grading.assignment.exercises[number]
            layer = f"{graded.title}." if several else ""
            for criterion in corpus.exercise.criteria:
                yield CriterionCollector.from_parent(
                    self,
                    name=f"{layer}{criterion.name}",
                    place=Place(exercise=number, criterion=criterion.name),
                    regimes=dict.fromkeys(e.case.regime for e in corpus.entries),
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One line of the rubric: which exercise, which criterion."""

    exercise: int
    criterion: str


class CriterionCollector(pytest.Collector):
    """One criterion, which holds or not in several kinds of case."""

    def __init__(
        self,
        *,
        place: Place,
        regimes: Iterable[str],
        **named: Any,  # noqa: ANN401 (pytest's own)
    ) -> None:
        super().__init__(**named)
        self.place = place
        self._regimes = regimes

    def collect(self) -> Iterator[KindItem]:
        """Yield a test for each kind of case."""
        for regime in self._regimes:
            yield KindItem.from_parent(self, name=regime, place=self.place)


class KindItem(pytest.Item):
    """Whether one criterion holds in one kind of case."""

    def __init__(self, *, place: Place, **named: Any) -> None:  # noqa: ANN401 (pytest's own)
        super().__init__(**named)
        self.place = place

    @property
    def grading(self) -> Grading:
        """What grades the submission."""
        found = self.getparent(SubmissionFile)
        if found is None:
            raise ValueError(f"{self.nodeid!r} belongs to no submission")
        return found.grading

    def setup(self) -> None:
        """Grade, if nobody has; what is not judged is an error, never a failure."""
        try:
            report = self.grading.report
        except (SandboxError, UsageError) as error:
            pytest.fail(f"not judged: {error}", pytrace=False)
        score = wording.out_of(report.score, report.max_score)
        self.user_properties.append((SCORE, score))
        if self._status(report) is Status.UNDECIDED:
            pytest.fail(self._told(report), pytrace=False)

    def runtest(self) -> None:
        """Fail with the smallest case that goes wrong."""
        report = self.grading.report
        if self._status(report) is not Status.PASSED:
            pytest.fail(self._told(report), pytrace=False)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Return where it is and what it is called."""
        criterion = self.parent.name if self.parent is not None else ""
        return self.path, None, f"{criterion} {self.name}"

    def _line(self, report: Report) -> tuple[CriterionScore, ExerciseReport]:
        exercise = report.exercises[self.place.exercise]
        found = {line.criterion: line for line in exercise.criteria}
        return found[self.place.criterion], exercise

    def _status(self, report: Report) -> Status:
        """Return how this kind of case stands; the criterion, if it has no kinds.

        A report that hides kinds of case from students hides them here.
        """
        if report.outcome is Outcome.UNDECIDED and report.reason is not None:
            return Status.UNDECIDED
        line, _ = self._line(report)
        kinds = {regime.regime: regime.status for regime in line.regimes}
        return kinds.get(self.name, line.status)

    def _told(self, report: Report) -> str:
        line, exercise = self._line(report)
        reason = wording.reason(report)
        words = self.grading.words
        if reason is not None:
            return words.say(reason)
        return one_criterion.text(line, exercise, words=words)
