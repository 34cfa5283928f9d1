"""Print how much faster two workers are: `python benchmarks/cluster.py [COUNT]`.

The same distinct programs are graded on one local worker of dask.distributed and on
two, each with one thread. Target: two are at least 1.8 times as fast as one. On a
machine with fewer than four processors the scheduler and this process take some of
theirs.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import distributed
from growth import generate

COUNT = 200
WARM = 6  # so that imports and sandboxes are not what is measured


def graded(handed_in: Path, out: Path, address: str) -> float:
    """Return the wall seconds of one run."""
    words = [sys.executable, "-m", "grader", "grade", handed_in, "--out", out]
    words += ["--seed", "1", "--scheduler", address]
    started = time.monotonic()
    subprocess.run(list(map(str, words)), check=True, stdout=subprocess.DEVNULL)  # noqa: S603 (our own program)
    return time.monotonic() - started


def seconds(folder: Path, workers: int) -> float:
    """Return what the second batch takes on so many workers."""
    with distributed.LocalCluster(
        n_workers=workers, threads_per_worker=1, dashboard_address=":0"
    ) as cluster:
        address = cluster.scheduler_address
        graded(folder / "warm", folder / f"warm{workers}", address)
        return graded(folder / "in", folder / f"out{workers}", address)


def main() -> None:
    """Print both times and their ratio."""
    count = int(sys.argv[1]) if sys.argv[1:] else COUNT
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate(folder / "warm", WARM)
        generate(folder / "in", count)
        one, two = seconds(folder, 1), seconds(folder, 2)
    print(f"{count} submissions: one worker {one:.1f} s, two {two:.1f} s")
    print(f"two are {one / two:.2f} times as fast (at least 1.8)")


if __name__ == "__main__":
    main()
