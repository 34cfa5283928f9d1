"""The walls as they are built, with the kernel's calls written down, not made.

That they hold is tried by `tests/isolation`, from inside.
"""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.isolation.launch import NUMPY_FOLDER
from grader.worker import (
    cold,
    getting_ready,
    landlock,
    limits,
    linux,
    lockdown,
    namespaces,
    new_root,
    readable,
    serve,
)
from grader.worker.preparation import RefusedError, prepare

if sys.platform != "linux":
    pytest.skip("walls of Linux's", allow_module_level=True)

Calls = list[tuple[Any, ...]]
NAMES = [
    name for name, made in vars(linux).items() if callable(made) and name.islower()
]


@pytest.fixture
def kernel(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """Write down every call of `linux` and of what changes this process."""
    made: Calls = []

    def recorder(name: str) -> Callable[..., int]:
        def record(*arguments: object, **named: object) -> int:
            made.append((name, *arguments, *named.values()))
            return 6

        return record

    for name in NAMES:
        monkeypatch.setattr(linux, name, recorder(name))
    for name in (
        "chdir", "setgroups", "setresgid", "setresuid", "seteuid", "closerange",
        "setsid", "_exit",
    ):  # fmt: skip
        monkeypatch.setattr(os, name, recorder(name))
    monkeypatch.setattr(limits, "limit", recorder("limit"))
    monkeypatch.setattr("resource.setrlimit", recorder("setrlimit"))
    return made


def names(made: Calls) -> list[str]:
    return [call[0] for call in made]


def test_a_call_that_the_kernel_refuses_names_itself() -> None:
    with pytest.raises(OSError, match="setns: Bad file descriptor"):
        linux.set_namespace(-1, linux.NEW_PID)


def test_every_call_reaches_the_c_library(monkeypatch: pytest.MonkeyPatch) -> None:
    reached: list[str] = []
    monkeypatch.setattr(linux, "_call", lambda name, *_: reached.append(name))
    linux.mount("a", "b", flags=0, data="")
    linux.change_root(".", ".")
    linux.unmount(".")
    linux.unshare(0)
    linux.set_namespace(0, 0)
    linux.die_with_parent(9)
    linux.forbid_tracing()
    linux.keep_capabilities()
    linux.forbid_new_privileges()
    linux.set_capabilities(0)
    linux.filter_calls(linux.CallFilter(bytes(8)))
    linux.landlock_version()
    linux.landlock_rules(b"")
    linux.landlock_allow(0, 0, 0)
    linux.landlock_restrict(0)
    assert set(reached) == {
        "mount", "pivot_root", "umount2", "unshare", "setns", "prctl", "capset",
        "syscall",
    }  # fmt: skip


def test_the_filter_comes_last_and_the_rights_go_before_it(kernel: Calls) -> None:
    layers = lockdown.Layers(
        landlock=None, filter=linux.CallFilter(bytes(8)), most_threads=4
    )
    lockdown.lock(layers, memory_mb=1, cpu_seconds=2, used=3)
    assert names(kernel) == [
        "die_with_parent", "limit", "setrlimit", "set_capabilities",
        "forbid_new_privileges", "forbid_tracing", "filter_calls",
    ]  # fmt: skip


def test_a_layer_that_was_not_prepared_is_not_asked_for(kernel: Calls) -> None:
    rules = os.open(os.devnull, os.O_RDONLY)
    layers = lockdown.Layers(landlock=rules, filter=None, most_threads=4)
    lockdown.lock(layers, memory_mb=1, cpu_seconds=2, used=3)
    assert names(kernel)[-1] == "landlock_restrict"
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(rules)


def given() -> readable.Readable:
    return readable.readable(str(NUMPY_FOLDER))


def test_python_and_numpy_are_readable_and_what_lies_beside_them_is_not() -> None:
    paths = readable.entries(given())
    assert str(NUMPY_FOLDER / "numpy") in paths
    assert str(Path(os.__file__).parent) not in paths
    assert os.__file__ in paths
    assert not any(Path(path).name in readable.HIDDEN for path in paths)


def test_a_library_may_be_one_file(tmp_path: Path) -> None:
    library = tmp_path / "python.zip"
    library.touch()
    only = readable.Readable((str(library),), (), ())
    assert readable.entries(only) == (str(library),)


def test_landlock_lets_names_be_listed_and_only_some_files_be_read(
    kernel: Calls,
) -> None:
    landlock.rules(given())
    allowed = [call[-1] for call in kernel if call[0] == "landlock_allow"]
    assert set(allowed) == {
        landlock.READ_FILE,
        landlock.READ_FOLDER,
        landlock.READ_FILE | landlock.READ_FOLDER,
        landlock.READ_FILE | landlock.WRITE_FILE,
    }
    assert allowed.count(landlock.READ_FILE | landlock.WRITE_FILE) == 1


def test_a_path_that_is_not_there_needs_no_rule(kernel: Calls) -> None:
    landlock._allow(3, "/no/such/path", landlock.READ_FILE)
    assert kernel == []


@pytest.mark.parametrize(
    ("version", "words"), [(1, 1), (3, 1), (4, 2), (5, 2), (6, 3), (99, 3)]
)
def test_each_version_of_landlock_is_asked_for_what_it_knows(
    version: int, words: int
) -> None:
    attributes = landlock._attributes(version)
    assert len(attributes) == 8 * words
    files = struct.unpack_from("<Q", attributes)[0]
    assert files == (1 << landlock.KINDS[min(version, 5) - 1]) - 1


def test_the_new_root_holds_the_library_and_numpy(
    kernel: Calls, tmp_path: Path
) -> None:
    site = tmp_path / "lib" / "site-packages"
    (site / "numpy").mkdir(parents=True)
    (tmp_path / "lib.zip").touch()
    lib, base = str(tmp_path / "lib"), str(tmp_path / "base")
    library = (str(tmp_path / "lib.zip"), lib, f"{lib}/lib-dynload")
    new_root.enter(readable.Readable(library, (str(site),), (f"{site}/numpy",)), base)
    mounted = [call[2] for call in kernel if call[0] == "mount" and call[3]]
    assert f"{base}{site}/numpy" in mounted
    assert f"{base}{lib}" in mounted
    assert f"{base}{lib}/lib-dynload" not in mounted
    assert names(kernel)[-3:] == ["unmount", "chdir", "mount"]


def test_without_root_one_maps_oneself(
    kernel: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: dict[str, str] = {}
    monkeypatch.setattr(namespaces, "_write", written.__setitem__)
    monkeypatch.setattr(new_root, "enter", lambda *_: None)
    monkeypatch.setattr(os, "getuid", lambda: 1000)
    monkeypatch.setattr(os, "getgid", lambda: 100)
    os.close(namespaces.leave(given(), "base", as_nobody=False))
    assert kernel == [("unshare", namespaces.ALL)]
    assert written["/proc/self/uid_map"] == "65534 1000 1"
    assert written["/proc/self/setgroups"] == "deny"


@pytest.mark.parametrize("status", [0, 1])
def test_a_helper_of_roots_maps_from_outside(
    kernel: Calls, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    monkeypatch.setattr(os, "fork", lambda: 77)
    monkeypatch.setattr(os, "waitpid", lambda *_: (77, status))
    monkeypatch.setattr(new_root, "enter", lambda *_: None)
    if status:
        with pytest.raises(OSError, match="not mapped"):
            namespaces.leave(given(), "base", as_nobody=True)
        return
    os.close(namespaces.leave(given(), "base", as_nobody=True))
    namespaces.become_nobody()
    assert names(kernel)[-2:] == ["setresuid", "set_capabilities"]


@pytest.mark.parametrize("writable", [True, False])
def test_the_helper_leaves_with_a_status(
    kernel: Calls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, writable: bool
) -> None:
    told, tell = os.pipe()
    os.close(tell)
    real, target = namespaces._write, tmp_path / "map"
    if writable:
        target.touch()
    monkeypatch.setattr(namespaces, "_write", lambda _, text: real(str(target), text))
    if writable:
        namespaces._map_from_outside(1, told)
    else:
        with pytest.raises(FileNotFoundError):
            namespaces._map_from_outside(1, told)
    assert kernel == [("_exit", 0 if writable else 1)]
    os.close(told)


def test_the_helper_is_what_the_fork_returns_in(
    kernel: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    def helped(process: int, told: int) -> None:
        assert process == os.getpid()
        os.close(told)
        raise SystemExit

    monkeypatch.setattr(os, "fork", lambda: 0)
    monkeypatch.setattr(namespaces, "_map_from_outside", helped)
    with pytest.raises(SystemExit):
        namespaces._unshare_as_root()
    assert kernel == []


@pytest.mark.parametrize("child", [0, 77])
def test_the_child_settles_and_the_parent_waits(
    kernel: Calls, monkeypatch: pytest.MonkeyPatch, child: int
) -> None:
    monkeypatch.setattr(os, "fork", lambda: child)
    monkeypatch.setattr(os, "waitpid", lambda *_: (77, 0))
    own = namespaces.settle(os.open("/proc", os.O_PATH))
    os.close(own)
    left = ["closerange", "_exit"] if child else []
    assert names(kernel) == [*left, "die_with_parent"]


def test_each_worker_gets_a_pid_namespace(kernel: Calls) -> None:
    namespaces.new_pid_namespace(5)
    assert names(kernel) == ["set_namespace", "unshare"]


ASKED = {
    "base": "base", "namespaces": True, "landlock": True, "seccomp": "00",
    "nobody": True,
}  # fmt: skip


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch, kernel: Calls) -> Calls:
    monkeypatch.setattr(getting_ready, "get_ready", lambda: None)
    monkeypatch.setattr(namespaces, "leave", lambda *_, **__: 5)
    monkeypatch.setattr(namespaces, "settle", lambda _: 5)
    monkeypatch.setattr(os, "getuid", lambda: 0)
    return kernel


def test_all_layers_that_are_there_are_named(prepared: Calls) -> None:
    ready = prepare(ASKED, str(NUMPY_FOLDER))
    ready.before_fork()
    assert ready.applied == ["rlimits", "namespaces", "landlock", "seccomp", "nobody"]
    assert names(prepared)[-1] == "unshare"


def test_without_namespaces_nobody_is_an_ordinary_user(prepared: Calls) -> None:
    ready = prepare({**ASKED, "namespaces": False}, str(NUMPY_FOLDER))
    ready.before_fork()
    assert ready.applied == ["rlimits", "landlock", "seccomp", "nobody"]
    assert ("setresuid", *(namespaces.NOBODY,) * 3) in prepared


def test_one_may_stay_who_one_is(prepared: Calls) -> None:
    asked = {**ASKED, "namespaces": False, "nobody": False, "landlock": False}
    assert prepare(asked, str(NUMPY_FOLDER)).applied == ["rlimits", "seccomp"]
    assert "setresuid" not in names(prepared)


def refusing(*_: object, **__: object) -> None:
    raise OSError("refused")


@pytest.mark.usefixtures("prepared")
@pytest.mark.parametrize(
    ("refused", "namespaced", "layer"),
    [
        ((namespaces, "leave"), True, "namespaces"),
        ((namespaces, "settle"), True, "namespaces"),
        ((namespaces, "become_nobody"), True, "nobody"),
        ((os, "setresuid"), False, "nobody"),
        ((landlock, "rules"), True, "landlock"),
    ],
)
def test_what_is_refused_is_named(
    monkeypatch: pytest.MonkeyPatch,
    refused: tuple[object, str],
    *,
    namespaced: bool,
    layer: str,
) -> None:
    monkeypatch.setattr(*refused, refusing)
    with pytest.raises(RefusedError, match="refused") as caught:
        prepare({**ASKED, "namespaces": namespaced}, str(NUMPY_FOLDER))
    assert caught.value.layer == layer


@pytest.mark.usefixtures("prepared")
@pytest.mark.parametrize("namespaced", [True, False])
def test_a_python_that_only_root_can_read_stays_roots(
    monkeypatch: pytest.MonkeyPatch, *, namespaced: bool
) -> None:
    monkeypatch.setattr(os, "access", lambda *_, **__: False)
    with pytest.raises(RefusedError, match="only root can read"):
        prepare({**ASKED, "namespaces": namespaced}, str(NUMPY_FOLDER))


def test_a_worker_is_locked_before_it_says_that_it_is_ready(
    prepared: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    def note(name: str) -> Callable[..., None]:
        return lambda *_, **__: prepared.append((name,))

    ready = prepare(ASKED, str(NUMPY_FOLDER))
    prepared.clear()
    monkeypatch.setattr(getting_ready, "tell_where", note("trace"))
    monkeypatch.setattr(lockdown, "lock", note("lock"))
    monkeypatch.setattr(serve, "serve", note("serve"))
    monkeypatch.setattr(os, "dup2", note("dup2"))
    monkeypatch.setattr(os, "write", note("ready"))
    ready.become_worker({"memory_mb": 1, "cpu_seconds": 2}, 7, 8, 9)
    assert [name for name in names(prepared) if name != "closerange"] == [
        "setsid", "dup2", "dup2", "dup2", "trace", "unshare", "lock", "ready", "serve",
    ]  # fmt: skip


@pytest.mark.parametrize("uid", [0, 1000])
def test_a_cold_worker_of_roots_goes_on_as_nobody(
    prepared: Calls, monkeypatch: pytest.MonkeyPatch, uid: int
) -> None:
    monkeypatch.setattr(os, "getuid", lambda: uid)
    cold.give_up_rights(str(NUMPY_FOLDER))
    assert ("setresuid" in names(prepared)) == (uid == 0)
    assert names(prepared)[-4:] == [
        "set_capabilities", "forbid_new_privileges", "forbid_tracing",
        "die_with_parent",
    ]  # fmt: skip


def test_a_cold_worker_keeps_no_right_that_it_does_not_have(
    prepared: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    def set_capabilities(capabilities: int) -> None:
        prepared.append(("set", capabilities))
        if capabilities:
            raise PermissionError

    monkeypatch.setattr(linux, "set_capabilities", set_capabilities)
    cold.give_up_rights(str(NUMPY_FOLDER))
    assert prepared[-4] == ("set", 0)


def test_elsewhere_there_is_nothing_to_give_up(
    prepared: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    cold.give_up_rights(str(NUMPY_FOLDER))
    assert prepared == []
