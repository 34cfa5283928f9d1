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
QUOTED: Final = re.compile(r"""["'](?=([\w. ]+)["'])""")
GLUED: Final = re.compile(r'"([\w.]+)" ~')  # as Jinja writes an f-string


def named_in_code() -> set[str]:
    """Return the ids that stand whole where a message is made."""
    texts = (path.read_text(encoding="utf-8") for path in SOURCES)
    return {name for text in texts for name in WRITTEN.findall(text) if "." in name}


@cache
def written_somewhere(text: str) -> bool:
    """Can the code make this text: whole, or an f-string of texts that it can make?"""
    if text in _constants():
        return True
    # How a call ends is said of loading the file in the same words.
    if text.startswith("load."):
        return written_somewhere(f"call.{text.removeprefix('load.')}")
    for ending in ("_at", "_bare"):
        if text.endswith(ending) and ending in _constants():
            return written_somewhere(text.removesuffix(ending))
    return any(
        all(map(written_somewhere, holes))
        for pattern in _patterns()
        for holes in _filled(pattern, text)
    )


def _filled(pattern: str, text: str) -> Iterator[tuple[str, ...]]:
    """Yield what the holes of an f-string would hold, short and long."""
    for hole in ("(.+)", "(.+?)"):
        found = re.fullmatch(pattern.replace("\0", hole), text)
        if found and text not in found.groups():
            yield found.groups()


@cache
def _constants() -> frozenset[str]:
    whole = (n.value for n in _nodes() if isinstance(n, ast.Constant))
    return frozenset(w for w in whole if isinstance(w, str)) | {
        *QUOTED.findall(_templates())
    }


@cache
def _patterns() -> frozenset[str]:
    """Return the f-strings, a zero byte for each hole; none that is only holes."""
    joined = (n for n in _nodes() if isinstance(n, ast.JoinedStr))
    patterns = {
        "".join(
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else "\0"
            for part in each.values
        )
        for each in joined
    }
    glued = {f"{re.escape(start)}\0" for start in GLUED.findall(_templates())}
    return frozenset(p for p in patterns | glued if re.search(r"\w", p) and "\0" in p)


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
