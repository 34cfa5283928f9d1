"""What a user's terminal gets, whatever it is."""

from __future__ import annotations

from pathlib import Path

from shell import convgrade

EXAMPLES = Path(__file__).parents[2] / "submissions"
WRONG = EXAMPLES / "wrong_forward_flips_the_kernel.py"
RIGHT = EXAMPLES / "correct_im2col.py"


def test_a_pipe_gets_no_colours_and_a_narrow_one_no_long_lines() -> None:
    ran = convgrade(["check", WRONG], COLUMNS="60")
    told, _, code = ran.out.partition("To see it without convgrade")
    assert "\x1b" not in ran.out
    assert max(map(len, told.splitlines())) <= 60
    assert code


def test_a_terminal_without_unicode_gets_no_traceback(tmp_path: Path) -> None:
    name = tmp_path / "홍길동.py"
    name.write_text("x = 1\n", encoding="utf-8")
    ran = convgrade(["check", name], PYTHONIOENCODING="ascii")
    assert (ran.code, ran.err) == (1, "")
    assert r"\ud64d\uae38\ub3d9.py" in ran.out


def test_colours_can_be_forced_and_refused() -> None:
    assert "\x1b[32m" in convgrade(["check", RIGHT], FORCE_COLOR="1").out
    plain = convgrade(["check", RIGHT], FORCE_COLOR="1", NO_COLOR="1").out
    assert "\x1b[32m" not in plain
