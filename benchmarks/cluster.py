"""Print how much faster two workers are: `benchmarks/cluster.py [COUNT] [ROUNDS]`.

One local worker of dask.distributed and two, each with one thread, take turns: in every
round both grade as many distinct programs, as `convgrade grade --scheduler` has them
graded, and the median of the rounds counts. Target: two are at least 1.8 times as fast
as one. On a machine with fewer than four processors the scheduler and this process take
some of theirs.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import distributed
import mixing

from grader.assignment import DEFAULT
from grader.batch import corpora, entries, pool, work
from grader.batch.cluster import Cluster
from grader.batch.records import Setup, Task
from grader.loaders.bulk import HandedIn
from grader.report import Identity

COUNT: Final = 60
ROUNDS: Final = 5
WARM: Final = 10  # so that imports and sandboxes are not what is measured
LEAST: Final = 1.8


def tasks(folder: Path, names: list[str], setup: Setup) -> list[Task]:
    """Return what a batch sends for these files of a folder."""
    return [
        Task(
            setup=setup,
            handed_in=HandedIn(identity=Identity(submission=name), path=folder / name),
            file=name,
            key="",
        )
        for name in names
    ]


def graded(sent: list[Task], out: Path, address: str) -> float:
    """Return the wall seconds from the first task to the last file."""
    endings = pool.run(sent, work.grade, pool=Cluster(address=address))
    started = time.monotonic()
    for ending in endings:
        match ending:
            case pool.Finished(value=done):
                entries.write(out, done)
            case pool.GivenUp(reason=reason):
                raise SystemExit(reason)
    return time.monotonic() - started


def measured(folder: Path, count: int, rounds: int) -> list[tuple[float, float]]:
    """Return the seconds of one worker and of two, a pair a round."""
    mixing.write(folder, WARM + count * rounds)
    names = sorted((path.name for path in folder.iterdir()), key=lambda n: n[-8:])
    seed = 1
    digest = corpora.digest(corpora.build(DEFAULT, seed=seed))
    setup = Setup(assignment=DEFAULT, seed=seed, corpus=digest)
    out, pairs = folder / "out", []
    with ExitStack() as stack:
        one, two = (
            stack.enter_context(
                distributed.LocalCluster(
                    n_workers=workers, threads_per_worker=1, dashboard_address=":0"
                )
            ).scheduler_address
            for workers in (1, 2)
        )
        for address in (one, two):
            graded(tasks(folder, names[:WARM], setup), out, address)
        for number in range(rounds):
            start = WARM + number * count
            sent = tasks(folder, names[start : start + count], setup)
            pairs.append((graded(sent, out, one), graded(sent, out, two)))
    return pairs


def main(count: int, rounds: int) -> int:
    """Print both times and their ratio; return 1 if that is too small."""
    with tempfile.TemporaryDirectory() as name:
        pairs = measured(Path(name), count, rounds)
    first, second = (statistics.median(side) for side in zip(*pairs, strict=True))
    ratio = statistics.median(one / two for one, two in pairs)
    print(f"{count} submissions: one worker {first:.1f} s, two {second:.1f} s")
    print(f"two workers, not one: {ratio:.2f} times as fast (at least {LEAST})")
    return 0 if ratio >= LEAST else 1


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*given, *(COUNT, ROUNDS)[len(given) :]))
