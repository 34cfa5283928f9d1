"""Reports written by hand, one for every way in which grading can end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from grader.records import Message, Status, Tier
from grader.report import (
    Boundary,
    Counterexample,
    CriterionScore,
    ExerciseReport,
    Footprint,
    FootprintRow,
    Grid,
    Identity,
    Outcome,
    Provenance,
    RegimeScore,
    Report,
)

POINTS: Final = {
    "forward.shape": 10.0,
    "forward.value": 35.0,
    "backward.shape": 10.0,
    "backward.dx": 20.0,
    "backward.dw": 15.0,
    "backward.db": 8.0,
    "hygiene.inputs_unchanged": 2.0,
}
PROVENANCE: Final = Provenance(
    convgrade="0.1.0",
    python="3.11.7",
    numpy="2.4.6",
    tier=Tier.STRONG,
    seed=20260301,
    corpus="c0ffee",
    seconds=0.31,
)
FRACTION: Final = RegimeScore(regime="no padding", status=Status.FAILED, earned=0.0)
WHOLE: Final = RegimeScore(regime="padding", status=Status.PASSED, earned=1.0)


def line(criterion: str, *, points: float | None = None) -> CriterionScore:
    """One criterion that earned these points, or all of them."""
    most = POINTS[criterion]
    earned = most if points is None else points
    return CriterionScore(
        criterion=criterion,
        status=Status.PASSED if earned == most else Status.FAILED,
        points=earned,
        max_points=most,
        regimes=(WHOLE, WHOLE) if earned == most else (FRACTION, WHOLE),
    )


def undecided_line(criterion: str) -> CriterionScore:
    """One criterion that the grader could not judge."""
    return replace(line(criterion), status=Status.UNDECIDED, points=None)


def of_lines(lines: Iterable[CriterionScore]) -> ExerciseReport:
    """The report of a layer that has these lines and nothing else."""
    return ExerciseReport(exercise="conv2d", criteria=tuple(lines))


def right(name: str = "layers.py") -> Report:
    """A program that is right in everything."""
    return Report(
        identity=Identity(submission=name, digest="d1"),
        outcome=Outcome.GRADED,
        score=100.0,
        max_score=100.0,
        provenance=PROVENANCE,
        exercises=(of_lines(map(line, POINTS)),),
    )


def one_pixel(name: str, number: float, *, marked: bool = False) -> Grid:
    """A tensor of one number."""
    return Grid(name=name, shape=(1, 1, 1, 1), numbers=(number,), marks=(marked,))


SMALLEST: Final = Counterexample(
    criterion="backward.dx",
    axes={"N": 1, "C": 1, "H": 1, "W": 1, "F": 1, "HH": 1, "WW": 1}
    | {"stride": 1, "pad": 0},
    seed=7,
    inputs=(one_pixel("x", 1.0), one_pixel("w", 2.0), one_pixel("dout", 3.0)),
    expected=one_pixel("dx", 6.0),
    got=Grid(name="dx", shape=(1, 1, 0, 0), numbers=()),
    problem=Message(id="report.wrong_when", values={"condition": "pad = 0"}),
    snippet="import numpy as np\nx = np.ones((1, 1, 1, 1))\n",
    calls=9,
    options={"stride": 1, "pad": 0},
)
NO_PADDING: Final = Boundary(
    criterion="backward.dx",
    literals=("pad = 0",),
    exact=True,
    message=Message(id="report.wrong_when", values={"condition": "pad = 0"}),
)


def wrong_dx(name: str = "layers.py") -> Report:
    """A program that loses dx where nothing is padded."""
    half = {"backward.shape": 5.0, "backward.dx": 10.0}
    exercise = ExerciseReport(
        exercise="conv2d",
        criteria=tuple(line(c, points=half.get(c)) for c in POINTS),
        summary=(NO_PADDING.message,),
        counterexamples=(SMALLEST,),
        boundaries=(NO_PADDING, replace(NO_PADDING, criterion="backward.shape")),
    )
    return replace(right(name), score=85.0, exercises=(exercise,))


def wrong_numbers(name: str = "layers.py") -> Report:
    """A program whose out has two wrong numbers, with its footprint."""
    expected = Grid(
        name="out", shape=(1, 1, 2, 3), numbers=(1.0, 2.0, 3.0, 4.0, 5.0, 6.0)
    )
    got = replace(
        expected,
        numbers=(1.0, 2.0001, 3.0, float("nan"), 5.0, 6.0),
        marks=(False, True, False, True, False, False),
    )
    case = replace(
        SMALLEST,
        criterion="forward.value",
        expected=expected,
        got=got,
        problem=Message(id="report.wrong"),
    )
    row = FootprintRow(
        output=(0, 0),
        got=Grid(name="got", shape=(2, 2), numbers=(0.0, 0.0, 1.0, 0.0)),
        expected=Grid(name="expected", shape=(2, 2), numbers=(1.0, 0.0, 0.0, 0.0)),
    )
    exercise = ExerciseReport(
        exercise="conv2d",
        criteria=tuple(
            line(c, points=0.0 if c == "forward.value" else None) for c in POINTS
        ),
        counterexamples=(case,),
        footprint=Footprint(
            axes={"H": 2, "W": 2}, rows=(row,), message=Message(id="report.wrong")
        ),
    )
    return replace(right(name), score=65.0, exercises=(exercise,))


def undecided(name: str = "layers.py") -> Report:
    """A submission that our own sandbox could not finish."""
    lines = [line("forward.shape"), *map(undecided_line, [*POINTS][1:])]
    return replace(
        right(name),
        outcome=Outcome.UNDECIDED,
        score=None,
        exercises=(of_lines(lines),),
        reason=Message(id="report.not_judged"),
    )


def unreadable(name: str = "layers.py") -> Report:
    """A file that is no program."""
    lines = [replace(line(c, points=0.0), regimes=()) for c in POINTS]
    return replace(
        right(name),
        outcome=Outcome.UNREADABLE,
        score=0.0,
        exercises=(of_lines(lines),),
        reason=Message(id="report.wrong_when", values={"condition": "\x1b[2J <b>"}),
    )


def missing(name: str = "layers.py") -> Report:
    """A student who handed in nothing."""
    return replace(
        right(name),
        outcome=Outcome.MISSING,
        score=None,
        exercises=(of_lines(map(undecided_line, POINTS)),),
        reason=None,
    )


ENDINGS: Final = (right, wrong_dx, wrong_numbers, undecided, unreadable, missing)
