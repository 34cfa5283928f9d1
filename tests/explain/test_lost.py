from __future__ import annotations

from dataclasses import replace

import pytest
from explaining import explained
from programs import changed

from grader.engine.judge import HYGIENE
from grader.exercise import Literal
from grader.explain.boundary import Guess, How
from grader.explain.conditions import Condition
from grader.explain.lost import condition_message, lost_line, standing_of
from grader.messages import LANGUAGES, render
from grader.records import Message, Status
from grader.report import CriterionScore, RegimeScore

PAD = Literal(
    name="pad = 0",
    message=Message(id="conv2d.literal.pad = 0"),
    holds=lambda axes: axes["pad"] == 0,
)
CASES = ("general", "thin", "corner")


def guess(how: str) -> Guess | None:
    if how == "sometimes":
        return None
    literals = () if how == "always" else (PAD,)
    kind = How.EXACTLY if how == "always" else How(how)
    return Guess(condition=Condition(literals=literals), how=kind)


def score(points: float | None, *, failed: int = 2, wrong: int = 3) -> CriterionScore:
    regimes = tuple(
        RegimeScore(
            regime=str(n),
            status=Status.FAILED if n < failed else Status.PASSED,
            earned=0.0 if n < failed else 1.0,
            failed=CASES[:wrong] if n < failed else (),
            cases=len(CASES),
        )
        for n in range(8)
    )
    return CriterionScore(
        criterion="backward.dx",
        status=Status.FAILED,
        points=points,
        max_points=20,
        regimes=regimes,
    )


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("exactly", "−10 backward.dx: wrong in 2 of 8 kinds of case (pad = 0)"),
        ("only", "−10 backward.dx: wrong in 2 of 8 kinds of case (pad = 0)"),
        ("example", "−10 backward.dx: wrong in 2 of 8 kinds of case"),
        ("always", "−10 backward.dx: wrong in 2 of 8 kinds of case"),
        ("sometimes", "−10 backward.dx: wrong in 2 of 8 kinds of case"),
    ],
)
def test_lost_points_have_their_line(how: str, said: str) -> None:
    line = lost_line(score(10), guess(how))
    assert line is not None
    assert render(line) == said


@pytest.mark.parametrize("points", [None, 20])
def test_where_nothing_is_lost_there_is_no_line(points: float | None) -> None:
    assert lost_line(score(points), None) is None


def test_a_condition_is_said_in_words() -> None:
    both = Condition(literals=(PAD, PAD))
    either = Condition(literals=(PAD, PAD), joined="or")
    assert render(condition_message(both)) == "pad = 0 and pad = 0"
    assert render(condition_message(either)) == "pad = 0, or pad = 0"
    assert render(condition_message(Condition(literals=()))) == "always"


def test_more_than_two_literals_are_refused() -> None:
    with pytest.raises(ValueError, match="3 literals"):
        condition_message(Condition(literals=(PAD, PAD, PAD)))


def test_kinds_of_which_only_some_cases_are_wrong_are_not_called_wrong() -> None:
    line = lost_line(score(10, failed=8, wrong=2), guess("exactly"))
    assert line is not None
    assert render(line) == (
        "−10 backward.dx: wrong in 16 of 24 cases, spread over 8 of 8 kinds (pad = 0)"
    )


def judged(*kinds: str, criterion: str = HYGIENE) -> Message | None:
    failed = replace(score(10), criterion=criterion)
    return standing_of(failed, [Message(id=kind) for kind in kinds])


RAISED, UNRUN, TIMED = "call.raised", "call.not_run", "call.timed_out_at"
NOTHING, SHAPE = "inputs.nothing_computed", "inputs.no_right_shape"
CHANGED = "inputs.changed"


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        ((NOTHING,), "nothing to judge where no answer came"),
        ((TIMED, UNRUN), "nothing to judge where no answer came"),
        ((NOTHING, SHAPE), "not earned where no answer has the right shape"),
        ((CHANGED, NOTHING), "wrong in 1 of 24 cases, nothing to judge in 1"),
    ],
)
def test_inputs_are_not_called_wrong_where_nothing_came_of_them(
    kinds: tuple[str, ...], said: str
) -> None:
    standing = judged(*kinds)
    assert standing is not None
    assert render(standing) == said


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        ((UNRUN, UNRUN), "not run in 2 of 24 cases"),
        ((TIMED, UNRUN), "no answer in 1 of 24 cases, 1 not run"),
        (("tensor.value", UNRUN), "wrong in 1 of 24 cases, 1 not run"),
    ],
)
def test_answers_that_were_not_asked_for_are_not_called_wrong(
    kinds: tuple[str, ...], said: str
) -> None:
    standing = judged(*kinds, criterion="forward.value")
    assert standing is not None
    assert render(standing) == said


@pytest.mark.parametrize("criterion", [HYGIENE, "forward.value"])
def test_what_is_wrong_is_called_so(criterion: str) -> None:
    kind = CHANGED if criterion == HYGIENE else RAISED
    assert judged(kind, criterion=criterion) is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kinds", [(UNRUN,), (NOTHING,), (SHAPE,), (CHANGED, SHAPE)])
def test_a_line_says_what_the_standing_says(
    kinds: tuple[str, ...], language: str
) -> None:
    failed = replace(score(1), criterion=HYGIENE)
    line = lost_line(failed, guess("exactly"), [Message(id=kind) for kind in kinds])
    assert line is not None
    assert "hygiene.inputs_unchanged" in render(line, language)
    assert "pad = 0" not in render(line, language)


def line_of_inputs(source: str) -> str:
    *_, inputs = explained(source).criteria
    return " ".join(map(render, inputs.lines))


def test_a_program_that_only_raises_reads_that_there_was_nothing_to_judge() -> None:
    unpacked = changed("s, p = conv_param", "s, p, q = conv_param")
    told = line_of_inputs(changed(" = cache\n", ", q = cache\n", source=unpacked))
    assert "nothing to judge in 24 of 24 cases, where no answer came" in told


def test_a_program_of_wrong_shapes_reads_that_none_of_them_was_right() -> None:
    told = line_of_inputs(changed("conv_param['pad']", "1"))
    assert "where no answer has the right shape" in told
