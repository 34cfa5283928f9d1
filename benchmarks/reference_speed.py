"""Time the reference: the whole corpus, and large shapes against GEMM and torch.

Run `python benchmarks/reference_speed.py`. Only ratios of one run count: all sides are
timed in turns, in CPU seconds and with one BLAS thread; each ratio is of one turn, and
the median of them is told. (Called `reference.py`, this file would stand before the
package it times.)
"""

from __future__ import annotations

import os

# Read when NumPy is imported: waiting threads would count as work.
for name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(name, "1")

import statistics  # noqa: E402 (after the threads are set)
import sys  # noqa: E402
import time  # noqa: E402
from typing import TYPE_CHECKING, Any  # noqa: E402

import numpy as np  # noqa: E402

from grader.exercise import Domain  # noqa: E402
from grader.exercises.conv2d import CONV2D  # noqa: E402
from reference import conv, conv_loops  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

IMAGES, CHANNELS, FILTERS, SIZE, KERNEL = 64, 64, 64, 56, 3
CORPUS_SECONDS, OF_GEMM = 0.015, 1.4


class Turns:
    """The CPU seconds of each side, a turn after the other."""

    def __init__(
        self, sides: Mapping[str, Callable[[], object]], *, rounds: int
    ) -> None:
        self.took: dict[str, list[float]] = {side: [] for side in sides}
        for work in sides.values():
            work()  # what is done once is not measured
        for _ in range(rounds):
            for side, work in sides.items():
                start = time.process_time()
                work()
                self.took[side].append(time.process_time() - start)

    def ratio(self, *sides: str, to: str) -> float:
        """Return how many times the other they take together, in the middle turn."""
        turns = zip(*(self.took[side] for side in sides), strict=True)
        return statistics.median(
            sum(turn) / other for turn, other in zip(turns, self.took[to], strict=True)
        )


def corpus(module: Any) -> Callable[[], None]:  # noqa: ANN401 (a module as a value)
    """Return what answers every published case: forward, dx, dw and db."""
    cases = [
        (CONV2D.fill(case.axes, 1)[0], CONV2D.options(case.axes))
        for case in CONV2D.published(Domain())
    ]

    def answer_all() -> None:
        for data, options in cases:
            module.forward(data["x"], data["w"], data["b"], **options)
            module.backward(data["dout"], data["x"], data["w"], **options)

    return answer_all


def large() -> dict[str, Callable[[], object]]:
    """Return forward and backward on large shapes, and what they are held against."""
    rng = np.random.default_rng(0)
    x = rng.standard_normal((IMAGES, CHANNELS, SIZE, SIZE))
    w = rng.standard_normal((FILTERS, CHANNELS, KERNEL, KERNEL))
    b, dout = rng.standard_normal(FILTERS), rng.standard_normal(x.shape)
    kernels = w.reshape(FILTERS, -1)
    unrolled = rng.standard_normal((kernels.shape[1], IMAGES * SIZE * SIZE))
    product = np.empty((FILTERS, unrolled.shape[1]))
    sides: dict[str, Callable[[], object]] = {
        "gemm": lambda: np.matmul(kernels, unrolled, out=product),
        "forward": lambda: conv.forward(x, w, b, stride=1, pad=1),
        "backward": lambda: conv.backward(dout, x, w, stride=1, pad=1),
    }
    return sides | with_torch(x, w, b, dout)


def with_torch(*arrays: np.ndarray[Any, Any]) -> dict[str, Callable[[], object]]:
    """Return the same by torch, or nothing where it is not installed."""
    try:
        import torch  # noqa: PLC0415 (it may be absent, and takes seconds)
    except ImportError:
        return {}
    torch.set_num_threads(1)
    x, w, b, dout = map(torch.from_numpy, arrays)
    leaves = leaf_x, leaf_w, leaf_b = [t.clone().requires_grad_() for t in (x, w, b)]

    def both() -> None:
        out = torch.nn.functional.conv2d(leaf_x, leaf_w, leaf_b, padding=1)
        torch.autograd.grad(out, leaves, dout)

    return {
        "torch forward": lambda: torch.nn.functional.conv2d(x, w, b, padding=1),
        "torch forward and backward": both,
    }


def main() -> int:
    """Print the ratios; return 1 if a target is missed."""
    small = Turns({"fast": corpus(conv), "loops": corpus(conv_loops)}, rounds=10)
    seconds = min(small.took["fast"])
    most = CORPUS_SECONDS * 1e3
    print(f"reference, whole corpus: {seconds * 1e3:.1f} ms (at most {most:.0f} ms)")
    print(f"  the definition in loops takes {small.ratio('loops', to='fast'):.0f}x")
    turns = Turns(large(), rounds=5)
    forward = turns.ratio("forward", to="gemm")
    backward = turns.ratio("backward", to="gemm") / 2
    aim = f"(at most {OF_GEMM})"
    print(f"reference, large forward: {forward:.2f} of one GEMM {aim}")
    print(f"reference, large backward: {backward:.2f} of its two GEMMs {aim}")
    reached = [seconds <= CORPUS_SECONDS, max(forward, backward) <= OF_GEMM]
    sides = {
        "torch forward": ["forward"],
        "torch forward and backward": ["forward", "backward"],
    }
    for side, ours in sides.items():
        if side not in turns.took:
            print(f"not held against {side}: torch is not installed")
            continue
        ratio = turns.ratio(*ours, to=side)
        reached.append(ratio <= 1)
        print(f"reference, large, to {side}: {ratio:.2f} of its time (at most 1)")
    return 0 if all(reached) else 1


if __name__ == "__main__":
    sys.exit(main())
