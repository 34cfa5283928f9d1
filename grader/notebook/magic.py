"""The line magic `%grade`, which `%load_ext grader` brings."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn, Protocol

from grader.notebook.errors import NotebookError

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.notebook.result import Checked

MOST_FUNCTIONS: Final = 2


class Shell(Protocol):
    """As much of IPython as is needed here."""

    user_ns: dict[str, object]

    def register_magic_function(
        self, func: Callable[[str], object], magic_kind: str, magic_name: str
    ) -> None:
        """Make the function known as a magic."""


def load_ipython_extension(shell: Shell) -> None:
    """Have the shell know `%grade`; IPython calls this by its name."""

    def grade(line: str) -> Checked | None:
        return _grade(line, shell.user_ns)

    grade.__doc__ = _parser().format_help()
    shell.register_magic_function(grade, "line", "grade")


class _Parser(argparse.ArgumentParser):
    """Complains in one sentence, and never ends the kernel."""

    def error(self, message: str) -> NoReturn:
        raise NotebookError(f"{message}; wanted {self.format_usage().strip()}")


def _parser() -> _Parser:
    parser = _Parser(
        prog="%grade",
        description="Check this notebook's layer as it will be graded.",
        add_help=False,
    )
    parser.add_argument(
        "functions", nargs="*", help="forward and backward; found without it"
    )
    parser.add_argument(
        "--assignment", type=Path, help="the instructor's assignment.toml"
    )
    parser.add_argument("--seed", type=int, help="seed of the data; else a fresh one")
    parser.add_argument(
        "--search", type=int, help="drawn cases to try after the published ones"
    )
    return parser


def _grade(line: str, names: dict[str, object]) -> Checked:
    from grader.notebook.check import check_in  # noqa: PLC0415 (NumPy and all)

    try:
        words = shlex.split(line)
    except ValueError as error:
        raise NotebookError(f"%grade got {line!r}: {error}") from None
    told = _parser().parse_args(words)
    if len(told.functions) > MOST_FUNCTIONS:
        raise NotebookError(f"%grade got {told.functions!r}; wanted two functions")
    for name in told.functions:
        if name not in names:
            raise NotebookError(f"%grade got {name!r}, which is not defined here")
    forward, backward, *_ = (*(names[name] for name in told.functions), None, None)
    return check_in(
        names,
        (forward, backward),
        assignment=told.assignment,
        seed=told.seed,
        search=told.search,
    )
