"""Print the CPU time that one worker costs: `python benchmarks/worker.py [COUNT]`."""

from __future__ import annotations

import resource
import statistics
import sys
import time
from typing import TYPE_CHECKING

import numpy as np
import psutil

from grader.calls import Backward, Forward, Request
from grader.isolation.deadline import cpu_clock
from grader.isolation.layers import Layers
from grader.isolation.linux_sandbox import LinuxSandbox
from grader.isolation.subprocess_sandbox import SubprocessSandbox
from grader.records import Convention, Limits, Program, Unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.isolation.sandbox import Sandbox

SOURCE = """
import numpy as np

def conv_forward_naive(x, w, b, conv_param):
    return x * conv_param["stride"], (x, w, b, conv_param)

def conv_backward_naive(dout, cache):
    x, w, b, conv_param = cache
    return dout, w, b
"""
PROGRAM = Program(
    units=(Unit(name="layers.py", source=SOURCE),),
    convention=Convention(
        forward="conv_forward_naive",
        backward="conv_backward_naive",
        arguments=("x", "w", "b", "conv_param"),
    ),
)
ARRAYS = (np.ones((2, 3, 8, 8)), np.ones((4, 3, 3, 3)), np.ones(4))
STEPS = (
    Forward(arrays=(0, 1, 2), options={"stride": 1, "pad": 1}, slot=0),
    Backward(dout=0, slot=0),
)
SANDBOXES: dict[str, Callable[[], Sandbox]] = {
    "strong": LinuxSandbox,
    "medium": lambda: LinuxSandbox(Layers(namespaces=False, nobody=False)),
    "cold": SubprocessSandbox,
}
#: ms of CPU that a worker may cost.
MOST = {"strong": 8, "medium": 8}
MOST_TO_START = 0.3


def clocks() -> list[Callable[[], float]]:
    """Return the clocks of this process and of those that it keeps."""
    others = psutil.Process().children(recursive=True)
    return [time.process_time, *(cpu_clock(each.pid) for each in others)]


def reaped() -> float:
    """CPU seconds of the processes that this one has started and seen end."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def one(sandbox: Sandbox, keepers: list[Callable[[], float]]) -> float:
    """Run one submission; return the CPU seconds of everything that took part."""
    before = sum(clock() for clock in keepers) + reaped()
    with sandbox.open(PROGRAM, Limits()) as worker:
        worker.run(Request(arrays=ARRAYS, steps=STEPS))
    after = sum(clock() for clock in keepers) + reaped()
    forked = isinstance(sandbox, LinuxSandbox)
    return after - before + (worker.seconds() if forked else 0)


def main() -> None:
    """Print for each sandbox what its start costs, and the median of its workers."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    for name, build in SANDBOXES.items():
        before, started = time.process_time(), time.perf_counter()
        sandbox = build()
        wall = time.perf_counter() - started
        keepers = clocks()
        start = sum(clock() for clock in keepers) - before
        costs = [1000 * one(sandbox, keepers) for _ in range(count)]
        sandbox.close()
        middle, most = statistics.median(costs), max(costs)
        aim = f" (at most {MOST_TO_START} s)" if name in MOST else ""
        by_clock = f", {wall:.2f} s by the clock"
        print(f"starting a sandbox, {name}: {start:.2f} s CPU{aim}{by_clock}")
        aim = f" (at most {MOST[name]} ms)" if name in MOST else ""
        print(f"a worker, {name}: {middle:.1f} ms CPU{aim}, the dearest {most:.1f} ms")


if __name__ == "__main__":
    main()
