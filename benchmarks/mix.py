"""Compare what a batch costs with what the students' functions in it cost.

Run `python benchmarks/mix.py [COUNT]` alone. Both sides are CPU seconds of one run:
`convgrade grade` with everything that it starts, and the very calls of the published
cases made without any grader. What a batch costs once (its imports, its corpus and its
class page) is taken out by grading a small batch as well.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import mixing
from spending import spent

from grader import corpus
from grader.assignment import DEFAULT
from grader.engine.between import choose_between
from grader.engine.protocol import CaseRun
from grader.exercises import load_exercise

if TYPE_CHECKING:
    from collections.abc import Callable

FEW: Final = 20
MOST_OVERHEAD, MOST_FIXED, MOST_PAGES = 1.6, 15.0, 10.0


def batch(folder: Path, count: int, *, pages: str) -> float:
    """Return the CPU seconds of grading so many programs of the mix."""
    submissions, out = folder / f"in-{count}", folder / f"out-{count}-{pages}"
    mixing.write(submissions, count)
    grade = ("grade", str(submissions), "--out", str(out), "--pages", pages)
    return spent([sys.executable, "-P", "-m", "grader", *grade])


def students(sources: list[str]) -> float:
    """Return the CPU seconds of the published calls, made directly."""
    graded = DEFAULT.exercises[0]
    exercise = load_exercise(graded.layer)
    posed = corpus.build(
        exercise, graded.domain_for(exercise), seed=1, data=graded.data
    )
    return sum(_called(source, posed) for source in sources)


def _called(source: str, posed: corpus.Corpus) -> float:
    space: dict[str, Any] = {}
    exec(source, space)  # noqa: S102 (a program of the mix)
    forward, backward = space["conv_forward_naive"], space["conv_backward_naive"]
    spent = 0.0
    before: list[CaseRun] = []
    for entry in posed.entries:
        between = choose_between(entry, before)
        before.append(CaseRun(entry=entry, forward=()))
        for data in (entry.first, entry.second):
            took, (_, cache) = _timed(
                forward, *_copies(data), dict(entry.options or {})
            )
            spent += took + _timed(backward, data.dout.copy(), cache)[0]
        if between is not None:
            options = dict(between.options or {})
            spent += _timed(forward, *_copies(between.first), options)[0]
    return spent


def _copies(data: corpus.DataSet) -> list[Any]:
    return [array.copy() for array in data.arrays.values()]


def _timed(function: Callable[..., Any], *arguments: object) -> tuple[float, Any]:
    start = time.process_time()
    result = function(*arguments)
    return time.process_time() - start, result


def main(count: int) -> None:
    """Print each figure beside its target."""
    sources = list(mixing.programs(count).values())
    students(sources[:FEW])  # warm
    own = students(sources[FEW:]) / (count - FEW)
    with tempfile.TemporaryDirectory() as folder:
        costs = {}
        for pages in ("none", "all"):
            few, many = (
                batch(Path(folder), number, pages=pages) for number in (FEW, count)
            )
            costs[pages] = (many - few) / (count - FEW)
    fixed, pages = costs["none"] - own, costs["all"] - costs["none"]
    print(f"inside student functions: {1000 * own:.1f} ms CPU a submission")
    print(f"beyond them, without pages: {1000 * fixed:.1f} ms (target {MOST_FIXED})")
    print(f"pages: {1000 * pages:.1f} ms (target {MOST_PAGES})")
    print(f"in all: {costs['none'] / own:.2f} times (target {MOST_OVERHEAD})")
    print(f"in all with pages: {costs['all'] / own:.2f} times")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 120)
