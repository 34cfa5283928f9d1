from __future__ import annotations

import re
from operator import attrgetter
from typing import TYPE_CHECKING

import pytest
from classmates import CLASSMATES
from explaining import explained, ids, run_snippet, sentences
from judging import corpus_of, engine_of
from programs import RIGHT, changed
from student_styles import SEVEN_LOOPS, STYLES
from students import STUDENTS

from grader.calls import Absent, Forward, Observation, Request, TimedOut
from grader.engine.grade import Engine
from grader.errors import SandboxError
from grader.explain.explanation import Explainer, Reading, count_unrun
from grader.explain.show import Presentation
from grader.records import Message, Status, Verdict

if TYPE_CHECKING:
    from students import Student

    from grader.explain.explanation import Explanation
    from grader.report import Counterexample

ALL = STUDENTS + CLASSMATES


def each(students: tuple[Student, ...]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("student", students, ids=attrgetter("name"))


def explainer(source: str, *, reading: Reading | None = None) -> Explainer:
    engine = engine_of(source, on=corpus_of())
    return Explainer(
        engine=engine,
        judged=engine.grade(),
        presentation=presentation(engine),
        reading=reading or Reading(),
    )


def presentation(engine: Engine) -> Presentation:
    return Presentation(
        exercise=engine.corpus.exercise, convention=None, module="layers"
    )


def explain(source: str) -> Explanation:
    return explainer(source).explain()


@pytest.mark.parametrize("source", STYLES[:2])
def test_of_a_right_program_there_is_nothing_to_explain(source: str) -> None:
    exercise = explained(source)
    assert ids(exercise) == ["where.all_right"]
    assert not exercise.counterexamples + exercise.diagnoses + exercise.boundaries


@each(ALL[::12])
def test_a_student_reads_what_helps_and_can_try_it(student: Student) -> None:
    assert_helps(student)


@pytest.mark.thorough
@each(tuple(s for n, s in enumerate(ALL) if n % 3 == 0 and n % 12))
def test_another_student_reads_what_helps_and_can_try_it(student: Student) -> None:
    assert_helps(student)


@pytest.mark.nightly
@each(tuple(s for n, s in enumerate(ALL) if n % 3))
def test_any_other_student_reads_what_helps_and_can_try_it(student: Student) -> None:
    assert_helps(student)


def assert_helps(student: Student) -> None:
    # One test, so that a program is judged and explained once and not on every core.
    exercise = explained(student.source)
    told = sentences(exercise)
    assert_says(student.reads, told)
    assert len(set(told)) == len(told)
    assert_gives_no_line_away(student, told)
    assert_is_korean(sentences(exercise, language="ko"))
    assert exercise.counterexamples
    for example in exercise.counterexamples:
        assert_shows_the_mistake(example, student.source)
        assert_is_content_with_a_right_program(example)


def assert_says(pieces: tuple[str, ...], told: list[str]) -> None:
    """All of the pieces, in their order."""
    text, at = "\n".join(told), 0
    for piece in pieces:
        assert piece in text[at:], text
        at = text.index(piece, at) + len(piece)


def assert_is_korean(told: list[str]) -> None:
    assert all(sentence.endswith((".", "?", ".)")) for sentence in told)
    assert all(re.search("[가-힣]", sentence) for sentence in told)


def assert_gives_no_line_away(student: Student, told: list[str]) -> None:
    mended = set(SEVEN_LOOPS.split("\n")) - set(student.source.split("\n"))
    text = "\n".join(told)
    assert not any(line.strip() in text for line in mended if len(line.strip()) > 12)


def assert_shows_the_mistake(example: Counterexample, source: str) -> None:
    shown = run_snippet(example.snippet, source)
    raised = str(example.problem.values.get("error", ""))
    if "np.empty holds" in example.snippet:
        return  # it may print True by luck
    assert shown.rstrip().endswith("False") or (raised and shown == raised), shown


def assert_is_content_with_a_right_program(example: Counterexample) -> None:
    shown = run_snippet(example.snippet, STYLES[0])
    assert shown == "" or shown.rstrip().endswith("True"), shown


def test_only_three_reasons_are_looked_into_and_all_are_told() -> None:
    source = changed("    return out, (", "    return out - 1, (")
    source = changed(
        "return dx, dw, dout.sum(axis=(0, 2, 3))",
        "return dx * (s < 2), dw * (p < 1), -dout.sum(axis=(0, 2, 3))",
        source=source,
    )
    explanation = explain(source)
    assert len(explanation.counterexamples) == 3
    told = [m.id for m in explanation.summary if m.id.startswith("where.")]
    assert len(told) == 4


class BrokenLater:
    """A worker that breaks after so many requests."""

    def __init__(self, engine: Engine, *, after: int) -> None:
        self.worker, self.left = engine.attempts.worker, after

    def run(self, request: object) -> object:
        self.left -= 1
        if self.left < 0:
            raise SandboxError("gone")
        return self.worker.run(request)  # type: ignore[arg-type]

    def load(self) -> object:
        return self.worker.load()


@pytest.mark.parametrize("after", [0, 5, 20])
def test_what_was_found_is_told_where_the_sandbox_breaks(after: int) -> None:
    asked = explainer(changed("+ b", "+ 0"))
    broken = BrokenLater(asked.engine, after=after)
    asked.engine.attempts.worker = broken  # type: ignore[assignment]
    explanation = asked.explain()
    assert [d.misconception for d in explanation.diagnoses] == ["bias_left_out"]
    assert explanation.summary[0].id.startswith("where.only")


class HangsWhenStrided:
    """A worker that does not come back where the stride is above 1."""

    def __init__(self, engine: Engine) -> None:
        self.worker = engine.attempts.worker

    def run(self, request: Request) -> tuple[Observation, ...]:
        first, *rest = request.steps
        options = first.options if isinstance(first, Forward) else None
        if options is not None and options["stride"] > 1:
            return (TimedOut(seconds=1.0), *(Absent() for _ in rest))
        return self.worker.run(request)


def test_of_a_program_that_hangs_nothing_more_is_asked() -> None:
    engine = engine_of(RIGHT, on=corpus_of())
    engine.attempts.worker = HangsWhenStrided(engine)  # type: ignore[assignment]
    asked = Explainer(
        engine=engine,
        judged=engine.grade(),
        presentation=presentation(engine),
        reading=Reading(),
    )
    calls = engine.attempts.calls
    assert "where.hangs.example" in [m.id for m in asked.explain().summary]
    assert engine.attempts.calls == calls


def test_a_loop_that_never_ends_with_a_stride_costs_no_case_without_one() -> None:
    engine = engine_of(RIGHT, on=corpus_of())
    engine.attempts.worker = HangsWhenStrided(engine)  # type: ignore[assignment]
    judged = engine.grade()
    unstrided = {e.case.name for e in corpus_of().entries if e.case.axes["stride"] == 1}
    passed = {v.case for v in judged.verdicts if v.status is Status.PASSED}
    assert passed == unstrided


def test_a_function_that_reading_says_all_about_is_not_explained() -> None:
    unfilled = Message(id="loading.hint.unfilled", values={"name": "f", "line": 1})
    empty = "    return None, (x, w, b, conv_param)"
    source = changed("    return out, (x, w, b, conv_param)", empty)
    told = explainer(source, reading=Reading(all={"forward": unfilled})).explain()
    assert told.summary[0] == unfilled
    assert not told.counterexamples
    assert [m.id for m in told.summary] == ["loading.hint.unfilled", "right.backward"]


def test_a_boundary_of_two_literals_says_how_they_are_joined() -> None:
    source = changed("+ b", "+ b * (1 + (N > 1 or C > 1))")
    (boundary,) = explain(source).boundaries
    assert (boundary.joined, boundary.literals) == ("or", ("N > 1", "C > 1"))


def test_only_when_is_no_boundary_of_the_report() -> None:
    source = changed("+ b", "+ b * (1 + (s > 1 and (N + C + H) % 3 > 0))")
    explanation = explain(source)
    assert explanation.summary[0].id == "where.only.only"
    assert explanation.boundaries == ()


def test_cases_that_hung_do_not_count_as_not_run() -> None:
    told = [("a", "call.timed_out_at"), ("a", "call.not_run"), ("b", "call.not_run")]
    verdicts = [
        Verdict(
            criterion="backward.dx",
            case=case,
            status=Status.FAILED,
            message=Message(id=name),
        )
        for case, name in told
    ]
    assert count_unrun(verdicts) == 1


def test_what_is_wrong_nearly_everywhere_needs_no_example() -> None:
    spared = "(N + C + x.shape[2] + w.shape[3] + F + s + p) % 11 > 0"
    exercise = explained(changed("+ b", f"+ b * (1 + ({spared}))"))
    (where,) = [m.id for m in exercise.summary if m.id.startswith("where.")]
    assert where == "where.only.sometimes"
    assert exercise.boundaries == ()


def test_a_loop_that_ends_a_row_early_is_told_by_the_kernel_s_height() -> None:
    exercise = explained(changed("range(dout.shape[2])", "range(dout.shape[2] - 1)"))
    assert any("exactly when the pad is" in said for said in sentences(exercise))


def test_a_loop_over_channels_in_place_of_filters_is_told_by_which_are_more() -> None:
    loop = "for f in range(x.shape[1]): dw[f]\n    return dx, dw"
    said = sentences(explained(changed("return dx, dw", loop)))
    assert any("exactly when there are fewer filters than" in each for each in said)


def test_gradients_in_another_order_are_told_as_such() -> None:
    source = changed("return dx, dw, dout.sum(axis=(0, 2, 3))", "return GRADS")
    exercise = explained(source.replace("GRADS", "dout.sum(axis=(0, 2, 3)), dw, dx"))
    assert "What is returned as dx is the right db." in sentences(exercise)
    assert "What is returned as db is the right dx." in sentences(exercise)
