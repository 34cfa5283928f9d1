"""A stand-in lets a program compute what it would compute with the real thing."""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import Any

import pytest

from grader.loaders.standins import ANYTHING, STAND_INS, stand_in


def ran(dotted: str) -> types.SimpleNamespace:
    names: dict[str, Any] = {"__name__": dotted}
    exec(STAND_INS[dotted], names)  # noqa: S102 (our own text)
    return types.SimpleNamespace(**names)


@pytest.mark.parametrize("dotted", STAND_INS)
def test_every_one_runs_and_is_marked(dotted: str) -> None:
    ran(dotted)
    file = stand_in(dotted)
    assert file is not None
    assert file.name.endswith("(stand-in)")


@pytest.mark.parametrize(
    "decorate",
    [
        lambda numba: numba.njit,
        lambda numba: numba.jit(nopython=True, cache=True),
        lambda numba: numba.njit(numba.float64(numba.float64[:, :])),
        lambda numba: numba.jit([numba.int32(numba.int32)], parallel=True),
        lambda numba: numba.jit("f8(f8)"),
        lambda numba: numba.jit(),
    ],
)
def test_numba_leaves_a_function_alone(
    decorate: Callable[[types.SimpleNamespace], Any],
) -> None:
    function = abs
    assert decorate(ran("numba"))(function) is function


def test_a_progress_bar_yields_what_it_is_given() -> None:
    bars = ran("tqdm")
    assert list(bars.tqdm([1, 2], desc="x")) == [1, 2]
    assert list(bars.trange(2, 5)) == [2, 3, 4]
    with bars.tqdm(total=3) as bar:
        bar.update(2)
        bar.set_postfix(loss=1)
        bars.tqdm.write("hello")
    assert (bar.n, bar.total) == (2, 3)


def test_a_plot_shows_nothing_and_stops_nothing() -> None:
    plt = ran("matplotlib.pyplot")
    figure, axes = plt.subplots(2, 2, figsize=(4, 4))
    axes[0, 1].imshow([[1]], cmap="gray").set_title("x")
    plt.rcParams["figure.figsize"] = (4, 4)
    plt.show()
    assert list(axes) == []
    assert figure.anything.at_all is figure


def test_anything_can_be_named_in_an_annotation() -> None:
    thing = eval(ANYTHING)  # noqa: S307 (our own text)
    assert thing.nn.Module is thing
    assert thing[int, "N C"] is thing
    assert (None | thing) is thing
    assert (thing | None) is thing
