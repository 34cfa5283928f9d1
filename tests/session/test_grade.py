from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from explaining import graded, graded_with, ids, sentences, setting
from in_process import InProcessSandbox, InProcessWorker
from judging import corpus_of
from programs import RIGHT, changed

from grader.errors import SandboxError
from grader.messages import render
from grader.report import Identity, Outcome
from grader.scoring import total
from grader.session import grade_path

if TYPE_CHECKING:
    from grader import calls
    from grader.records import Limits, Program
    from grader.report import ExerciseReport, Report

SUBMISSIONS = Path(__file__).parents[2] / "submissions"
BACKWARD = "def conv_backward_naive"


class BreaksAfter(InProcessWorker):
    """A worker whose sandbox breaks after so many requests."""

    left = 0

    def run(self, request: calls.Request) -> tuple[calls.Observation, ...]:
        self.left -= 1
        if self.left < 0:
            raise SandboxError("the fork server is gone")
        return super().run(request)


class BreakingSandbox(InProcessSandbox):
    def __init__(self, *, after: int) -> None:
        self.after = after

    def open(self, program: Program, limits: Limits) -> InProcessWorker:
        del limits
        worker = BreaksAfter(program)
        worker.left = self.after
        return worker


def only(report: Report) -> ExerciseReport:
    (exercise,) = report.exercises
    return exercise


def lost(report: Report) -> dict[str, float]:
    return {
        line.criterion: line.max_points - (line.points or 0.0)
        for line in only(report).criteria
        if line.points != line.max_points
    }


def test_a_right_program_gets_everything() -> None:
    report = graded(RIGHT)
    assert (report.outcome, report.score) == (Outcome.GRADED, 100)
    assert sentences(only(report)) == [
        "forward and backward are right in all 24 cases."
    ]


@pytest.mark.parametrize(
    "name", ["wrong_db_summed_over_too_few_axes.py", "wrong_square_kernels_assumed.py"]
)
def test_every_lost_point_has_its_line_and_its_reason(name: str) -> None:
    path = SUBMISSIONS / name
    report = grade_path(path, setting(), identity=Identity(submission=name))
    for line in only(report).criteria:
        told = sum(float(str(m.values["points"])) for m in line.lines)
        assert told == line.max_points - (line.points or 0.0)
    assert any(sentence.startswith("where.") for sentence in ids(only(report)))


def test_an_unfilled_template_is_called_one_and_gets_nothing() -> None:
    path = SUBMISSIONS / "template_unfilled.py"
    report = grade_path(path, setting(), identity=Identity(submission=path.name))
    assert report.score == 0
    assert ids(only(report)) == ["loading.hint.unfilled"] * 2
    assert only(report).counterexamples == ()


def test_an_unfilled_backward_leaves_forward_its_points_and_its_praise() -> None:
    source = (
        RIGHT.split(BACKWARD)[0]
        + BACKWARD
        + "(dout, cache):\n    return None, None, None\n"
    )
    report = graded(source)
    assert report.score == 47
    assert ids(only(report)) == ["loading.hint.unfilled", "right.forward"]


@pytest.mark.parametrize("text", ["", "    pass\n"])
def test_a_missing_backward_leaves_forward_its_points(text: str) -> None:
    source = RIGHT.split(BACKWARD)[0] + (
        f"{BACKWARD}_2(dout, cache):\n{text}" if text else ""
    )
    report = graded(source)
    assert report.outcome is Outcome.GRADED
    assert lost(report).keys() == {
        "backward.shape", "backward.dx", "backward.dw", "backward.db",
    }  # fmt: skip


def test_a_function_without_return_is_told_so() -> None:
    source = changed("    return out, (x, w, b, conv_param)", "    out += 0")
    told = ids(only(graded(source)))
    assert told == ["loading.hint.no_return", "right.backward"]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("def conv_forward_naive(x:\n", "loading.syntax"),
        ("", "loading.empty"),
        ("print 'hello'\n", "loading.python2.print"),
        ("import numpy as np\n", "loading.no_functions"),
        ("SIDE = 1 / 0\n" + RIGHT.replace("p))", "p + SIDE))"), "load.raised_at"),
    ],
)
def test_what_cannot_be_run_says_why(source: str, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "layers.py"
    path.write_text(source, encoding="utf-8")
    report = grade_path(path, setting(), identity=Identity(submission="layers.py"))
    assert (report.outcome, report.score) == (Outcome.UNREADABLE, 0)
    assert report.reason is not None
    assert report.reason.id == reason
    assert all(line.points == 0 for line in only(report).criteria)


def test_what_the_functions_do_not_need_is_not_run() -> None:
    assert graded("assert 1 > 2\nx = 1 / 0\nraise ValueError\n" + RIGHT).score == 100


def test_a_name_that_reading_missed_makes_the_whole_file_run() -> None:
    source = RIGHT.replace("2*p", "TWO*p") + "\nglobals()['T' + 'WO'] = 2\n"
    report = graded(source)
    assert report.score == 100
    assert [note.id for note in report.notes] == ["session.whole_file"]


def test_a_name_that_the_whole_file_misses_too_is_a_mistake() -> None:
    report = graded(changed("dx, dw, dout.sum", "dxx, dw, dout.sum"))
    assert "look.raised.name" in ids(only(report))
    assert [note.id for note in report.notes] == ["session.whole_file"]


@pytest.mark.parametrize("after", [0, 7])
def test_where_the_sandbox_breaks_nothing_is_lost(after: int) -> None:
    report = graded_with(RIGHT, setting(sandbox=BreakingSandbox(after=after)))
    assert (report.outcome, report.score) == (Outcome.UNDECIDED, None)
    assert report.reason is not None
    assert "the fork server is gone" in render(report.reason)
    assert all(line.points is None for line in only(report).criteria)


@pytest.mark.parametrize("after", [24, 30, 60])
def test_where_it_breaks_while_explaining_the_score_stays(after: int) -> None:
    source = changed("axis=(0, 2, 3)", "axis=(0, 2)")
    whole = graded(source)
    report = graded_with(source, setting(sandbox=BreakingSandbox(after=after)))
    assert report.score == whole.score
    assert ids(only(report))[0].startswith("where.only")


def test_where_explaining_fails_the_score_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("ours")

    monkeypatch.setattr("grader.session.one_exercise.Explainer.explain", fail)
    report = graded_with(changed("+ b", "+ 0"), setting())
    assert report.score == 65
    assert sentences(only(report)) == [
        (
            "The points are as they should be, but explaining them failed"
            " (ZeroDivisionError: ours). This is our fault."
        )
    ]


def test_what_a_program_prints_is_kept() -> None:
    report = graded(
        changed("    s, p = conv", "    print('stride', conv_param)\n    s, p = conv")
    )
    assert report.output.startswith("stride {'stride'")


RARE = changed("+ b", "+ b * (1 + (N * C * F == 1 and p == 0))")


def test_a_search_flags_what_it_finds_and_costs_nothing() -> None:
    report = graded_with(RARE, setting(search=60))
    assert report.score == 100
    assert only(report).flagged
    assert 0 < only(report).searched <= 60
    assert ids(only(report))[0] == "search.found"
    assert only(report).counterexamples


def test_a_search_costs_points_where_the_instructor_says_so() -> None:
    given = setting(search=60)
    (exercise,) = given.assignment.exercises
    costly = replace(exercise, search_costs=True)
    assignment = replace(given.assignment, exercises=(costly,))
    report = graded_with(RARE, replace(given, assignment=assignment))
    assert report.score is not None
    assert report.score < 100


def test_a_right_program_is_searched_and_not_flagged() -> None:
    exercise = only(graded_with(RIGHT, setting(search=30)))
    assert exercise.searched >= 20
    assert not exercise.flagged


def test_a_wrong_program_is_not_searched() -> None:
    assert only(graded_with(changed("+ b", "+ 0"), setting(search=30))).searched == 0


def test_an_assignment_says_how_much_is_searched() -> None:
    given = setting()
    (exercise,) = given.assignment.exercises
    asked = replace(given.assignment, exercises=(replace(exercise, search=20),))
    report = graded_with(RIGHT, replace(given, assignment=asked, search=None))
    assert only(report).searched > 0


def test_the_points_of_all_lines_are_the_score() -> None:
    report = graded(changed("dw += np", "dw = np"))
    assert total(only(report).criteria) == report.score


def test_the_report_says_what_is_needed_to_see_it_again() -> None:
    provenance = graded(RIGHT).provenance
    assert (provenance.seed, provenance.corpus) == (
        corpus_of().seed,
        corpus_of().digest,
    )
    assert provenance.calls == 24 * 4 + 8  # forward once more in every kind of case


def test_a_fault_of_ours_costs_no_points(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyError("ours")

    monkeypatch.setattr(import_module("grader.session.grade"), "grade_exercise", fail)
    report = graded_with(RIGHT, setting())
    assert (report.outcome, report.score) == (Outcome.UNDECIDED, None)
    assert report.reason is not None
    assert report.reason.id == "undecided.internal"


def test_a_fault_of_ours_in_reading_costs_no_points(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyError("ours")

    monkeypatch.setattr(import_module("grader.session.grade"), "load", fail)
    report = grade_path(tmp_path, setting(), identity=Identity(submission="a"))
    assert (report.outcome, report.score) == (Outcome.UNDECIDED, None)
