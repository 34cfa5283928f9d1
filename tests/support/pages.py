"""Read a page of the documentation as what can be tried: its commands and snippets.

A block runs if it is `sh` or `python`; a `text` block after one is what it prints,
where `...` stands for anything. Python's blocks share their names, as cells do.
Comments that readers do not see steer it:
`<!-- before: ... -->` is a command that prepares what readers have already,
`<!-- installs -->` marks a block that only the build runs, and `<!-- not run: why -->`
one that nothing runs, with the reason.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import yaml
from markdown_it import MarkdownIt

from grader.assignment import parse_assignment

BEFORE: Final = re.compile(r"<!-- before: (.+?) -->", re.DOTALL)
NOT_RUN: Final = re.compile(r"<!-- not run: (.+?) -->", re.DOTALL)
INSTALLS: Final = "<!-- installs -->"
LONGEST: Final = 300  # seconds of one block, on a busy machine


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One fenced block, or a hidden command (of the language "before")."""

    language: str
    text: str
    line: int
    why_not: str = ""  # the reason why nothing runs it
    installs: bool = False


def blocks(page: Path) -> Iterator[Block]:
    """Yield everything on the page that can be tried, in order."""
    why_not, installs = "", False
    for token in MarkdownIt().parse(page.read_text("utf-8")):
        line = token.map[0] + 1 if token.map else 0
        if token.type == "html_block":
            for command in BEFORE.findall(token.content):
                yield Block(language="before", text=command, line=line)
            reason = NOT_RUN.search(token.content)
            why_not = reason[1] if reason else why_not
            installs = installs or INSTALLS in token.content
        elif token.type == "fence":
            yield Block(
                language=token.info.strip(),
                text=token.content,
                line=line,
                why_not=why_not,
                installs=installs,
            )
            why_not, installs = "", False


def appears(expected: str, printed: str) -> bool:
    """Say whether the lines are printed in this order; `...` stands for anything."""
    parts = [re.escape(part.strip()) for part in expected.split("...")]
    pattern = r"[\s\S]*?".join(re.sub(r"(\\ )+", r"[ ]+", part) for part in parts)
    lines = "\n".join(line.rstrip() for line in printed.splitlines())
    return re.search(pattern, lines) is not None


@dataclass(slots=True, kw_only=True)
class Reader:
    """Somebody who tries a page from top to bottom, in one folder."""

    folder: Path
    path: str  # where commands are found
    examples: Path
    installs: bool = False
    printed: str | None = ""  # None: by a block that does not run here
    cells: list[str] = field(default_factory=list)

    def visit(self, page: Path) -> None:
        """Try everything on the page; AssertionError names the line that fails."""
        for block in blocks(page):
            if block.why_not or (block.installs and not self.installs):
                self.printed = None
                continue
            try:
                self.try_out(block)
            except AssertionError as error:
                told = f"{page.name}, line {block.line}: {error}"
                raise AssertionError(told) from error

    def try_out(self, block: Block) -> None:
        """Run a block, or compare it with what the one before has printed."""
        match block.language:
            case "sh" | "before":
                self.printed = self.run(block.text)
            case "python":
                self.cells.append(block.text)
                (self.folder / "_block.py").write_text("\n".join(self.cells), "utf-8")
                self.printed = self.run("python _block.py")
                (self.folder / "_block.py").unlink()
            case "text" if self.printed is None:
                pass
            case "text":
                assert self.printed is not None
                assert appears(block.text, self.printed), self.printed
            case "toml":
                self.read_toml(block.text)
            case "yaml":
                yaml.safe_load(block.text)
            case "json":
                json.loads(block.text)
            case directive:
                assert directive.startswith("{"), f"no way to try {directive!r}"

    def run(self, script: str) -> str:
        """Run commands as a reader does; return what they print."""
        started = subprocess.Popen(
            ["bash", "-e", "-c", script],  # noqa: S607 (whichever bash a reader has)
            cwd=self.folder,
            env={
                **os.environ,
                "PATH": self.path,
                "EXAMPLES": str(self.examples),
                "COLUMNS": "88",
                "NO_COLOR": "1",
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        try:
            printed, _ = started.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired as error:
            # The shell and whatever it has started.
            os.killpg(started.pid, signal.SIGKILL)
            started.communicate()
            raise AssertionError("it does not end by itself") from error
        # A check of what is wrong or unfilled ends with 1, as its page says.
        assert started.returncode in {0, 1}, printed
        assert "Traceback" not in printed
        return printed

    def read_toml(self, text: str) -> None:
        """Read it as an assignment, if it has a table at all."""
        if any(
            isinstance(value, (dict, list)) for value in tomllib.loads(text).values()
        ):
            parse_assignment(text.encode(), source="the page", folder=self.folder)
