"""Take the notebook's own commands out of a cell, so that Python is left.

Lines keep their numbers. `%time f()` is `f()`; `%run layers.py` brings that file's
names; `%%writefile im2col.py` is a file of the submission.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

# Whether there is anything to do; nearly all cells end here.
SUSPECT: Final = re.compile(r"^[ \t]*[%!?]|\?[ \t]*;?[ \t]*$|=[ \t]*[%!]", re.MULTILINE)
SCANNED: Final = re.compile(
    r"""\"\"\"|'''|"|'|\#[^\n]*|\\.|[()\[\]{}]|\n""", re.DOTALL | re.VERBOSE
)
COMMAND: Final = re.compile(r"([ \t]*)(?:%(\w*)|[!?])[ \t]*(.*)")
ASSIGNED: Final = re.compile(r"[ \t]*[\w.,\[\] \t]+=[ \t]*[%!]")
HELP: Final = re.compile(r"[ \t]*[\w.]+\?{1,2}[ \t]*;?[ \t]*$")
RUN: Final = re.compile(r"(?:-\w+[ \t]+)*([\w./\\-]+?)(?:\.py)?(?:[ \t].*)?$")
PROMPT: Final = re.compile(
    r"^(?:>>>(?: |$)|\.\.\.(?: |$)|In \[\d+\]: ?|[ \t]*\.{3,}: ?)", re.MULTILINE
)
WRITTEN: Final = re.compile(
    r"%%(?:writefile|file)[ \t]+(-a[ \t]+|--append[ \t]+)?[\"']?([^\n\"']+)"
)
# Cells that are no Python, or whose names do not stay.
ELSEWHERE: Final = frozenset(
    {"bash", "bigquery", "cmd", "cython", "file", "html", "HTML", "javascript", "js"}
    | {"julia", "latex", "markdown", "perl", "powershell", "pypy", "python", "python2"}
    | {
        "python3",
        "R",
        "ruby",
        "script",
        "sh",
        "shell",
        "sql",
        "svg",
        "system",
        "timeit",
    }
    | {"writefile"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell's Python, and the file that it writes, if it does."""

    source: str
    file: str = ""
    adds: bool = False  # to the end of that file
    commands: int = 0  # how many were left out


def clean(source: str) -> Cell:
    """Return the Python of a cell as it is written in a notebook."""
    source = _without_prompts(_unindented(source))
    if not SUSPECT.search(source):
        return Cell(source=source)
    if source.lstrip().startswith("%%"):
        return _cell_magic(source)
    lines = source.split("\n")
    count = 0
    for number in _statement_lines(source):
        plain = _plain(lines[number])
        if plain is None:
            continue
        count += 1
        last = number
        while lines[last].endswith("\\") and last + 1 < len(lines):
            last += 1
        lines[number : last + 1] = [plain] + [""] * (last - number)
    return Cell(source="\n".join(lines), commands=count)


def _unindented(source: str) -> str:
    """Take off the indentation that the whole cell has, as notebooks do."""
    first = re.search(r"^([ \t]*)\S", source, re.MULTILINE)
    if first is None or not first[1]:
        return source
    return re.sub(rf"^{first[1]}", "", source, flags=re.MULTILINE)


def _without_prompts(source: str) -> str:
    """Take off the prompts of a session that was pasted, as notebooks do."""
    if not source.lstrip().startswith((">>>", "In [")):
        return source
    return PROMPT.sub("", source)


def _cell_magic(source: str) -> Cell:
    blank = source[: len(source) - len(source.lstrip())]
    head, _, body = source.lstrip().partition("\n")
    if written := WRITTEN.match(head):
        adds, file = written[1] is not None, written[2].strip()
        return Cell(source=body, file=file, adds=adds, commands=1)
    name = re.match(r"%%(\w*)", head)
    if name is None or name[1] in ELSEWHERE:
        return Cell(source="", commands=1)
    inner = clean(body)
    return Cell(source=f"{blank}\n{inner.source}", commands=inner.commands + 1)


def _statement_lines(source: str) -> list[int]:
    """Return the numbers of the lines that begin outside strings and brackets."""
    starts, line, depth, quote = [0], 0, 0, ""
    for found in SCANNED.finditer(source):
        mark = found[0]
        line += mark.count("\n")
        if quote:
            ended = mark == quote or (mark == "\n" and len(quote) == 1)
            quote = "" if ended else quote
        elif mark in "([{":
            depth += 1
        elif mark in ")]}":
            depth = max(0, depth - 1)
        elif mark in {"'", '"', "'''", '"""'}:
            quote = mark
        if mark == "\n" and not quote and not depth:
            starts.append(line)
    return starts


def _plain(line: str) -> str | None:
    """Return what a command line leaves in its place; None: it is no command."""
    if HELP.match(line) or ASSIGNED.match(line):
        return _nothing(line)
    command = COMMAND.match(line)
    if command is None:
        return None
    indent, name, rest = command.groups()
    if name == "time" and rest:
        return f"{indent}{rest}"
    if name == "run" and (run := RUN.match(rest)):
        module = re.sub(r"[/\\]+", ".", run[1].removeprefix("./"))
        return f"{indent}from {module} import *"
    return _nothing(line)


def _nothing(line: str) -> str:
    """Return a line that does nothing; inside a block it must be a statement."""
    indent = line[: len(line) - len(line.lstrip())]
    return f"{indent}pass" if indent else ""
