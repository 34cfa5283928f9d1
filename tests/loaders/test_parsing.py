"""What Python 3 cannot read is told in words, with the line."""

from __future__ import annotations

import gc

import pytest
from handed_in import told

from grader.errors import SubmissionError
from grader.loaders.parsing import parse
from grader.records import Unit


def refusal(source: str) -> str:
    with pytest.raises(SubmissionError) as caught:
        parse(Unit(name="layers.py", source=source))
    assert told(caught.value, "ko")
    return told(caught.value)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("print 'hello'", "print is a function now"),
        ('print "x", x.shape', "print is a function now"),
        ("print x", "print is a function now"),
        ("if 1: print x", "print is a function now"),
        ("print (1, 2), 3 if 4", "print is a function now"),
        ("exec 'x = 1'", "exec is a function now"),
        ("try: pass\nexcept ValueError, e: pass", "except ... as"),
        ("raise ValueError, 'x'", "raise Error(text)"),
        ("if 1 <> 2: pass", "<> is !="),
        ("x = `1`", "repr(...)"),
        ("x = 10L", "without L"),
        ("x = 0777", "0o..."),
        ("x = ur'a'", "r'...'"),
        ("def f(a, (b, c)): pass", "take it apart"),
        ("f = lambda (a, b): a", "take it apart"),
        ("%matplotlib inline", "is a notebook command"),
        ("!pip install numpy", "is a notebook command"),
        ("<<<<<<< HEAD", "merge conflict"),
        ("if 1:\n\tx = 1\n        y = 2", "mixes tabs and spaces"),
        ("def f(:", "is not Python: "),
        ("x = (1,", "is not Python: "),
        ("x = 'abc", "is not Python: "),
        ("return = 3", "is not Python: "),
        ("if f = 0: pass", "'==' or ':=' instead of '='."),
    ],
)
def test_a_dead_end_is_named_with_its_line(line: str, wanted: str) -> None:
    number = line.count("\n") + 3
    told_in_words = refusal(f"import numpy\n\n{line}\n")
    assert wanted in told_in_words
    assert f"layers.py, line {number} " in told_in_words


@pytest.mark.parametrize(
    "source",
    [
        "-" * 100_000 + "1",
        "(" * 100_000 + ")" * 100_000,
        "1" + "+1" * 50_000,
        "a" + ".a" * 100_000,
        "a" + "()" * 50_000,
        "lambda: " * 30_000 + "1",
        "not " * 60_000 + "1",
        "if 1:\n pass\n" + "elif 1:\n pass\n" * 16_000,
        "f'" + "{" * 3_000 + "1",
    ],
    ids=range(9),
)
def test_deep_nesting_is_refused(source: str) -> None:
    assert refusal(source)


@pytest.mark.parametrize("source", ["a\n" * 120_000, "1," * 120_000, "x;" * 60_000])
def test_more_code_than_anyone_writes_is_refused(source: str) -> None:
    assert "words and signs" in refusal(source)


def test_a_file_over_the_limit_is_refused() -> None:
    assert "more than 256 kB" in refusal("# " + "x" * 256 * 1024)


def test_a_huge_number_is_no_crash() -> None:
    assert "is not Python" in refusal("x = " + "9" * 10_000)


def test_half_a_character_is_no_text() -> None:
    assert "is no text" in refusal("x = '\ud800'")


def test_a_doubtful_escape_is_no_warning() -> None:
    assert parse(Unit(name="a.py", source="x = '\\d'\n")).body


@pytest.mark.parametrize("collecting", [True, False])
def test_collecting_garbage_is_left_as_it_was(*, collecting: bool) -> None:
    (gc.enable if collecting else gc.disable)()
    parse(Unit(name="a.py", source="x = 1\n"))
    was = gc.isenabled()
    gc.enable()
    assert was is collecting


def test_a_very_long_line_is_quoted_in_part() -> None:
    assert len(refusal("x = (" + "a, " * 20_000 + "=")) < 300
