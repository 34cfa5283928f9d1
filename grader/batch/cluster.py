"""A pool on the workers of a dask.distributed cluster, wherever they are."""

from __future__ import annotations

import asyncio
import logging
import pickle
import socket
import threading
import time
from concurrent.futures import Executor, Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from grader.batch import children, undecided
from grader.batch.pool import MismatchError, PoolError, WorkersDiedError
from grader.batch.undecided import running_version
from grader.errors import UsageError
from grader.loaders import with_contents

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from distributed import Client

    from grader.batch.records import Task

SCHEDULERS_PORT: Final = 8786  # where none is told
ANSWER: Final = 10  # seconds in which a scheduler has to answer
FIRST_WORKER: Final = 60  # seconds to wait for somebody who works
LAST_WORKER: Final = 300.0  # seconds without anybody, then nobody will come
PAUSE: Final = 5.0  # seconds between two looks at who is there
A_THREAD: Final = 2  # tasks in flight: one runs, one waits, so that none has to


@dataclass(slots=True, kw_only=True)
class Cluster:
    """All workers that the scheduler at this address has, also those to come."""

    address: str
    say: Callable[[str], None] = field(default=lambda _: None)
    _client: Client | None = field(default=None, init=False)
    _width: int = field(default=A_THREAD, init=False)
    _counted: float = field(default=-PAUSE, init=False)

    @property
    def width(self) -> int:
        """How many tasks may be in flight at once; it grows with the cluster."""
        now = time.monotonic()
        if self._client is not None and now - self._counted > PAUSE:
            with suppress(Exception):  # if the scheduler is gone, the tasks tell
                threads = self._client.nthreads().values()
                self._width = A_THREAD * max(1, sum(threads))
            self._counted = now
        return self._width

    def start(self) -> Executor:
        """Return a fresh executor.

        Raises:
            UsageError: dask.distributed is not installed.
            PoolError: the scheduler does not answer, has no workers, or has some that
                run another convgrade.
        """
        self._client = _connected(self.address)
        try:
            self._wait(self._client)
            _check(self._client)
        except BaseException:
            self._client.close()
            raise
        return ClusterExecutor(client=self._client, address=self.address, say=self.say)

    def _wait(self, client: Client) -> None:
        """Wait for somebody who works, and say so, since it may be a minute."""
        if not client.nthreads():
            self.say(
                f"scheduler {self.address!r} has no workers yet; waiting for the "
                f"first, {FIRST_WORKER} s at most"
            )
        try:
            client.wait_for_workers(1, timeout=FIRST_WORKER)
        except TimeoutError as error:
            raise PoolError(
                f"scheduler {self.address!r} has no workers; wanted at least one, as "
                f"'dask worker {self.address}' starts it"
            ) from error

    def stop(self, executor: Executor) -> None:
        """Take back what is not done, and leave the cluster as it was."""
        executor.shutdown(wait=False)
        client, self._client = self._client, None
        if client is not None:
            client.close()


def _connected(address: str) -> Client:
    try:
        from distributed import Client  # noqa: PLC0415 (an extra; takes a second)
    except ImportError as error:
        raise UsageError(
            "--scheduler needs dask.distributed, which is not installed; wanted "
            "pip install 'convgrade[cluster]'"
        ) from error
    # What it has to say stands in the sentences of this module.
    for talks in ("distributed", "distributed.client", "tornado.application"):
        logging.getLogger(talks).setLevel(logging.CRITICAL)
    try:
        _knock(address)
        return Client(address, timeout=ANSWER, name="convgrade", set_as_default=False)
    except (OSError, ValueError) as error:
        raise PoolError(
            f"scheduler {address!r} does not answer; wanted the address that "
            "'dask scheduler' shows, such as tcp://10.0.0.1:8786"
        ) from error


def _knock(address: str) -> None:
    """Raise OSError or ValueError if no scheduler is there; a client may never do."""
    place = urlsplit(address)
    if place.scheme in {"tcp", "tls"}:
        where = place.hostname or "", place.port or SCHEDULERS_PORT
        socket.create_connection(where, timeout=ANSWER).close()
        asyncio.run(_greet(address))
    elif place.scheme not in {"inproc", "ucx", "ws", "wss"}:
        raise ValueError(address)


async def _greet(address: str) -> None:
    """Raise OSError if whoever listens there is silent, or speaks otherwise."""
    from distributed.comm import connect  # noqa: PLC0415 (an extra)
    from distributed.security import Security  # noqa: PLC0415 (the same)

    secured = Security().get_connection_args("client")
    try:
        async with asyncio.timeout(ANSWER):
            comm = await connect(address, timeout=ANSWER, **secured)
            await comm.close()
    except Exception as error:  # what is no greeting may break it in any way
        raise OSError(address) from error


def _check(client: Client) -> None:
    found: Mapping[str, object] = client.run(
        undecided.running_version, on_error="return"
    )
    for worker, version in sorted(found.items()):
        if version != running_version():
            shown = repr(version) if isinstance(version, str) else "not at all"
            raise MismatchError(children.mismatch(f"worker {worker!r}", found=shown))


class ClusterExecutor(Executor):
    """Sends tasks with all that they need; whoever runs them shares no disk with us.

    A submission is read when it is sent, so that few are in memory at a time.
    """

    def __init__(
        self, *, client: Client, address: str, say: Callable[[str], None]
    ) -> None:
        self._client = client
        self._address = address
        self._say = say
        self._remote = client.get_executor(pure=False, retries=0)
        self._version = running_version()
        self._waiting: set[Future[Any]] = set()
        self._ended = threading.Event()
        self._watch = threading.Thread(target=self._watch_workers, daemon=True)
        self._watch.start()

    def submit(
        self,
        fn: Callable[..., Any],
        /,
        *args: Any,  # noqa: ANN401 (as executors have it)
        **kwargs: Any,  # noqa: ANN401 (the same)
    ) -> Future[Any]:
        """Send one task; what it returns, or how it failed, comes with the future."""
        del kwargs
        (task,) = args
        outer: Future[Any] = Future()
        try:
            job = pickle.dumps((fn, portable(task)))
        except Exception as error:  # noqa: BLE001 (a fault of ours costs one task)
            outer.set_exception(error)
            return outer
        self._waiting.add(outer)
        try:
            inner = self._remote.submit(children.run, self._version, job)
        except Exception as error:  # the client has closed itself
            raise self._gone() from error
        inner.add_done_callback(partial(self._pass_on, outer))
        return outer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 (as executors have it)
        """Take back what is not done; nothing comes any more."""
        del cancel_futures
        self._ended.set()
        with suppress(Exception):  # where the scheduler is gone, so are they
            self._remote.shutdown(wait=wait)
        self._watch.join(timeout=ANSWER)  # it may be asking who is gone

    def _pass_on(self, outer: Future[Any], inner: Future[bytes]) -> None:
        self._waiting.discard(outer)
        with suppress(InvalidStateError):  # nobody waited for it any more
            if inner.cancelled():
                outer.set_exception(self._gone())
            elif (error := inner.exception()) is not None:
                outer.set_exception(_told(error))
            else:
                outer.set_result(pickle.loads(inner.result()))  # noqa: S301 (from our own workers)

    def _watch_workers(self) -> None:
        """Give up when nobody is left who works, and nobody comes."""
        seen, is_said = time.monotonic(), False
        while not self._ended.wait(PAUSE):
            with suppress(Exception):  # if the scheduler is gone, the futures say so
                if self._client.nthreads():
                    seen, is_said = time.monotonic(), False
                elif not is_said:
                    is_said = True
                    self._say(
                        f"scheduler {self._address!r} has no workers any more; "
                        f"waiting for one, {LAST_WORKER:.0f} s at most"
                    )
            if time.monotonic() - seen > LAST_WORKER:
                for outer in list(self._waiting):
                    with suppress(InvalidStateError):
                        outer.set_exception(self._gone())

    def _gone(self) -> PoolError:
        return PoolError(
            f"scheduler {self._address!r} or its last worker is gone; what is graded "
            "is kept, and the same command goes on"
        )


def portable(task: Task) -> Task:
    """Return the task with the bytes of its submission in place of paths."""
    handed_in = with_contents(task.handed_in)
    twins = tuple(portable(twin) for twin in task.twins)
    if handed_in.contents is not None and twins:
        # What is the same object is sent once.
        same = {content: content for content in handed_in.contents.files.values()}
        twins = tuple(_with_same(twin, same) for twin in twins)
    return replace(task, handed_in=handed_in, twins=twins)


def _with_same(task: Task, same: Mapping[bytes, bytes]) -> Task:
    contents = task.handed_in.contents
    if contents is None:
        return task
    found = {name: same.get(each, each) for name, each in contents.files.items()}
    contents = replace(contents, files=found)
    return replace(task, handed_in=replace(task.handed_in, contents=contents))


def _told(error: BaseException) -> BaseException:
    """Return what the runner understands: who is to blame, if anybody."""
    from distributed import KilledWorker  # noqa: PLC0415 (an extra)

    if isinstance(error, KilledWorker):
        # Others that waited in the same workers died as often. They run again, alone.
        return WorkersDiedError(error.allowed_failures + 1)
    if isinstance(error, ModuleNotFoundError) and "grader" in str(error):
        return MismatchError(children.mismatch("a worker", found="not at all"))
    return error
