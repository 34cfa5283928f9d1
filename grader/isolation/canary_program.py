"""What the canary tries in a worker: a submission like any other, as text.

`SETTING` is defined in front of it: paths, ports and numbers of the parent's. Every
attempt returns true where it got through.
"""

import contextlib
import importlib
import os
import socket
import sys
from typing import Any, TypeAlias

import numpy as np

Array: TypeAlias = np.ndarray[Any, Any]
SETTING = globals().get("SETTING", {})


def reads_a_file() -> bool:
    with open(SETTING["secret"], "rb") as file:
        return bool(file.read())


def sees_a_file() -> bool:
    return bool(os.stat(SETTING["secret"]))


def lists_a_folder() -> bool:
    return bool(os.listdir(SETTING["folder"]))


def writes_a_file() -> bool:
    with open(os.path.join(SETTING["folder"], "written"), "wb") as file:
        return bool(file.write(b"written"))


def sends_tcp() -> bool:
    with socket.create_connection(("127.0.0.1", SETTING["tcp"]), timeout=1):
        return True


def sends_udp() -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        return bool(sender.sendto(b"canary", ("127.0.0.1", SETTING["udp"])))


def starts_a_process() -> bool:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return True


def runs_a_program() -> bool:
    child = os.posix_spawn(sys.executable or "/bin/sh", ["sh", "-c", ":"], {})
    os.waitpid(child, 0)
    return True


def signals_its_parent() -> bool:
    os.kill(SETTING["parent"], 0)
    return True


def sees_its_parent() -> bool:
    return os.getppid() != 0


def takes_too_much_memory() -> bool:
    return len(bytearray(SETTING["memory"])) > 0


def reads_the_environment() -> bool:
    return bool(set(os.environ) - {"LC_CTYPE", "SYSTEMROOT"})


def imports_the_grader() -> bool:
    sys.path[:0] = SETTING["packages"]
    try:
        importlib.import_module("grader.errors")
    finally:
        del sys.path[: len(SETTING["packages"])]
    return True


def misses_python_or_numpy() -> bool:
    try:
        for name in SETTING["needed"]:
            importlib.import_module(name)
    except Exception:
        return True
    return False


def forward(x: Array) -> tuple[Array, None]:
    results = np.zeros(len(SETTING["attempts"]))
    for place, name in enumerate(SETTING["attempts"]):
        with contextlib.suppress(Exception):
            results[place] = globals()[name]()
    return results, None


def backward(dout: Array, cache: None) -> tuple[Array]:
    return (dout,)
