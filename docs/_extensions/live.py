"""Show in a page what the program itself says, so that no page grows old.

`{command} convgrade check --help` shows what the command prints, and
`{new-file} assignment.toml` a file as `convgrade new` writes it.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.parsers.rst import Directive

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx

COLUMNS = "84"
SUFFIXES = {".py": "python", ".toml": "toml", ".yml": "yaml"}


class Command(Directive):
    """What one command of convgrade prints."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Run the command, which must succeed."""
        name, *arguments = shlex.split(self.arguments[0])
        if name != "convgrade":
            raise self.error(f"command is {name!r}, wanted 'convgrade'")
        return [_block(_said(arguments), language="text")]


class NewFile(Directive):
    """A file of a new assignment's repository."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Set a course up and show one of its files."""
        name = self.arguments[0]
        with tempfile.TemporaryDirectory() as folder:
            _said(["new", folder, "--name", "a2"])
            text = (Path(folder) / name).read_text(encoding="utf-8")
        return [_block(text, language=SUFFIXES.get(Path(name).suffix, "text"))]


def _said(arguments: Sequence[str]) -> str:
    done = subprocess.run(  # noqa: S603 (our own pages name the commands)
        [sys.executable, "-P", "-m", "grader", *arguments],
        env={**os.environ, "COLUMNS": COLUMNS, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    lines = [line.rstrip() for line in done.stdout.strip("\n").splitlines()]
    return "\n".join(lines)


def _block(text: str, *, language: str) -> nodes.literal_block:
    block = nodes.literal_block(text, text)
    block["language"] = language
    return block


def setup(app: Sphinx) -> dict[str, bool]:
    """Register both directives."""
    app.add_directive("command", Command)
    app.add_directive("new-file", NewFile)
    return {"parallel_read_safe": True}
