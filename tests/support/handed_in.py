"""Submissions for the loaders' tests, built from text, and programs cut out of them."""

from __future__ import annotations

import json
from typing import Any, Final

from grader.assignment import DEFAULT, Assignment
from grader.errors import SubmissionError
from grader.exercises import load_exercise
from grader.loaders import Extraction, Submission, extract, load_bytes
from grader.loaders.files import read_all
from grader.messages import render
from grader.records import Program
from grader.report import Identity

FORWARD: Final = "def conv_forward_naive(x, w, b, conv_param):\n    return x, w\n"
BACKWARD: Final = "def conv_backward_naive(dout, cache):\n    return dout, dout, dout\n"
BOTH: Final = FORWARD + BACKWARD


def submission(assignment: Assignment = DEFAULT, /, **files: str) -> Submission:
    """Return a submission of these files; `a__b_py` is a/b.py, `x_ipynb` x.ipynb."""
    named = {_path(name): text.encode() for name, text in files.items()}
    read = read_all(named, assignment.provided)
    return Submission(
        identity=Identity(submission="someone"),
        files=tuple(read.files),
        unreadable=tuple(read.unreadable),
        notes=tuple(read.notes),
        file_pattern=assignment.file,
    )


def _path(name: str) -> str:
    if "." in name:
        return name
    stem, _, ending = name.rpartition("_")
    return f"{stem.replace('__', '/')}.{ending}"


def extraction(
    handed_in: Submission | str,
    assignment: Assignment = DEFAULT,
    *,
    whole: bool = False,
) -> Extraction:
    """Return what is cut out of a submission, or of a layers.py with this text."""
    if isinstance(handed_in, str):
        handed_in = load_bytes("layers.py", handed_in.encode(), assignment)
    graded = assignment.exercises[0]
    exercise = load_exercise(graded.layer)
    cut_out = extract.whole if whole else extract.program
    return cut_out(handed_in, assignment, graded=graded, exercise=exercise)


def kept(handed_in: Submission | str, assignment: Assignment = DEFAULT) -> str:
    """Return the lines that are kept of the main file, without the empty ones."""
    units = extraction(handed_in, assignment).program.units
    lines = [line for unit in units for line in unit.source.split("\n") if line]
    return "\n".join(lines) + "\n"


def namespace(program: Program) -> dict[str, Any]:
    """Return what the units leave in their namespace, run here and now."""
    names: dict[str, Any] = {"__name__": "submission"}
    for unit in program.units:
        exec(compile(unit.source, unit.name, "exec", dont_inherit=True), names)  # noqa: S102 (our own text)
    return names


def told(error: SubmissionError, language: str = "en") -> str:
    """Return the sentence of a refusal."""
    return render(error.message, language)


def notes(found: Extraction | Submission) -> list[str]:
    """Return the ids of the notes."""
    return [note.id for note in found.notes]


def notebook(*cells: str, **changes: Any) -> str:  # noqa: ANN401 (any JSON)
    """Return a notebook of these code cells."""
    made: dict[str, Any] = {
        "cells": [
            {
                "cell_type": "code",
                "execution_count": None,
                "metadata": {},
                "outputs": [],
                "source": cell.splitlines(keepends=True),
            }
            for cell in cells
        ],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 4,
    }
    return json.dumps(made | changes)
