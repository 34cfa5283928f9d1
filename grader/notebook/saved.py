"""Find what would be handed in: the file or the notebook that holds the functions."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.errors import SubmissionError
from grader.loaders import load, load_bytes
from grader.notebook.students import is_cell, shell
from grader.report import Identity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import FunctionType

    from grader.assignment import Assignment
    from grader.loaders import Submission
    from grader.records import Message, Unit

#: Where JupyterLab and VS Code tell a kernel which notebook it belongs to.
JUPYTER: Final = "JPY_SESSION_NAME"
VS_CODE: Final = "__vsc_ipynb_file__"
CELLS: Final = "notebook.ipynb"  # what the cells are called if nobody knows the file


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What is written down somewhere; `refused` says why it cannot be read."""

    name: str
    submission: Submission | None = None
    refused: Message | None = None
    is_notebook: bool = False  # else it is a module


def saved(
    functions: Iterable[FunctionType],
    assignment: Assignment,
    names: Mapping[str, object],
) -> Saved | None:
    """Return the file that the functions come from; None if there is none.

    Functions in cells belong to the saved notebook, else to the cells as they ran.
    """
    files = {function.__code__.co_filename for function in functions}
    if any(is_cell(file) for file in files):
        path = _notebook(names)
        if path is None:
            return cells(assignment)
        return replace(_read(path, assignment), is_notebook=True)
    paths = sorted(map(Path, files))
    return _read(paths[0], assignment) if paths else None


def cells(assignment: Assignment) -> Saved | None:
    """Return the cells that ran in this kernel as if they were a notebook."""
    history = getattr(getattr(shell(), "history_manager", None), "input_hist_raw", None)
    if not history:
        return None
    written = [{"cell_type": "code", "source": source} for source in history[1:]]
    content = json.dumps({"nbformat": 4, "cells": written}).encode()
    identity = Identity(submission=CELLS)
    try:
        found = load_bytes(CELLS, content, assignment, identity=identity)
    except SubmissionError as error:
        return Saved(name=CELLS, refused=error.message, is_notebook=True)
    files = tuple(replace(f, units=tuple(map(_cell, f.units))) for f in found.files)
    return Saved(name=CELLS, submission=replace(found, files=files), is_notebook=True)


def _cell(unit: Unit) -> Unit:
    """Call a cell as the notebook does: by the number of its run."""
    start, _, number = unit.name.rpartition(", cell ")
    return replace(unit, name=f"In[{number}]") if start == CELLS else unit


def _read(path: Path, assignment: Assignment) -> Saved:
    """Read the file exactly as `convgrade check` would."""
    identity = Identity(submission=path.name)
    try:
        submission = load(path, assignment, identity=identity, siblings=True)
    except SubmissionError as error:
        return Saved(name=path.name, refused=error.message)
    return Saved(name=path.name, submission=submission)


def _notebook(names: Mapping[str, object]) -> Path | None:
    """Return the notebook's own file, where its server has told."""
    told = (names.get(VS_CODE), os.environ.get(JUPYTER))
    paths = (Path(each) for each in told if isinstance(each, str))
    return next((p for p in paths if p.suffix == ".ipynb" and p.is_file()), None)
