"""Read a notebook: its code cells in order, each a unit with line numbers of its own.

Version 4 is read as the JSON it is; older ones are upgraded by nbformat first.
"""

from __future__ import annotations

import json
import re
import warnings
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from grader.loaders.decode import decode
from grader.loaders.magics import Cell, clean
from grader.loaders.parsing import MAX_CODE
from grader.loaders.records import KIB, MIB, SourceFile, refusal
from grader.records import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES: Final = 20 * MIB
# JSON of many small things takes a hundred times its size in memory.
MAX_THINGS: Final = 400_000
STRING: Final = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
CURRENT: Final = 4


def read(content: bytes, name: str) -> list[SourceFile]:
    """Return the notebook, and every file that its cells write.

    Raises:
        SubmissionError: it is too large, no notebook, or has no code.
    """
    if len(content) > MAX_BYTES:
        raise refusal("loading.too_large", file=name, limit=MAX_BYTES // MIB)
    notebook = _upgraded(_parsed(content, name), name)
    units: list[Unit] = []
    written: dict[str, Unit] = {}
    for number, source in _code(notebook, name):
        cell = clean(source)
        unit = Unit(name=f"{name}, cell {number}", source=cell.source)
        if cell.file:
            _write(written, cell, unit)
        elif cell.source.strip():
            units.append(unit)
    if not units and not written:
        raise refusal("loading.no_code_cell", file=name)
    _check_amount([*units, *written.values()], name)
    home = PurePosixPath(name).parent
    return [
        SourceFile(name=name, units=tuple(units)),
        *(
            SourceFile(name=str(home / path), units=(unit,))
            for path, unit in written.items()
        ),
    ]


def _parsed(content: bytes, name: str) -> dict[str, Any]:
    text, _ = decode(content, name)
    things = text.count(",") + text.count("[") + text.count("{")
    if things > MAX_THINGS:
        bare = STRING.sub("", text)
        things = bare.count(",") + bare.count("[") + bare.count("{")
    if things > MAX_THINGS:
        raise refusal("loading.too_large", file=name, limit=MAX_BYTES // MIB)
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError) as error:
        sentence = "loading.merge_conflict"
        if conflict := re.search(r"^(<{7} .*)$", text, re.MULTILINE):
            line = text.count("\n", 0, conflict.start()) + 1
            raise refusal(sentence, file=name, line=line, text=conflict[1]) from error
        line = getattr(error, "lineno", 1)
        raise refusal("loading.notebook_broken", file=name, line=line) from error
    if not isinstance(notebook, dict):
        raise refusal("loading.notebook_broken", file=name, line=1)
    return notebook


def _upgraded(notebook: dict[str, Any], name: str) -> dict[str, Any]:
    """Return the notebook in the current format."""
    version = notebook.get("nbformat", CURRENT)
    if isinstance(notebook.get("cells"), list) or version == CURRENT:
        return notebook
    # Only old notebooks pay for this import.
    import nbformat  # noqa: PLC0415

    for sheet in [notebook, *_dicts(notebook.get("worksheets"))]:
        sheet.setdefault("metadata", {})
        for cell in _dicts(sheet.get("cells")):
            cell.setdefault("metadata", {})
            cell["outputs"] = []  # not ours to read, and often not well-formed
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # Two calls that nbformat has no types for.
            old = nbformat.reader.reads(json.dumps(notebook))  # type: ignore[no-untyped-call]
            return dict(nbformat.convert(old, CURRENT))  # type: ignore[no-untyped-call]
    except Exception as error:
        raise refusal("loading.notebook_broken", file=name, line=1) from error


def _code(notebook: dict[str, Any], name: str) -> Iterator[tuple[int, str]]:
    """Yield the number and the text of every code cell; cells count from one."""
    cells = notebook.get("cells")
    if not isinstance(cells, list):
        raise refusal("loading.notebook_broken", file=name, line=1)
    for number, cell in enumerate(cells, start=1):
        if not isinstance(cell, dict) or cell.get("cell_type") != "code":
            continue
        source = cell.get("source", cell.get("input", ""))
        if isinstance(source, list):
            source = "".join(part for part in source if isinstance(part, str))
        if isinstance(source, str):
            yield number, source.replace("\r\n", "\n").replace("\r", "\n")


def _write(written: dict[str, Unit], cell: Cell, unit: Unit) -> None:
    path = cell.file.replace("\\", "/").removeprefix("./")
    if not path.endswith(".py"):
        return
    if cell.adds and path in written:
        # Of several cells, so that lines are counted in the file that they write.
        before = written[path].source.removeprefix("\n").removesuffix("\n")
        written[path] = Unit(name=path, source=f"{before}\n{cell.source}")
    else:
        # The text begins in the cell's second line.
        written[path] = Unit(name=unit.name, source=f"\n{cell.source}")


def _check_amount(units: list[Unit], name: str) -> None:
    if sum(len(unit.source) for unit in units) > MAX_CODE:
        raise refusal("loading.too_much_code", file=name, limit=MAX_CODE // KIB)


def _dicts(things: object) -> list[dict[str, Any]]:
    if not isinstance(things, list):
        return []
    return [thing for thing in things if isinstance(thing, dict)]
