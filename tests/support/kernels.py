"""Run cells in a real Jupyter kernel, in a folder of their own."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbclient import NotebookClient


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What one cell shows: printed text, its last value, its error."""

    printed: str = ""
    text: str = ""
    html: str = ""
    error: str = ""


def run(folder: Path, *cells: str, saved_as: Path | None = None) -> list[Shown]:
    """Run the cells from top to bottom; a kernel may know where it is saved."""
    code = [nbformat.v4.new_code_cell(cell) for cell in cells]  # type: ignore[no-untyped-call]
    notebook = nbformat.v4.new_notebook(cells=code)  # type: ignore[no-untyped-call]
    client = NotebookClient(
        notebook,
        timeout=300,
        allow_errors=True,
        resources={"metadata": {"path": str(folder)}},
    )
    known = {} if saved_as is None else {"JPY_SESSION_NAME": str(saved_as)}
    client.execute(env={**os.environ, **known})
    return [_shown(cell.outputs) for cell in notebook.cells]


def save(path: Path, *cells: str) -> None:
    """Write a notebook of these cells, which nothing has run."""
    written = [{"cell_type": "code", "source": source} for source in cells]
    path.write_text(json.dumps({"nbformat": 4, "cells": written}), "utf-8")


def _shown(outputs: list[nbformat.NotebookNode]) -> Shown:
    values = [each.data for each in outputs if "data" in each]
    return Shown(
        printed="".join(each.text for each in outputs if each.output_type == "stream"),
        text="".join(value.get("text/plain", "") for value in values),
        html="".join(value.get("text/html", "") for value in values),
        error="\n".join(
            line
            for each in outputs
            if each.output_type == "error"
            for line in each.traceback
        ),
    )
