"""Measure how long reading takes: a notebook of 1 MB with outputs, and small files.

Imports are not counted: a batch pays for them once.
"""

from __future__ import annotations

import base64
import json
import random
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING

from grader.assignment import DEFAULT
from grader.exercises import load_exercise
from grader.loaders import extract, load_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLES = Path(__file__).parents[1] / "submissions"
NOTEBOOK = "correct_sliding_windows_einsum.ipynb"
SIZE = 1_000_000
ROUNDS = 21


def with_outputs(content: bytes) -> bytes:
    """Return the notebook with pictures and printed numbers up to 1 MB."""
    made = json.loads(content)
    rng = random.Random(1)  # noqa: S311 (filling, no secret)
    while len(json.dumps(made)) < SIZE:
        picture = base64.b64encode(rng.randbytes(60_000)).decode()
        printed = [f"iteration {n}: loss {rng.random()}\n" for n in range(400)]
        made["cells"].append(
            {
                "cell_type": "code",
                "metadata": {},
                "execution_count": 1,
                "source": ["plt.plot(losses)\n", "plt.show()\n"],
                "outputs": [
                    {"output_type": "stream", "name": "stdout", "text": printed},
                    {"output_type": "display_data", "data": {"image/png": picture}},
                ],
            }
        )
    return json.dumps(made, indent=1).encode()


def milliseconds(work: Callable[[], object]) -> float:
    """Return the median CPU time of one call."""
    work()
    took = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        took.append(time.process_time() - started)
    return 1000 * statistics.median(took)


def main() -> None:
    """Print one line for each file: to read it, and to cut the functions out too."""
    exercise = load_exercise("conv2d")
    graded = DEFAULT.exercises[0]
    files = {
        path.name: path.read_bytes()
        for path in sorted(EXAMPLES.glob("correct_*"))
        if path.name != NOTEBOOK
    }
    files["1 MB " + NOTEBOOK] = with_outputs((EXAMPLES / NOTEBOOK).read_bytes())
    for name, content in files.items():
        last = name.rpartition(" ")[2]

        def read(last: str = last, content: bytes = content) -> object:
            return load_bytes(last, content, DEFAULT)

        def cut(last: str = last, content: bytes = content) -> object:
            found = load_bytes(last, content, DEFAULT)
            return extract.program(found, DEFAULT, graded=graded, exercise=exercise)

        size = len(content) / 1000
        print(
            f"{name} ({size:.0f} kB): {milliseconds(read):.1f} ms to read,"
            f" {milliseconds(cut):.1f} ms with cutting out"
        )


if __name__ == "__main__":
    main()
