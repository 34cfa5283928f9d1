from __future__ import annotations

import os
from pathlib import Path

import pytest
import typer

from grader import cli
from grader.cli import commands
from grader.cli.endings import FINE, INTERRUPTED, MISUSE, UNDECIDED
from grader.errors import SandboxError, UsageError


@pytest.fixture(autouse=True)
def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under coverage the checkout may run, beside the installed copy."""
    monkeypatch.setattr(cli, "refuse_strangers", lambda: None)


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (UsageError("a sentence\x1b"), MISUSE, "convgrade: a sentence\\x1b\n"),
        (SandboxError("no fork"), UNDECIDED, "sandbox does not work here: no fork"),
        (ZeroDivisionError("our bug"), UNDECIDED, "fault of convgrade"),
        (KeyboardInterrupt(), INTERRUPTED, ""),
        (SystemExit(7), 7, ""),
        (SystemExit(None), FINE, ""),
    ],
)
def test_every_error_ends_as_its_exit_code(
    error: BaseException,
    code: int,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(cli, "_app", lambda: fail)
    assert cli.run([]) == code
    assert told in capsys.readouterr().err


def test_a_reader_that_leaves_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def leave(*_: object, **__: object) -> None:
        raise BrokenPipeError

    pipe_read, pipe_write = os.pipe()
    with os.fdopen(pipe_write, "w") as out:
        monkeypatch.setattr("sys.stdout", out)
        monkeypatch.setattr(cli, "_app", lambda: leave)
        assert cli.run([]) == FINE
    os.close(pipe_read)


@pytest.mark.parametrize(
    "arguments",
    [
        ["nothing"],
        ["check"],
        ["check", "x.py", "--nothing"],
        ["check", "x.py", "--seed", "-1"],
        ["check", "x.py", "--fail-under", "101"],
        ["grade", "x.py"],
        ["grade", "x.py", "--out", "o", "--jobs", "0"],
        ["grade", "x.py", "--out", "o", "--require-tier", "perfect"],
    ],
)
def test_wrong_options_are_misuse(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(arguments) == MISUSE
    assert "Traceback" not in capsys.readouterr().err


def test_help_and_version_are_fine(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--help"]) == FINE
    assert cli.run(["--version"]) == FINE
    told = capsys.readouterr().out
    assert "Exit codes: 0 fine, 1 below --fail-under" in told
    assert "convgrade 0." in told


@pytest.mark.parametrize("name", commands.COMMANDS)
def test_every_command_explains_itself(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run([name, "--help"]) == FINE
    first, *_ = (commands.COMMANDS[name].__doc__ or "").split(";")
    assert first[:30] in " ".join(capsys.readouterr().out.split())


def test_main_leaves_with_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["convgrade", "--version"])
    with pytest.raises(SystemExit) as ending:
        cli.main()
    assert ending.value.code == FINE


def test_the_application_is_one_of_typer() -> None:
    assert isinstance(cli._app(), typer.Typer)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["check", "gone.py"], "path 'gone.py' does not exist; wanted a submission"),
        (["check", "{f}", "--format", "pdf"], "--format is 'pdf'; wanted one of text"),
        (["check", "{f}", "--assignment", "gone.toml"], "assignment file 'gone.toml'"),
        (["check", "{f}", "--corpus", "gone.json"], "corpus file 'gone.json'"),
        (["grade", "gone", "--out", "{o}"], "path 'gone'"),
        (["grade", "{f}", "--out", "{f}"], "no submissions in"),
        (["grade", "{f}", "--out", "{f}/below"], "cannot write into the folder"),
        (["report", "gone"], "no reports in 'gone'"),
    ],
)
def test_a_bad_path_is_one_sentence_that_names_it(
    arguments: list[str],
    told: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "layers.py"
    file.write_text("x = 1\n", encoding="utf-8")
    filled = [a.format(f=file, o=tmp_path / "out") for a in arguments]
    assert cli.run(filled) == MISUSE
    sentence = capsys.readouterr().err.splitlines()[-1]
    assert sentence.startswith("convgrade: ")
    assert told in sentence
