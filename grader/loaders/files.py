"""Turn the files of one submission, as bytes by path, into source text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from grader.errors import SubmissionError
from grader.loaders import from_notebook
from grader.loaders.decode import decode
from grader.loaders.parsing import MAX_CODE
from grader.loaders.records import KIB, SourceFile, Unreadable, refusal
from grader.records import Message, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NOTEBOOK: Final = re.compile(rb'\s*(\xef\xbb\xbf)?\s*\{\s*"(cells|nbformat|metadata)')
# Somebody's code that was saved under the wrong name; no JSON begins so.
PYTHON: Final = re.compile(rb"(\xef\xbb\xbf)?\s*(import|from|def|class|#|\"\"\"|@)\b|#")
# What editors, platforms and tools leave behind; nobody hands it in on purpose.
LITTER: Final = re.compile(
    r"(^|/)(\.|__MACOSX/|__pycache__/|node_modules/|site-packages/|venv/|env/lib/"
    r"|\._|~\$)|-checkpoint\.ipynb$|\.pyc$"
)
# What browsers and platforms make of a name: conv.ipynb.json, layers.py.txt, layers.
RENAMED: Final = re.compile(r"\.(txt|json|pyw)$|(^|/)[^./]+$", re.IGNORECASE)
# What only looks like code once it is unpacked by a program that is not here.
PACKED_OTHERWISE: Final = re.compile(r"\.(rar|7z|gz|bz2|xz|alz|egg)$", re.IGNORECASE)
# By their first bytes: what is often handed in instead of code.
KINDS: Final = (
    (b"%PDF", "PDF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\xfd7zXZ", "xz"),
    (b"BZh", "bzip2"),
    (b"ALZ\x01", "ALZ"),
    (b"EGGA\x00\x01", "EGG"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\xd0\xcf\x11\xe0", "Office"),
    (b"{\\rtf", "RTF"),
    (b"<!DOCTYPE html", "HTML"),
    (b"<html", "HTML"),
)


@dataclass(slots=True)
class Read:
    """What could be read of a submission's files, and what could not."""

    files: list[SourceFile] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)

    def take(self, name: str, content: bytes, *, is_provided: bool = False) -> None:
        """Read one file; what is wrong with it is kept beside its name."""
        try:
            self.files += self._sources(name, content, is_provided=is_provided)
        except SubmissionError as error:
            self.unreadable.append(Unreadable(name=name, message=error.message))

    def _sources(
        self, name: str, content: bytes, *, is_provided: bool
    ) -> list[SourceFile]:
        is_notebook = NOTEBOOK.match(content[:200]) is not None
        if name.lower().endswith(".ipynb") and PYTHON.match(content[:4000]):
            self._note("loading.note.is_python", file=name)
            name = f"{name}.py"
        elif is_notebook or name.lower().endswith(".ipynb"):
            if not content.strip():
                raise refusal("loading.empty", file=name)
            refuse_other_kinds(name, content)
            if not name.lower().endswith(".ipynb"):
                self._note("loading.note.is_notebook", file=name)
                name = f"{name}.ipynb"
            return from_notebook.read(content, name)
        refuse_other_kinds(name, content)
        if len(content) > 4 * MAX_CODE:  # UTF-32 takes four bytes a character
            raise refusal("loading.too_much_code", file=name, limit=MAX_CODE // KIB)
        text, notes = decode(content, name)
        if not text.strip():
            raise refusal("loading.empty", file=name)
        self.notes += notes
        unit = Unit(name=name, source=text)
        return [SourceFile(name=name, units=(unit,), is_provided=is_provided)]

    def _note(self, message_id: str, **values: str) -> None:
        self.notes.append(Message(id=message_id, values=values))


def is_litter(name: str) -> bool:
    """Tell whether a file is none that a student hands in on purpose."""
    return LITTER.search(name) is not None


def is_code(name: str) -> bool:
    """Tell whether a file is Python or a notebook by its name."""
    return name.lower().endswith((".py", ".ipynb"))


def may_hold_code(name: str) -> bool:
    """Tell whether a file may be code by its name, or code under another one."""
    return is_code(name) or RENAMED.search(name) is not None


def is_packed_otherwise(name: str) -> bool:
    """Tell whether a file is packed by its name, in a way that is not read here."""
    return PACKED_OTHERWISE.search(name) is not None


def refuse_other_kinds(name: str, content: bytes) -> None:
    """Raise where the first bytes are those of another kind of file.

    Raises:
        SubmissionError: it names the kind.
    """
    for start, kind in KINDS:
        if content[: len(start)].lower() == start.lower():
            raise refusal("loading.other_kind", file=name, kind=kind)


def read_all(contents: Mapping[str, bytes], provided: Iterable[Unit]) -> Read:
    """Read every file that may hold code; provided ones take the place of copies."""
    read = Read()
    course = list(provided)
    bases = {unit.name.rpartition("/")[2] for unit in course}
    names = [name for name in contents if not is_litter(name)]
    code = [name for name in names if is_code(name)]
    for name in sorted(code or names):
        base = name.rpartition("/")[2]
        if base in bases:
            read.notes.append(
                Message(id="loading.note.provided", values={"file": name})
            )
        else:
            read.take(name, contents[name])
    for unit in course:
        read.files.append(SourceFile(name=unit.name, units=(unit,), is_provided=True))
    return read
