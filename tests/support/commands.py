"""Run a command in this process, and keep what it leaves behind."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from unittest import mock

from grader import cli


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """The exit code and both streams."""

    code: int
    out: str
    err: str


Run: TypeAlias = Callable[[Sequence[object]], Ran]


def run_here(arguments: Sequence[object]) -> Ran:
    """Run one command as `convgrade` does, in a window of 80 columns."""
    out, err = io.StringIO(), io.StringIO()
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        mock.patch.dict(os.environ, {"COLUMNS": "80"}),
        # Under coverage the checkout may run, beside the installed copy.
        mock.patch.object(cli, "refuse_strangers"),
    ):
        code = cli.run([str(argument) for argument in arguments])
    return Ran(code=code, out=out.getvalue(), err=err.getvalue())
