from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from commands import Run
from in_process import InProcessSandbox
from judging import corpus_of

from grader.assignment import DEFAULT
from grader.cli import watch
from grader.session import Setting

RIGHT = "correct_im2col.py"
WRONG = "wrong_bias_left_out_of_forward.py"


@pytest.fixture(scope="module")
def setting() -> Setting:
    corpus = corpus_of()
    return Setting(
        assignment=DEFAULT,
        corpora=(corpus,),
        sandbox=InProcessSandbox(),
        seed=corpus.seed,
        corpus_digest=corpus.digest,
    )


@pytest.fixture
def file(tmp_path: Path, examples: Path) -> Path:
    return Path(shutil.copy(examples / RIGHT, tmp_path / "layers.py"))


def test_what_a_save_has_changed_is_said_last(
    file: Path, setting: Setting, examples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def save() -> Iterator[bool]:
        shutil.copy(examples / WRONG, file)
        yield True
        shutil.copy(examples / RIGHT, file)
        yield True

    watch.watch(file, setting, moments=save())
    out = capsys.readouterr().out
    assert out.splitlines()[-2:] == [
        "65 / 100 before, 100 / 100 now: 35 more.",
        "forward.value: 0 before, 35 now (right)",
    ]


def test_a_touched_file_is_not_checked_again(
    file: Path, setting: Setting, capsys: pytest.CaptureFixture[str]
) -> None:
    watch.watch(file, setting, moments=[True, True, True])
    assert capsys.readouterr().out.count("100 / 100") == 1


def test_a_file_that_is_gone_is_waited_for(
    file: Path, setting: Setting, capsys: pytest.CaptureFixture[str]
) -> None:
    watch.watch(file, setting, moments=[True, False, True])
    told = capsys.readouterr()
    assert "layers.py is not there; waiting for it." in told.err
    assert told.out.endswith("No points have changed.\n")


def test_a_half_saved_file_is_not_what_the_next_one_is_compared_with(
    file: Path, setting: Setting, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = file.read_text("utf-8")

    def save() -> Iterator[bool]:
        for text in (whole, "def conv_forward_naive(", whole):
            file.write_text(text, "utf-8")
            yield True

    watch.watch(file, setting, moments=save())
    assert capsys.readouterr().out.endswith("No points have changed.\n")


@pytest.mark.parametrize("more", [["--format", "json"], ["--also", "csv=a.csv"]])
def test_watching_shows_text_only(more: list[str], convgrade: Run, file: Path) -> None:
    ran = convgrade(["check", file, "--watch", *more])
    assert (ran.code, ran.out) == (2, "")
    assert "--watch shows text" in ran.err


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
def test_an_interrupt_ends_watching_and_leaves_nothing(
    file: Path, tmp_path: Path
) -> None:
    log = tmp_path / "log.txt"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "grader", "check", file, "--watch"],
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    wait_for(log, "Ctrl-C ends it.")
    file.write_text("def conv_forward_naive(", "utf-8")
    wait_for(log, "0 / 100 now: 100 less.")
    family = psutil.Process(process.pid).children(recursive=True)
    os.kill(process.pid, signal.SIGINT)
    assert process.wait(60) == 130
    assert psutil.wait_procs(family, timeout=30)[1] == []
    assert "Traceback" not in log.read_text("utf-8")


def wait_for(log: Path, text: str) -> None:
    deadline = time.monotonic() + 120
    while text not in log.read_text("utf-8"):
        assert time.monotonic() < deadline
        time.sleep(0.05)
