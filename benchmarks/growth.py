"""Print how a batch grows: `python benchmarks/growth.py [COUNT...] [OPTION...]`.

Each count is a run of `convgrade grade` over as many distinct programs: CPU seconds of
all its processes beyond those of starting, wall seconds a submission, the parent's
largest memory, and what a second run costs that finds nothing to grade. Targets: at
most 10 % more CPU a submission from the first count to the last (100 1000 10000 at
night), and at most 200 MB in the parent.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

EXAMPLES = Path(__file__).parents[1] / "submissions"
#: Nine right programs and one wrong one, as a course that goes well has them.
MIX = (
    *["correct_im2col.py"] * 6,
    *["correct_seven_loops.py"] * 2,
    "correct_fft.py",
    "wrong_dx_not_cropped_without_padding.py",
)
PAUSE = 0.05
FIXED = 10
MOST_MEMORY = 200


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What one run took."""

    cpu: float
    wall: float
    memory: float  # MB of the parent at most


def generate(folder: Path, count: int) -> None:
    """Write distinct programs: no two are the same to anybody."""
    folder.mkdir()
    texts = [(EXAMPLES / name).read_text(encoding="utf-8") for name in MIX]
    for number in range(count):
        text = f"{texts[number % len(texts)]}\n# number {number}\n"
        (folder / f"s{number:06}.py").write_text(text, encoding="utf-8")


def run(handed_in: Path, out: Path, *options: str) -> Cost:
    """Grade, and watch the parent's memory meanwhile."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    words = [sys.executable, "-m", "grader", "grade", handed_in, "--out", out, *options]
    process = subprocess.Popen(  # noqa: S603 (our own program)
        list(map(str, words)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
    )
    memory = 0
    while process.poll() is None:
        try:
            memory = max(memory, psutil.Process(process.pid).memory_info().rss)
        except psutil.Error:
            break
        time.sleep(PAUSE)
    process.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    wall = time.monotonic() - started
    return Cost(cpu=cpu, wall=wall, memory=memory / 1e6)


def main() -> None:
    """Print a line for each count, then the ratio of the last to the first."""
    counts = [int(word) for word in sys.argv[1:] if word.isdigit()] or [100, 1000]
    options = [word for word in sys.argv[1:] if not word.isdigit()]
    shares = []
    with tempfile.TemporaryDirectory() as name:
        # Starting costs the same for any number, and would hide what grows.
        generate(Path(name) / "in0", FIXED)
        fixed = run(Path(name) / "in0", Path(name) / "out0", *options).cpu
        print(f"starting, and {FIXED} submissions: {fixed:.1f} s CPU", flush=True)
        for count in counts:
            handed_in, out = Path(name) / f"in{count}", Path(name) / f"out{count}"
            generate(handed_in, count)
            first = run(handed_in, out, *options)
            second = run(handed_in, out, *options)
            page = (out / "index.html").stat().st_size
            shares.append((first.cpu - fixed) / (count - FIXED))
            print(
                f"{count} submissions: {1000 * shares[-1]:.1f} ms CPU and"
                f" {1000 * first.wall / count:.1f} ms a submission,"
                f" parent {first.memory:.0f} MB of {MOST_MEMORY}; nothing to do:"
                f" {second.wall:.1f} s, {second.memory:.0f} MB;"
                f" index.html {page / 1e6:.1f} MB",
                flush=True,
            )
    print(
        f"CPU a submission, last to first: {shares[-1] / shares[0]:.2f} (at most 1.10)"
    )


if __name__ == "__main__":
    main()
