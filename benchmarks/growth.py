"""Print how a batch grows: `python benchmarks/growth.py [FEW MANY] [OPTION...]`.

As root on Linux. One batch of many distinct programs is held every few seconds, when
its processes have nothing left to do, and a batch of few is graded meanwhile: a machine
that is slower for a while is slower for both. Targets: at most 10 % more CPU a
submission in the batch of many (100 10000 at night), starting left out, and at most
200 MB in its parent. What a second run costs that finds nothing to grade is told too.
"""

from __future__ import annotations

import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from spending import COMPILED, group, spent, used

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLES = Path(__file__).parents[1] / "submissions"
#: Nine right programs and one wrong one, as a course that goes well has them.
MIX = (
    *["correct_im2col.py"] * 6,
    *["correct_seven_loops.py"] * 2,
    "correct_fft.py",
    "wrong_dx_not_cropped_without_padding.py",
)
PAUSE = 0.05
PIECE = 20.0  # seconds of the batch of many, between two of few
QUIET, PATIENCE = 0.3, 30.0  # seconds in which nothing is done; and to wait for that
FIXED = 30  # enough for every process to have met a wrong one
MOST_MEMORY = 200
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}


def generate(folder: Path, count: int) -> None:
    """Write distinct programs: no two are the same to anybody."""
    folder.mkdir()
    texts = [(EXAMPLES / name).read_text(encoding="utf-8") for name in MIX]
    for number in range(count):
        text = f"{texts[number % len(texts)]}\n# number {number}\n"
        (folder / f"s{number:06}.py").write_text(text, encoding="utf-8")


def command(handed_in: Path, out: Path, *options: str) -> list[str]:
    """Return the words that grade a folder."""
    words = ["-P", "-m", "grader", "grade", str(handed_in), "--out", str(out)]
    return [sys.executable, *words, *options]


@dataclass(frozen=True, kw_only=True)
class Few:
    """The batch of few, and how it is graded; starting always costs the same."""

    folder: Path
    count: int
    options: tuple[str, ...]

    def write(self) -> None:
        """Write what is graded again and again."""
        generate(self.folder / "start", FIXED)
        generate(self.folder / "few", FIXED + self.count)

    def costs(self) -> tuple[float, float]:
        """Return the CPU seconds of starting with FIXED, and of a submission more."""
        start, few = self._graded("start"), self._graded("few")
        return start, (few - start) / self.count

    def _graded(self, name: str) -> float:
        out = self.folder / "out"
        words = command(self.folder / name, out, *self.options)
        took = spent(words, env=ONE_THREAD)
        shutil.rmtree(out)
        return took


class Run:
    """A batch that can be held; how large its parent has become."""

    def __init__(self, words: list[str], charged: Path) -> None:
        self._charged, tasks = charged, charged / "cgroup.procs"
        self.process = subprocess.Popen(  # noqa: S603 (our own program)
            words,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **COMPILED, **ONE_THREAD},
            preexec_fn=lambda: tasks.write_text(str(os.getpid())),  # noqa: PLW1509 (no threads)
        )
        self.memory = 0

    def wait(self, seconds: float) -> bool:
        """Look at its memory for so long; return whether it has ended."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                return True
            with suppress(psutil.Error):  # it ends just now
                now = psutil.Process(self.process.pid).memory_info().rss
                self.memory = max(self.memory, now)
            time.sleep(PAUSE)
        return False

    def hold(self) -> None:
        """Stop the parent; its processes do what they have, and then nothing."""
        self.process.send_signal(signal.SIGSTOP)
        end, before = time.monotonic() + PATIENCE, -1.0
        while (now := used(self._charged)) > before and time.monotonic() < end:
            before = now
            time.sleep(QUIET)

    def pieces(self) -> Iterator[float]:
        """Yield the CPU seconds of each piece; it is held until the next is wanted."""
        before, ended = 0.0, False
        try:
            while not ended:
                ended = self.wait(PIECE)
                if not ended:
                    self.hold()
                now = used(self._charged)
                yield now - before
                before = now
                self.process.send_signal(signal.SIGCONT)
        finally:
            self.process.send_signal(signal.SIGCONT)
            self.process.terminate()
            self.process.wait()


def grow(run: Run, few: Few, *, many: int) -> tuple[float, float]:
    """Return CPU seconds of a submission of many, and how many times one of few."""
    start, one = few.costs()
    units, took = [one], []
    for piece in run.pieces():
        took.append(piece)
        units.append(few.costs()[1])
    # Each piece counts in submissions of the few that were graded before and after it.
    took[0] -= start
    around = [statistics.mean(pair) for pair in pairwise(units)]
    sized = sum(piece / unit for piece, unit in zip(took, around, strict=True))
    return sum(took) / (many - FIXED), sized / (many - FIXED)


def main() -> int:
    """Print what the batch of many costs; return 1 if a target is missed."""
    counts = [int(word) for word in sys.argv[1:] if word.isdigit()]
    few, many = counts or (100, 1000)
    options = tuple(word for word in sys.argv[1:] if not word.isdigit())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        handed_in, out = folder / "many", folder / "results"
        small = Few(folder=folder, count=few, options=options)
        small.write()
        generate(handed_in, many)
        words = command(handed_in, out, *options)
        with group() as charged:
            run = Run(words, charged)
            cpu, ratio = grow(run, small, many=many)
        with group() as charged:
            again = Run(words, charged)
            started = time.monotonic()
            again.wait(float("inf"))
            nothing = time.monotonic() - started
        page = (out / "index.html").stat().st_size
    memory = max(run.memory, again.memory) / 1e6
    print(f"a submission of {many}: {1000 * cpu:.1f} ms CPU")
    compared = f"a submission of {many} to one of {few}"
    print(f"{compared}: {ratio:.2f} times the CPU (at most 1.10)")
    print(f"memory of the parent of {many}: {memory:.0f} MB (at most {MOST_MEMORY} MB)")
    print(f"nothing to do: {nothing:.1f} s; index.html: {page / 1e6:.1f} MB")
    return 0 if ratio <= 1.1 and memory <= MOST_MEMORY else 1  # noqa: PLR2004 (the target)


if __name__ == "__main__":
    sys.exit(main())
