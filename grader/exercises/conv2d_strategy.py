"""Draw valid conv2d cases, by construction and never by rejection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from grader.exercises.conv2d_corpus import case_of

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

    from grader.records import Case


def conv_cases(*, remainder: str = "never") -> SearchStrategy[Case]:
    """Return a strategy of small valid cases."""
    return _cases(remainder=remainder)


@st.composite
def _cases(draw: DrawFn, *, remainder: str) -> Case:
    stride = draw(st.integers(1, 3))
    pad = draw(st.integers(0, 3))
    axes = {name: draw(st.integers(1, 4)) for name in ("N", "C", "F")}
    for size, kernel in (("H", "HH"), ("W", "WW")):
        axes[kernel] = draw(st.integers(1, 4))
        outputs = draw(st.integers(1, 4))
        rest = draw(st.integers(0, stride - 1)) if remainder == "floor" else 0
        axes[size] = (outputs - 1) * stride + axes[kernel] + rest - 2 * pad
        while axes[size] < 1:
            axes[size] += stride
    seed = draw(st.integers(0, 2**32 - 1))
    axes |= {"stride": stride, "pad": pad}
    return case_of(axes, name="drawn", role="drawn", fill_seed=seed)
