"""Tasks on a real cluster, in this process; `test_cluster_deaths` has real workers."""

from __future__ import annotations

import pickle
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from executors import grade_by_first_word, read_or_die

from grader.assignment import DEFAULT
from grader.batch import children, cluster
from grader.batch.cluster import Cluster, ClusterExecutor
from grader.batch.pool import (
    TOO_DEADLY,
    Finished,
    GivenUp,
    MismatchError,
    PoolError,
    WorkersDiedError,
    run,
)
from grader.batch.records import Setup, Task
from grader.errors import UsageError
from grader.loaders.bulk import HandedIn
from grader.report import Identity

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    # Two workers that are threads of this process start in a tenth of a second.
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, dashboard_address=":0"
    ) as started:
        yield started.scheduler_address
    children.close_all()


@contextmanager
def answering(greeting: bytes) -> Iterator[int]:
    """Listen on a port; whoever comes is told this, and nothing more."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def greet() -> None:
            with suppress(OSError):
                while True:
                    guests.append(listening.accept()[0])
                    guests[-1].sendall(greeting)

        guests: list[socket.socket] = []
        threading.Thread(target=greet, daemon=True).start()
        yield listening.getsockname()[1]
        for guest in guests:
            guest.close()


def task(path: Path) -> Task:
    setup = Setup(assignment=DEFAULT, seed=1, corpus="c1")
    handed_in = HandedIn(identity=Identity(submission=path.name), path=path)
    return Task(setup=setup, handed_in=handed_in, file=path.name, key="k1")


def test_submissions_travel_and_only_the_deadly_one_is_given_up(
    address: str, tmp_path: Path
) -> None:
    tasks = []
    for name in ("a", "b", "deadly", "c", "d"):
        path = tmp_path / f"{name}.py"
        path.write_text("def conv_forward_naive(): ...")
        tasks.append(task(path))
    endings = list(run(tasks, read_or_die, pool=Cluster(address=address)))
    done = [ending.value for ending in endings if isinstance(ending, Finished)]
    assert sorted(done) == ["a.py", "b.py", "c.py", "d.py"]
    [given_up] = [ending for ending in endings if isinstance(ending, GivenUp)]
    assert (given_up.task.name, given_up.reason) == ("deadly.py", TOO_DEADLY)


def test_a_fault_there_is_told_here_by_its_name(address: str, tmp_path: Path) -> None:
    known = task(tmp_path / "gone.py")
    [ending] = run([known], grade_by_first_word, pool=Cluster(address=address))
    assert isinstance(ending, GivenUp)
    assert "Error" in ending.reason


def test_what_cannot_be_sent_costs_one_task(address: str, tmp_path: Path) -> None:
    known = task(tmp_path / "gone.py")
    [ending] = run([known], lambda _: None, pool=Cluster(address=address))
    assert isinstance(ending, GivenUp)


def test_the_bytes_of_twins_are_sent_once(tmp_path: Path) -> None:
    first, *twins = (task(tmp_path / f"s{number}.py") for number in range(4))
    for each in (first, *twins):
        assert each.handed_in.path is not None
        each.handed_in.path.write_bytes(b"#" * 100_000)
    sent = pickle.dumps(cluster.portable(replace(first, twins=tuple(twins))))
    assert len(sent) < 150_000
    arrived: Task = pickle.loads(sent)  # noqa: S301 (our own)
    for each in (arrived, *arrived.twins):
        assert each.handed_in.contents is not None
        assert list(each.handed_in.contents.files.values()) == [b"#" * 100_000]


def test_a_client_that_has_closed_itself_takes_no_task(
    address: str, tmp_path: Path
) -> None:
    pool = Cluster(address=address)
    executor = pool.start()
    executor.shutdown()
    with pytest.raises(PoolError, match="is gone"):
        executor.submit(read_or_die, task(tmp_path / "a.py"))
    pool.stop(executor)


def test_the_width_is_that_of_the_cluster(address: str) -> None:
    pool = Cluster(address=address)
    executor = pool.start()
    assert pool.width == 4
    pool.stop(executor)


@pytest.mark.parametrize(
    "wrong", ["tcp://127.0.0.1:1", "nonsense", "tcp://", "tcp://a:b"]
)
def test_a_scheduler_that_does_not_answer_is_told_in_one_sentence(wrong: str) -> None:
    with pytest.raises(PoolError, match="does not answer; wanted the address"):
        Cluster(address=wrong).start()


@pytest.mark.parametrize("greeting", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n" * 9])
def test_who_listens_and_is_no_scheduler_is_waited_for_no_longer(
    greeting: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "ANSWER", 0.5)
    with answering(greeting) as port, pytest.raises(PoolError, match="does not answer"):
        Cluster(address=f"tcp://127.0.0.1:{port}").start()


def test_without_the_extra_the_sentence_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"pip install 'convgrade\[cluster\]'"):
        Cluster(address="tcp://127.0.0.1:1").start()


def test_a_cluster_without_workers_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: list[str] = []
    monkeypatch.setattr(cluster, "FIRST_WORKER", 0.1)
    with (
        distributed.LocalCluster(
            n_workers=0, processes=False, dashboard_address=":0"
        ) as empty,
        pytest.raises(PoolError, match="has no workers; wanted"),
    ):
        Cluster(address=empty.scheduler_address, say=said.append).start()
    assert "waiting for the first, 0.1 s at most" in said[0]


def test_another_version_on_a_worker_is_told_in_one_sentence(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "running_version", lambda: "9.9")
    with pytest.raises(MismatchError, match=r"worker 'inproc:.*wanted the version"):
        Cluster(address=address).start()
    with pytest.raises(MismatchError, match="this worker has convgrade"):
        children.run("9.9", b"")


def test_when_the_last_worker_is_gone_the_batch_ends_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(cluster, "PAUSE", 0.05)
    monkeypatch.setattr(cluster, "LAST_WORKER", 0.2)
    with distributed.LocalCluster(
        n_workers=1, processes=False, dashboard_address=":0"
    ) as lost:
        said: list[str] = []
        pool = Cluster(address=lost.scheduler_address, say=said.append)
        executor = pool.start()
        lost.scale(0)
        waiting = executor.submit(read_or_die, task(tmp_path / "a.py"))
        with pytest.raises(PoolError, match="what is graded is kept"):
            waiting.result(timeout=30)
        pool.stop(executor)
    assert "has no workers any more" in said[0]


def test_a_scheduler_that_ends_takes_no_blame_to_the_tasks(tmp_path: Path) -> None:
    local = distributed.LocalCluster(
        n_workers=1, processes=False, dashboard_address=":0"
    )
    pool = Cluster(address=local.scheduler_address)
    executor = pool.start()
    assert isinstance(executor, ClusterExecutor)
    inner = executor._remote.submit(abs, 1)
    inner.cancel()
    outer = executor.submit(read_or_die, task(tmp_path / "a.py"))
    executor._pass_on(outer, inner)
    with pytest.raises(PoolError, match="is gone"):
        outer.result(timeout=30)
    pool.stop(executor)
    local.close()


def test_deaths_that_the_cluster_has_counted_are_counted_once() -> None:
    killed = distributed.KilledWorker("key", None, 3)
    told = cluster._told(killed)
    assert isinstance(told, WorkersDiedError)
    assert told.deaths == 4
    absent = ModuleNotFoundError("No module named 'grader'")
    assert isinstance(cluster._told(absent), MismatchError)
    other = ValueError("x")
    assert cluster._told(other) is other
