"""One filled case of max-pooling, and rows of its list of mistakes made from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from grader.exercise import says
from grader.misconceptions import Misconception
from reference import max_pool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import TypeAlias

    from grader.calls import Array
    from grader.misconceptions import WrongAnswer
    from grader.records import Message

    Ways: TypeAlias = Callable[["Given"], Array]

VALUE_CRITERION: Final = {"out": "forward.value", "dx": "backward.dx"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One filled case, and how a program walks over it.

    `step` is how far apart two windows are, and `window` how large they are taken to
    be; `count` is how many the program makes.
    """

    x: Array  # (N, C, H, W)
    dout: Array
    window: tuple[int, int]
    stride: int
    step: tuple[int, int]
    count: tuple[int, int]

    def but(self, **changes: object) -> Given:
        """Return the case with some things replaced."""
        return replace(self, **changes)  # type: ignore[arg-type]  # as dataclasses.replace

    def windows(self) -> Iterator[tuple[int, int, slice, slice]]:
        """Yield output row, output column, and the pixels of the window."""
        for i, j in np.ndindex(self.count):
            top, left = i * self.step[0], j * self.step[1]
            rows = slice(top, top + self.window[0])
            yield i, j, rows, slice(left, left + self.window[1])

    def out(self, of: Callable[[Array], Array] | None = None) -> Array:
        """Return the maximum of each window, or what `of` makes of (N, C, h w)."""
        found = np.zeros((*self.x.shape[:2], *self.count))
        for i, j, rows, columns in self.windows():
            pixels = self.x[:, :, rows, columns].reshape(*self.x.shape[:2], -1)
            found[:, :, i, j] = pixels.max(axis=2) if of is None else of(pixels)
        return found

    def dx(self, share: Callable[[Array], Array] | None = None) -> Array:
        """Return dout spread over each window by shares, to the maximum by default."""
        found = np.zeros(self.x.shape)
        for i, j, rows, columns in self.windows():
            part = self.x[:, :, rows, columns]
            pixels = part.reshape(*part.shape[:2], -1)
            shares = to_maximum(pixels) if share is None else share(pixels)
            spread = shares * self.dout[:, :, i, j, None]
            found[:, :, rows, columns] += spread.reshape(part.shape)
        return found


def given(
    arrays: Mapping[str, Array], options: Mapping[str, int], dout: Array
) -> Given:
    """Return the case as a right program walks over it."""
    window = (options["pool_height"], options["pool_width"])
    x, stride = arrays["x"], options["stride"]
    shape = max_pool.output_shape(x.shape, window=window, stride=stride)
    return Given(
        x=x, dout=dout, window=window, stride=stride,
        step=(stride, stride), count=(shape[2], shape[3]),
    )  # fmt: skip


def to_maximum(pixels: Array) -> Array:
    """Return 1 at the maximum of each window (N, C, h w), else 0."""
    largest: Array = pixels == pixels.max(axis=2, keepdims=True)
    return largest


def resized(case: Given, *, window: tuple[int, int]) -> Given:
    """Return the case with as many windows of another size as fit."""
    room = (a - b for a, b in zip(case.x.shape[2:], window, strict=True))
    height, width = (1 + each // case.stride for each in room)
    return case.but(window=window, count=(height, width))


def overwritten(case: Given, *, whole: bool) -> Array:
    """Return dx where a window forgets what an earlier one has left there."""
    dx = np.zeros(case.x.shape)
    for i, j, rows, columns in case.windows():
        part = case.x[:, :, rows, columns]
        mask = part == part.max(axis=(2, 3), keepdims=True)
        spread = mask * case.dout[:, :, i, j, None, None]
        kept = 0.0 if whole else dx[:, :, rows, columns]
        dx[:, :, rows, columns] = np.where(mask, spread, kept)
    return dx


def misplaced(case: Given) -> Array:
    """Return dx where the maximum's row and column come from the window's height."""
    dx = np.zeros(case.x.shape)
    for i, j, rows, columns in case.windows():
        pixels = case.x[:, :, rows, columns]
        places = pixels.reshape(*pixels.shape[:2], -1).argmax(axis=2)
        down, right = np.divmod(places, case.window[0])
        n, c = np.indices(places.shape)
        at = (n, c, rows.start + down, columns.start + right)
        np.add.at(dx, at, case.dout[:, :, i, j])
    return dx


def mixed(case: Given, *, axis: int) -> Array:
    """Return out where one maximum serves all images, or all channels."""
    return np.broadcast_to(
        case.out().max(axis=axis, keepdims=True), (*case.x.shape[:2], *case.count)
    ).copy()


def mistake(
    name: str,
    *,
    en: str,
    ko: str,
    look: Message,
    also_kills: tuple[str, ...] = (),
    **answers: Ways,
) -> Misconception:
    """Return the misconception; `answers` are what its tensors become.

    `en` and `ko` say what it behaves like. It loses the value criterion
    of each of its tensors, and those of `also_kills`.
    """
    values = tuple(VALUE_CRITERION[tensor] for tensor in answers)
    return Misconception(
        name=name,
        answers={tensor: _from_arrays(way) for tensor, way in answers.items()},
        killed_by=values + also_kills,
        behaves_like=says(
            f"max_pool.misconception.{name}",
            en=f"{{tensor}} behaves exactly like {en}.",
            ko=f"{{tensor}}의 결과는 {ko} 것과 정확히 같습니다.",
        ),
        hint=look,
    )


def _from_arrays(way: Ways) -> WrongAnswer:
    def answer(
        arrays: Mapping[str, Array],
        options: Mapping[str, int],
        dout: Array,
        *,
        strict: bool,
    ) -> Array:
        del strict
        return way(given(arrays, options, dout))

    return answer
