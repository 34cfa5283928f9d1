"""How a worker process gets from nothing to serving: limits, traces, imports."""

from __future__ import annotations

import faulthandler
import io
import os
import random
import resource
import sys

import numpy as np
import pytest

from grader.isolation.launch import NUMPY_FOLDER, WORKER_FOLDER
from grader.worker import (
    __main__ as starting,
)
from grader.worker import cold, getting_ready, limits, numpy_only, poison, serve
from grader.worker.packing import HEADER, READY, read_header

if sys.platform == "win32":
    pytest.skip("there is no resource module", allow_module_level=True)


def test_limits_are_set_for_good(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted: dict[int, tuple[int, int]] = {}
    monkeypatch.setattr(resource, "setrlimit", wanted.__setitem__)
    limits.limit(memory_mb=2, cpu_seconds=7, used=limits.MEGABYTE)
    assert wanted[resource.RLIMIT_AS] == (3 << 20, 3 << 20)
    assert wanted[resource.RLIMIT_CPU] == (7, 7)
    assert wanted[resource.RLIMIT_FSIZE] == (0, 0)
    assert wanted[resource.RLIMIT_CORE] == (0, 0)


def test_a_limit_that_a_platform_refuses_leaves_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wanted: list[int] = []

    def refuse(kind: int, size: tuple[int, int]) -> None:
        wanted.append(kind)
        raise ValueError(size)

    monkeypatch.setattr(resource, "setrlimit", refuse)
    limits.limit(memory_mb=2, cpu_seconds=7, used=0)
    assert len(wanted) == 5


def test_what_is_used_now_is_counted() -> None:
    assert limits.used_now() > 10 * limits.MEGABYTE


def test_without_proc_a_guess_has_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "STATM", "/no/such/file")
    assert limits.used_now() == limits.GUESSED


def test_traces_go_where_the_parent_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[object, ...]] = []
    for name in ("enable", "register"):
        monkeypatch.setattr(faulthandler, name, lambda *a, **_: told.append(a))
    getting_ready.tell_where(5)
    assert [arguments[-1] for arguments in told] == [5, 5]


def test_ready_means_poisoned_seeded_and_line_by_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    state = random.getstate(), np.random.get_state()  # noqa: NPY002 (what is seeded)
    getting_ready.get_ready()
    assert np.empty(1)[0] == poison.ODD
    assert stream.line_buffering
    assert stream.errors == "backslashreplace"
    poison.remove()
    random.setstate(state[0])
    np.random.set_state(state[1])  # noqa: NPY002 (the same)


def test_numpy_is_found_and_nothing_beside_it() -> None:
    finder = numpy_only.NumPyFinder(str(NUMPY_FOLDER))
    assert finder.find_spec("numpy", None) is not None
    assert finder.find_spec("pytest", None) is None


def test_preparing_leaves_no_trace_in_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])
    for name in numpy_only.ONE_THREAD:
        monkeypatch.delenv(name, raising=False)
    before = dict(os.environ)
    numpy_only.prepare(str(NUMPY_FOLDER))
    assert dict(os.environ) == before
    assert isinstance(sys.meta_path[-1], numpy_only.NumPyFinder)


def test_a_cold_worker_says_that_it_is_ready_and_serves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    served: list[tuple[int, int]] = []
    monkeypatch.setattr(numpy_only, "prepare", lambda _: None)
    monkeypatch.setattr(getting_ready, "tell_where", lambda _: None)
    monkeypatch.setattr(getting_ready, "get_ready", lambda: None)
    monkeypatch.setattr(limits, "limit", lambda **_: None)
    monkeypatch.setattr(cold, "give_up_rights", lambda _: None)
    monkeypatch.setattr(serve, "serve", lambda *ends: served.append(ends))
    parent, worker = os.pipe()
    cold.main(["folder", "90", str(worker), "91", "256", "70"])
    assert read_header(os.read(parent, HEADER.size)).kind == READY
    assert served == [(90, worker)]
    os.close(parent)
    os.close(worker)


def test_the_folder_becomes_a_package_and_hands_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    handed: list[list[str]] = []

    class Mode:
        main = staticmethod(handed.append)

    monkeypatch.setattr(sys, "path", [sys.argv[0], "kept"])
    monkeypatch.setitem(sys.modules, starting.NAME, None)
    monkeypatch.setattr("importlib.import_module", lambda _: Mode)
    starting.main(["cold", "a", "b"])
    assert handed == [["a", "b"]]
    assert sys.path == ["kept"]
    assert sys.modules[starting.NAME].__path__ == [str(WORKER_FOLDER)]
