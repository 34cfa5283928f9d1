"""Measure the first score in a notebook: three cells in a fresh kernel."""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient

EXAMPLES = Path(__file__).parents[1] / "submissions"
NAMES = ("correct_im2col.py", "wrong_dx_not_cropped_without_padding.py")
CELLS = (
    "from layers import conv_forward_naive, conv_backward_naive",
    "from grader import check",
    "check(conv_forward_naive, conv_backward_naive)",
)
ROUNDS = 5


def measured(example: str) -> tuple[float, float]:
    """Return the seconds of the three cells, and of the last one once more."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(EXAMPLES / example, Path(folder) / "layers.py")
        cells = [nbformat.v4.new_code_cell(cell) for cell in (*CELLS, CELLS[-1])]
        client = NotebookClient(
            nbformat.v4.new_notebook(cells=cells),
            resources={"metadata": {"path": folder}},
        )
        with client.setup_kernel():
            took = []
            for number, cell in enumerate(cells):
                started = time.perf_counter()
                client.execute_cell(cell, number)
                took.append(time.perf_counter() - started)
    return sum(took[:3]), took[3]


def main() -> None:
    """Print medians; a kernel's own start is not counted."""
    for example in NAMES:
        first, again = zip(*(measured(example) for _ in range(ROUNDS)), strict=True)
        print(
            f"{example}: {statistics.median(first):.2f} s for three cells,"
            f" {statistics.median(again):.2f} s to check again"
        )


if __name__ == "__main__":
    main()
