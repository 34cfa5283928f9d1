"""Reports as the engine makes them, built by hand: every ending, hostile text too."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from grader.calls import Array
from grader.exercises.conv2d.origin import origin
from grader.records import Message, Status, Tier
from grader.report import (
    Boundary,
    Counterexample,
    CriterionScore,
    Diagnosis,
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
REGIMES: Final = tuple(
    f"{stride}/{pad}/{form}"
    for stride in ("stride-1", "stride-2+")
    for pad in ("no-padding", "padding")
    for form in ("square", "rectangular")
)
ONE: Final = np.ones((1, 1, 1, 1))
SNIPPET: Final = """\
import numpy as np
from layers import conv_forward_naive

x = np.array([[[[1., 2., 3., 4.], [5., 6., 7., 8.]]]])
out, cache = conv_forward_naive(x, w, b, {"stride": 2, "pad": 0})
print(out)  # expected [[[[3.5]]]]
"""
# What a hostile file name, exception or print can hold, all in one.
HOSTILE_TEXT: Final = (
    "</script><script>document.title='owned'</script>"
    "<img src=x onerror=\"document.title='owned'\"> {{ 7*7 }} {% raw %}"
    "]]> \x00\x1b[31m\x9b2J\u202e =cmd|'/c calc'!A1 `code` ```\n"
    "# heading | cell | [link](javascript:alert(1)) @everyone https://evil.test\r\n"
    "::error file=a,line=1::forged\n::set-output name=x::y %0A \ufffe \ud800 ☃ 한글"
)


def said(text: str) -> Message:
    """Return a message that says exactly this in every language."""
    return Message(id="page.plain", values={"text": text})


def grid(name: str, array: Array, *, marks: Array | None = None) -> Grid:
    """Return an array as the report keeps it."""
    flat = () if marks is None else tuple(bool(mark) for mark in marks.ravel())
    numbers = tuple(float(number) for number in array.ravel())
    return Grid(name=name, shape=array.shape, numbers=numbers, marks=flat)


def convolve(x: Array, w: Array, *, stride: int, pad: int, step: int) -> Array:
    """Return a convolution whose windows start at multiples of `step`."""
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    (rows, cols), (tall, wide) = padded.shape[2:], w.shape[2:]
    height, width = 1 + (rows - tall) // stride, 1 + (cols - wide) // stride
    out = np.zeros((x.shape[0], w.shape[0], height, width))
    for n, f, i, j in np.ndindex(out.shape):
        window = padded[n, :, i * step : i * step + tall, j * step : j * step + wide]
        out[n, f, i, j] = np.sum(window * w[f])
    return out


def identity(name: str = "kim_minjun") -> Identity:
    return Identity(
        submission=name,
        student="Kim Min-jun",
        platform_id="4711",
        email="minjun@example.org",
        files=("layers.py",),
        digest="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    )


def provenance(seconds: float = 0.31) -> Provenance:
    return Provenance(
        convgrade="0.1.0",
        python="3.11.7",
        numpy="2.4.6",
        tier=Tier.STRONG,
        seed=20260901,
        corpus="c0ffee00c0ffee00",
        assignment="cs231n-a2-conv",
        seconds=seconds,
        student_seconds=seconds / 3,
        calls=102,
    )


def regime(name: str, *, earned: float = 1.0) -> RegimeScore:
    return RegimeScore(
        regime=name,
        status=Status.PASSED if earned == 1 else Status.FAILED,
        earned=earned,
        failed=() if earned == 1 else (f"{name}/thin",),
        label=said(name.replace("/", ", ").replace("-", " ")),
    )


def criterion(
    name: str,
    *,
    lost_in: tuple[str, ...] = (),
    half_in: tuple[str, ...] = (),
    why: str = "",
) -> CriterionScore:
    """Return one line of the rubric that is wrong in these kinds of case."""
    earned = {r: 0.0 if r in lost_in else 0.5 if r in half_in else 1.0 for r in REGIMES}
    points = float(np.floor(POINTS[name] * sum(earned.values()) / len(REGIMES) + 0.5))
    lost = POINTS[name] - points
    return CriterionScore(
        criterion=name,
        status=Status.FAILED if lost else Status.PASSED,
        points=points,
        max_points=POINTS[name],
        regimes=tuple(regime(r, earned=e) for r, e in earned.items()),
        lines=(said(f"−{lost:g} {name}: {why}"),) if lost else (),
    )


def graded(exercise: ExerciseReport, *, name: str = "kim_minjun") -> Report:
    points = [line.points for line in exercise.criteria]
    known = [point for point in points if point is not None]
    return Report(
        identity=identity(name),
        outcome=Outcome.GRADED if len(known) == len(points) else Outcome.UNDECIDED,
        score=sum(known) if len(known) == len(points) else None,
        max_score=sum(POINTS.values()),
        provenance=provenance(),
        exercises=(exercise,),
    )


def right(name: str = "park_jiwoo") -> Report:
    criteria = tuple(criterion(name) for name in POINTS)
    summary = (said("Everything is right, in all 24 cases."),)
    return graded(
        ExerciseReport(exercise="conv2d", criteria=criteria, summary=summary), name=name
    )


NO_PADDING: Final = tuple(r for r in REGIMES if "no-padding" in r)
STRIDED: Final = tuple(r for r in REGIMES if "2+" in r)


def uncropped_dx() -> Report:
    """Return the report of dx[:, :, pad:-pad, pad:-pad], which is empty at pad 0."""
    wrong = {
        "backward.shape": ("its shape is wrong when pad = 0", ()),
        "backward.dx": ("wrong in 4 of 8 kinds of case (pad = 0)", ()),
    }
    criteria = tuple(
        criterion(
            name,
            lost_in=NO_PADDING if name in wrong else (),
            why=wrong.get(name, ("", ()))[0],
        )
        for name in POINTS
    )
    where = said(
        "Everything is right but dx, and dx is wrong exactly when pad = 0: its shape is"
        " (1, 1, 0, 0) where x has (1, 1, 1, 1)."
    )
    like = said(
        "It behaves exactly like cutting the padding off with [pad:-pad]; with pad = 0"
        " that slice is empty."
    )
    look = said("Look at how you take the padding off dx. What is a[0:-0]?")
    one = np.ones((1, 1, 1, 1))
    example = Counterexample(
        criterion="backward.dx",
        axes={
            "N": 1, "C": 1, "H": 1, "W": 1, "F": 1, "HH": 1, "WW": 1,
            "stride": 1, "pad": 0,
        },
        seed=7,
        inputs=(
            grid("x", one), grid("w", 2 * one), grid("b", np.zeros(1)),
            grid("dout", 3 * one),
        ),
        expected=grid("dx", 6 * one),
        got=grid("dx", np.zeros((1, 1, 0, 0))),
        problem=said("dx has shape (1, 1, 0, 0), expected (1, 1, 1, 1)."),
        snippet=SNIPPET,
        calls=14,
        options={"stride": 1, "pad": 0},
        margins={"x": 0},
    )  # fmt: skip
    exercise = ExerciseReport(
        exercise="conv2d",
        criteria=criteria,
        summary=(where, like, look),
        counterexamples=(example, replace(example, criterion="backward.shape")),
        boundaries=(
            Boundary(
                criterion="backward.dx",
                literals=("pad = 0",),
                exact=True,
                message=where,
            ),
        ),
        diagnoses=(
            Diagnosis(
                tensor="dx",
                misconception="crop_with_minus_pad",
                twins=("crop_with_negative_slice",),
                behaves_like=like,
                hint=look,
            ),
        ),
    )
    return graded(exercise)


def stride_forgotten(*, pad: int = 1) -> Report:
    """Return the report of windows that start at i and not at i * stride."""
    rng = np.random.default_rng(5)
    x = rng.integers(-3, 4, (1, 2, 4, 5)).astype(float)
    w = rng.integers(-2, 3, (2, 2, 2, 3)).astype(float)
    expected = convolve(x, w, stride=2, pad=pad, step=2)
    got = convolve(x, w, stride=2, pad=pad, step=1)
    where = said(
        "Forward is wrong whenever stride > 1; with stride 1 all is right. The windows"
        " start at pixel 0, 1, 2 where they should start at 0, 2, 4."
    )
    look = said("Which pixel of the padded x does the window of out[…, i, j] start at?")
    example = Counterexample(
        criterion="forward.value",
        axes={
            "N": 1, "C": 2, "H": 4, "W": 5, "F": 2, "HH": 2, "WW": 3,
            "stride": 2, "pad": pad,
        },
        seed=11,
        inputs=(grid("x", x), grid("w", w), grid("b", np.zeros(2))),
        expected=grid("out", expected),
        got=grid("out", got, marks=expected != got),
        problem=said("out is wrong in 8 of 12 numbers."),
        snippet=SNIPPET,
        calls=23,
        options={"stride": 2, "pad": pad},
        margins={"x": pad},
    )  # fmt: skip
    first = np.argwhere(expected != got)[0]
    cell = tuple(int(index) for index in first)
    example = replace(example, origin=origin(example.axes, "out", cell))
    eye, shifted = np.zeros((1, 1, 4, 4)), np.zeros((1, 1, 4, 4))
    eye[0, 0, 2:4, 2:4] = [[1, 2], [3, 4]]
    shifted[0, 0, 1:3, 1:3] = [[1, 2], [3, 4]]
    footprint = Footprint(
        axes={"H": 4, "W": 4, "HH": 2, "WW": 2, "stride": 2, "pad": 0},
        rows=(
            FootprintRow(
                output=(0, 0, 1, 1),
                got=grid("x", shifted, marks=eye != shifted),
                expected=grid("x", eye),
            ),
        ),
        message=said("out[0, 0, 1, 1] looks one row too high and one column too left."),
    )
    criteria = tuple(
        criterion(
            name,
            lost_in=STRIDED if name == "forward.value" else (),
            why="wrong in 4 of 8 kinds of case (stride > 1)",
        )
        for name in POINTS
    )
    exercise = ExerciseReport(
        exercise="conv2d",
        criteria=criteria,
        summary=(where, look),
        counterexamples=(example,),
        footprint=footprint,
        boundaries=(
            Boundary(
                criterion="forward.value",
                literals=("stride > 1",),
                exact=False,
                message=where,
            ),
        ),
    )
    return replace(
        graded(exercise, name="lee_seoyeon"), output="shape (4, 4)\nstarting …\n"
    )


def undecided() -> Report:
    """Return a report of which one criterion could not be judged."""
    report = right("choi_undecided")
    (exercise,) = report.exercises
    *decided, last = exercise.criteria
    open_line = replace(
        last,
        status=Status.UNDECIDED,
        points=None,
        regimes=tuple(replace(r, status=Status.UNDECIDED) for r in last.regimes),
    )
    return replace(
        report,
        outcome=Outcome.UNDECIDED,
        score=None,
        exercises=(replace(exercise, criteria=(*decided, open_line), summary=()),),
        reason=said(
            "Not judged: the sandbox broke (fork server ended). This is our fault and"
            " costs no points."
        ),
    )


def unreadable() -> Report:
    return Report(
        identity=identity("jung_unreadable"),
        outcome=Outcome.UNREADABLE,
        score=0.0,
        max_score=100.0,
        provenance=provenance(0.02),
        reason=Message(
            id="page.plain",
            values={
                "text": "line 14 is Python 2: print is a function now",
                "line": 14,
            },
        ),
    )


def missing() -> Report:
    return Report(
        identity=Identity(submission="han_missing", student="Han Missing"),
        outcome=Outcome.MISSING,
        score=None,
        max_score=100.0,
        provenance=provenance(0.0),
    )


def overridden() -> Report:
    """Return a report on which the instructor has set points and left a comment."""
    report = uncropped_dx()
    (exercise,) = report.exercises
    lines = tuple(
        replace(
            line,
            points=18.0,
            automatic_points=10.0,
            is_overridden=True,
            override="agreed in office",
        )
        if line.criterion == "backward.dx"
        else line
        for line in exercise.criteria
    )
    points = sum(line.points or 0 for line in lines)
    return replace(
        report,
        score=points,
        exercises=(replace(exercise, criteria=lines),),
        comments=("Come and see me about slices.", "Nice im2col!"),
        identity=replace(report.identity, submission="yoon_overridden", late="LATE"),
    )


def hostile() -> Report:
    """Return a report of which every foreign text attacks the one who shows it."""
    bad, report = HOSTILE_TEXT, stride_forgotten()
    (exercise,) = report.exercises
    example = replace(exercise.counterexamples[0], problem=said(bad), snippet=bad)
    return replace(
        report,
        identity=Identity(
            submission=f"hostile {bad}", student=bad, platform_id=bad, email=bad,
            late=bad, files=(bad,), digest="0" * 64,
        ),
        exercises=(
            replace(
                exercise,
                summary=(said(bad),),
                counterexamples=(example,),
                criteria=tuple(
                    replace(line, override=bad, lines=(said(bad),))
                    for line in exercise.criteria
                ),
                diagnoses=(
                    Diagnosis(
                        tensor=bad, misconception=bad, twins=(bad,),
                        behaves_like=said(bad), hint=said(bad),
                    ),
                ),
            ),
        ),
        notes=(said(bad),),
        output=bad,
        comments=(bad,),
        provenance=replace(report.provenance, assignment=bad),
    )  # fmt: skip


def every_ending() -> dict[str, Report]:
    """Return one report of every kind, by name."""
    return {
        "right": right(),
        "uncropped_dx": uncropped_dx(),
        "stride_forgotten": stride_forgotten(),
        "overridden": overridden(),
        "undecided": undecided(),
        "unreadable": unreadable(),
        "missing": missing(),
        "hostile": hostile(),
    }


def batch(count: int) -> list[Report]:
    """Return this many reports of every kind, each under a name of its own."""
    kinds = list(every_ending().values())
    rng = np.random.default_rng(17)
    chosen = rng.choice(
        len(kinds), count, p=[0.45, 0.2, 0.2, 0.05, 0.03, 0.03, 0.03, 0.01]
    )
    return [
        _renamed(kinds[kind], number=number, seconds=float(rng.exponential(0.4)))
        for number, kind in enumerate(chosen)
    ]


FAMILIES: Final = ("Kim", "Lee", "Park", "Choi", "Jung", "Han", "Yoon", "Müller")
GIVEN: Final = ("Min-jun", "Seo-yeon", "Ji-woo", "Ha-eun", "Do-yun", "Su-a", "Eva")


def _renamed(report: Report, *, number: int, seconds: float) -> Report:
    identity = report.identity
    hostile = report.identity.student == HOSTILE_TEXT
    student = f"{FAMILIES[number % len(FAMILIES)]} {GIVEN[number % len(GIVEN)]}"
    return replace(
        report,
        identity=replace(
            identity,
            submission=f"{identity.submission}-{number:05d}",
            student=identity.student if hostile else student,
            platform_id=str(10_000 + number),
        ),
        provenance=replace(
            report.provenance, seconds=seconds, student_seconds=seconds / 2
        ),
    )
