"""Time the reference: the whole corpus, and large shapes against GEMM and torch.

Run `python benchmarks/reference_speed.py`. Only ratios of one run count: all sides are
timed in turns, in CPU seconds and with one BLAS thread, and the best of several is
taken. (Called `reference.py`, this file would stand before the package it times.)
"""

from __future__ import annotations

import os

# Read when NumPy is imported: waiting threads would count as work.
for name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(name, "1")

import sys  # noqa: E402 (after the threads are set)
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


def in_turns(
    sides: Mapping[str, Callable[[], object]], *, rounds: int
) -> dict[str, float]:
    """Return the least CPU seconds of each side."""
    best = dict.fromkeys(sides, float("inf"))
    for _ in range(rounds):
        for side, work in sides.items():
            start = time.process_time()
            work()
            best[side] = min(best[side], time.process_time() - start)
    return best


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
    small = in_turns({"fast": corpus(conv), "loops": corpus(conv_loops)}, rounds=10)
    print(f"whole corpus: {small['fast'] * 1e3:.1f} ms (target 15)")
    print(f"  the definition in loops takes {small['loops'] / small['fast']:.0f}x")
    best = in_turns(large(), rounds=3)
    forward, backward = best["forward"] / best["gemm"], best["backward"] / best["gemm"]
    print(f"large forward: {forward:.2f} of one GEMM (target {OF_GEMM})")
    print(f"large backward: {backward / 2:.2f} of its two GEMMs (target {OF_GEMM})")
    ours = {
        "torch forward": best["forward"],
        "torch forward and backward": best["forward"] + best["backward"],
    }
    for side in ours.keys() & best.keys():
        print(f"{side}: we take {ours[side] / best[side]:.2f} of it (target 1)")
    reached = small["fast"] <= CORPUS_SECONDS and max(forward, backward / 2) <= OF_GEMM
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
