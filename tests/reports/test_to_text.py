from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from golden import is_golden
from rich.console import Console
from rich.style import Style
from written_reports import ENDINGS, right, undecided_line, wrong_dx, wrong_numbers

from grader.records import Message
from grader.report import Report
from grader.reports import to_text


def printed(report: Report, *, width: int = 88, colours: bool = False) -> str:
    target = io.StringIO()
    console = Console(file=target, width=width, force_terminal=colours)
    console.print(to_text.layout(report))
    return target.getvalue()


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("make", ENDINGS)
def test_every_ending_reads_as_it_did(
    make: Callable[[], Report], language: str
) -> None:
    text = to_text.render(make(), language=language)
    assert is_golden(text, f"text/{make.__name__}.{language}.txt")


@pytest.mark.parametrize("width", [40, 60, 160])
@pytest.mark.parametrize("make", ENDINGS)
def test_no_line_is_wider_than_the_window(
    make: Callable[[], Report], width: int
) -> None:
    assert max(map(len, printed(make(), width=width).splitlines())) <= width


@pytest.mark.parametrize("make", ENDINGS)
def test_no_line_ends_in_blanks(make: Callable[[], Report]) -> None:
    lines = printed(make(), width=60).splitlines()
    assert [line for line in lines if line != line.rstrip()] == []


def test_points_lost_stand_beside_their_reason() -> None:
    rows = [line.split() for line in to_text.render(wrong_dx()).splitlines()]
    assert ["backward.dx", "10", "/", "20", "wrong", "when", "pad", "=", "0"] in rows


def test_wrong_numbers_carry_a_mark_and_not_only_a_colour() -> None:
    text = to_text.render(wrong_numbers())
    assert "[2.0001]" in text
    assert "[nan]" in text


def test_foreign_control_characters_never_reach_the_terminal() -> None:
    hostile = "\x1b]0;owned\x07\u202e"
    report = replace(
        right(f"{hostile}.py"),
        output=f"{hostile}\nfine",
        comments=(hostile,),
        notes=(Message(id="report.comment", values={"comment": hostile}),),
    )
    text = printed(report, colours=True)
    assert "\x1b]" not in text
    assert "\u202e" not in text
    assert r"\x1b]0;owned\x07" in text


def test_markup_in_foreign_text_is_only_text() -> None:
    assert "[bold]x[/bold]" in printed(right("[bold]x[/bold]"), colours=True)


def test_a_flood_of_output_is_cut() -> None:
    text = printed(replace(right(), output="\n".join(map(str, range(1000)))))
    assert text.rstrip().endswith("...")
    assert "500" not in text


def test_colours_are_there_for_those_who_want_them() -> None:
    green = Style.parse("green").render("right")
    assert green.split("m")[0] in printed(right(), colours=True)


def test_the_instructors_word_stands_beside_the_points_they_set() -> None:
    line = replace(undecided_line("forward.value"), points=30.0, is_overridden=True)
    exercise = replace(right().exercises[0], criteria=(line,))
    commented = replace(exercise, criteria=(replace(line, override="seen in class"),))
    assert "set by your instructor" in printed(replace(right(), exercises=(exercise,)))
    assert "instructor: seen in class" in printed(
        replace(right(), exercises=(commented,))
    )


def test_several_layers_are_told_one_after_the_other() -> None:
    one = right().exercises[0]
    text = printed(replace(right(), exercises=(one, replace(one, exercise="relu"))))
    assert text.index("conv2d") < text.index("relu")


@pytest.mark.parametrize("width", [40, 60, 88])
def test_no_word_that_a_break_puts_first_is_a_command_to_a_runner(width: int) -> None:
    forged = " ".join(["::set-output name=result::forged"] * 20)
    report = replace(
        right(forged), comments=(forged,), output=f"{forged}\n  {forged}\n##[error]x"
    )
    lines = printed(report, width=width).splitlines()
    assert not [line for line in lines if line.lstrip().startswith("::")]
    assert not [line for line in lines if "##[" in line]
    assert any("set-output name=result" in line for line in lines)


def test_each_mistake_begins_after_a_blank_line() -> None:
    ids = ["right.a", "where.b", "look.b", "where.c", "look.b"]
    report = wrong_dx()
    summary = tuple(Message(id=name) for name in ids)
    told = replace(report.exercises[0], summary=summary, counterexamples=())
    text = to_text.render(replace(report, exercises=(told,)))
    assert text.endswith("\n\nright.a\nwhere.b\nlook.b\n\nwhere.c\n")


def test_of_another_shape_no_number_is_called_wrong() -> None:
    report = wrong_numbers()
    (exercise,) = report.exercises
    (case, *_) = exercise.counterexamples
    assert case.got is not None
    flat = replace(case.got, shape=(len(case.got.numbers),))
    found = replace(exercise, counterexamples=(replace(case, got=flat),))
    text = to_text.render(replace(report, exercises=(found,)))
    assert f"your {case.expected.name} {flat.shape}" in text
    assert "marks a wrong number" not in text
    assert "marks a wrong number" in to_text.render(report)


def test_a_case_that_hung_is_not_called_the_smallest() -> None:
    (exercise,) = wrong_dx().exercises
    (case, *_) = exercise.counterexamples
    hung = Message(
        id="call.timed_out", values={"function": "f", "seconds": 1, "case": "x"}
    )
    shown = replace(exercise, counterexamples=(replace(case, problem=hung),))
    text = to_text.render(replace(wrong_dx(), exercises=(shown,)))
    assert "A case in which it does not finish" in text
    assert "Smallest case" not in text
