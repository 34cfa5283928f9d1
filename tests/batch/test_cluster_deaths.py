"""A batch on two real workers of a real scheduler, one of which is killed."""

from __future__ import annotations

import csv
import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from executors import kill_the_worker
from shell import convgrade

from grader.batch import cluster, pool

distributed = pytest.importorskip("distributed")

pytestmark = [
    pytest.mark.cluster,
    pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals"),
]
EXAMPLES = Path(__file__).parents[2] / "submissions"
COUNT = 24
Workers: TypeAlias = Any  # a LocalCluster, whose types are not looked at


@pytest.fixture
def workers() -> Iterator[Workers]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0"
    ) as started:
        yield started


@pytest.fixture
def handed_in(tmp_path: Path) -> Path:
    folder = tmp_path / "handed_in"
    folder.mkdir()
    for number in range(COUNT):
        name = ("correct_im2col.py", "hostile_exits_with_a_fake_pass.py")[number % 2]
        shutil.copy(EXAMPLES / name, folder / f"s{number:02}.py")
    return folder


def rows(out: Path) -> dict[str, tuple[str, str]]:
    with (out / "grades.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["submission"]: (row["status"], row["score"])
            for row in csv.DictReader(file)
        }


def kill_a_worker(started: Workers, *, when: Path) -> None:
    """Kill one as soon as the first report is there."""
    deadline = time.monotonic() + 120
    while not any(when.glob("*.json")) and time.monotonic() < deadline:
        time.sleep(0.02)
    nanny = next(iter(started.workers.values()))
    os.kill(nanny.pid, signal.SIGKILL)


def test_a_worker_that_is_killed_costs_nobody_anything(
    workers: Workers, handed_in: Path, tmp_path: Path
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    arguments = ["grade", handed_in, "--seed", 7, "--out"]
    killer = threading.Thread(
        target=kill_a_worker, args=(workers,), kwargs={"when": there / "staff"}
    )
    killer.start()
    ran = convgrade([*arguments, there, "--scheduler", workers.scheduler_address])
    killer.join()
    assert ran.code == 0, ran.err
    convgrade([*arguments, here, "--jobs", 2])
    assert len(rows(there)) == COUNT
    assert rows(there) == rows(here)


def test_what_ends_workers_again_and_again_is_undecided_and_alone_in_that(
    workers: Workers,
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cluster, "portable", lambda task: task)
        patch.setattr("grader.batch.children.run", kill_the_worker)
        address = workers.scheduler_address
        tasks = [1, 2, 13, 3, 4]
        endings = list(pool.run(tasks, abs, pool=cluster.Cluster(address=address)))
    given_up = [end.task for end in endings if isinstance(end, pool.GivenUp)]
    assert given_up == [13]
    assert len(endings) == len(tasks)
