"""Read the code for the ids of messages: those it names, and those it can make."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import grader

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER: Final = Path(grader.__file__).parent
SOURCES: Final = [path for path in FOLDER.rglob("*.py") if "messages" not in path.parts]
WRITTEN: Final = re.compile(
    r"""(?:Message\(\s*id=|\bmessage\(\s*|refusal\(\s*)["']([\w. ]+)["']"""
)
#: So deep may one f-string fill the hole of another.
DEPTH: Final = 2
QUOTED: Final = re.compile(r"""["'](?=([\w. ]+)["'])""")
GLUED: Final = re.compile(r'"([\w.]+)" ~')  # as Jinja writes an f-string


def named_in_code() -> set[str]:
    """Return the ids that stand whole where a message is made."""
    texts = (path.read_text(encoding="utf-8") for path in SOURCES)
    return {name for text in texts for name in WRITTEN.findall(text) if "." in name}


def written_somewhere(text: str) -> bool:
    """Can the code make this text: whole, or an f-string of texts that it can make?"""
    # How a call ends is said of loading the file in the same words.
    return any(
        _is_made(name, depth=DEPTH)
        for name in (text, re.sub("^load[.]", "call.", text))
    )


@cache
def _is_made(text: str, *, depth: int) -> bool:
    if text in _constants():
        return True
    for ending in ("_at", "_bare"):
        if text.endswith(ending) and text.removesuffix(ending) in _constants():
            return True
    return depth > 0 and any(
        all(_is_made(hole, depth=depth - 1) for hole in holes)
        for start, pattern in _patterns()
        if text.startswith(start)
        for holes in _filled(pattern, text)
    )


def _filled(pattern: str, text: str) -> Iterator[tuple[str, ...]]:
    """Yield what the holes of an f-string would hold, short and long."""
    for hole in ("(.+)", "(.+?)"):
        found = re.fullmatch(pattern.replace("\0", hole), text)
        if found:
            yield found.groups()


@cache
def _constants() -> frozenset[str]:
    whole = (n.value for n in _nodes() if isinstance(n, ast.Constant))
    return frozenset(w for w in whole if isinstance(w, str)) | {
        *QUOTED.findall(_templates())
    }


@cache
def _patterns() -> frozenset[tuple[str, str]]:
    """Return how each f-string starts, and all of it with a zero byte for each hole.

    None that is only holes.
    """
    joined = (n for n in _nodes() if isinstance(n, ast.JoinedStr))
    patterns = {
        "".join(
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else "\0"
            for part in each.values
        )
        for each in joined
    }
    glued = {f"{re.escape(start)}\0" for start in GLUED.findall(_templates())}
    return frozenset(
        (re.sub(r"\\(.)", r"\1", p.partition("\0")[0]), p)
        for p in patterns | glued
        if re.search(r"[a-z]", p) and "\0" in p
    )


@cache
def _templates() -> str:
    return "".join(p.read_text(encoding="utf-8") for p in FOLDER.rglob("*.j2"))


@cache
def _nodes() -> list[ast.AST]:
    return [
        node
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    ]
