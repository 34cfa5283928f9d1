"""Sort max-pooling cases: cells that carry partial credit, and atoms of boundaries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.exercise import Literal, Regime, says
from grader.exercises.max_pool.sizes import has_rest, shares_pixels
from grader.records import Case

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.exercise import Axes


def overlaps(axes: Axes) -> bool:
    """Tell whether the stride is smaller than the window, along some side."""
    return axes["stride"] < max(axes["HH"], axes["WW"])


def is_square(axes: Axes) -> bool:
    """Tell whether both image and window are square."""
    return axes["H"] == axes["W"] and axes["HH"] == axes["WW"]


def _regime(
    name: str, holds: Callable[[Axes], bool], *, en: str, ko: str, rest: bool = False
) -> Regime:
    return Regime(
        name=name,
        message=says(f"max_pool.regime.{name}", en=en, ko=ko),
        contains=lambda axes: has_rest(axes) == rest and (rest or holds(axes)),
    )


REGIMES: Final = (
    _regime("apart/square", lambda a: not overlaps(a) and is_square(a),
            en="windows that share no pixel, square image and window",
            ko="픽셀을 공유하지 않는 윈도우, 정사각형 이미지와 윈도우"),
    _regime("apart/rectangular", lambda a: not overlaps(a) and not is_square(a),
            en="windows that share no pixel, image or window not square",
            ko="픽셀을 공유하지 않는 윈도우, 정사각형이 아닌 이미지나 윈도우"),
    _regime("overlap/square", lambda a: overlaps(a) and is_square(a),
            en="windows that overlap, square image and window",
            ko="겹치는 윈도우, 정사각형 이미지와 윈도우"),
    _regime("overlap/rectangular", lambda a: overlaps(a) and not is_square(a),
            en="windows that overlap, image or window not square",
            ko="겹치는 윈도우, 정사각형이 아닌 이미지나 윈도우"),
    _regime("remainder", has_rest, rest=True,
            en="a stride that leaves rows or columns over",
            ko="행이나 열이 남는 스트라이드"),
)  # fmt: skip


def _literal(name: str, holds: Callable[[Axes], bool], *, en: str, ko: str) -> Literal:
    message = says(f"max_pool.literal.{name}", en=en, ko=ko)
    return Literal(name=name, message=message, holds=holds)


LITERALS: Final = (
    _literal("overlap", shares_pixels,
             en="windows overlap",
             ko="윈도우가 겹칠 때"),
    _literal("no overlap", lambda a: not shares_pixels(a),
             en="windows share no pixel", ko="윈도우가 픽셀을 공유하지 않을 때"),
    _literal("stride = 1", lambda a: a["stride"] == 1,
             en="stride = 1", ko="stride가 1일 때"),
    _literal("stride > 1", lambda a: a["stride"] > 1,
             en="stride > 1", ko="stride가 1보다 클 때"),
    _literal("window square", lambda a: a["HH"] == a["WW"],
             en="the window is square", ko="윈도우가 정사각형일 때"),
    _literal("window not square", lambda a: a["HH"] != a["WW"],
             en="the window is not square", ko="윈도우가 정사각형이 아닐 때"),
    _literal("image square", lambda a: a["H"] == a["W"],
             en="the image is square (H = W)", ko="이미지가 정사각형(H = W)일 때"),
    _literal("image not square", lambda a: a["H"] != a["W"],
             en="the image is not square", ko="이미지가 정사각형이 아닐 때"),
    _literal("stride = window", lambda a: a["stride"] == a["HH"] == a["WW"],
             en="stride is the window's height and width",
             ko="stride가 윈도우의 높이, 너비와 같을 때"),
    _literal("stride != window", lambda a: not a["stride"] == a["HH"] == a["WW"],
             en="stride differs from the window's height or width",
             ko="stride가 윈도우의 높이나 너비와 다를 때"),
    _literal("N = 1", lambda a: a["N"] == 1,
             en="there is only one image (N = 1)", ko="이미지가 하나뿐(N = 1)일 때"),
    _literal("N > 1", lambda a: a["N"] > 1,
             en="there are several images (N > 1)", ko="이미지가 여러 장(N > 1)일 때"),
    _literal("C = 1", lambda a: a["C"] == 1,
             en="there is only one channel (C = 1)", ko="채널이 하나뿐(C = 1)일 때"),
    _literal("C > 1", lambda a: a["C"] > 1,
             en="there are several channels (C > 1)", ko="채널이 여러 개(C > 1)일 때"),
    _literal("window = image", lambda a: (a["H"], a["W"]) == (a["HH"], a["WW"]),
             en="the window is as large as the image",
             ko="윈도우가 이미지와 크기가 같을 때"),
    _literal("remainder", has_rest,
             en="the stride leaves rows or columns over",
             ko="stride 때문에 행이나 열이 남을 때"),
    _literal("no remainder", lambda a: not has_rest(a),
             en="the stride leaves nothing over", ko="stride로 남는 것이 없을 때"),
)  # fmt: skip

TAGS: Final = {literal.name: literal.holds for literal in LITERALS}


def case_of(axes: Axes, *, name: str, role: str, fill_seed: int = 0) -> Case:
    """Return the case with these sizes."""
    return Case(
        name=name,
        axes=dict(axes),
        regime=next(each.name for each in REGIMES if each.contains(axes)),
        role=role,
        tags=frozenset(tag for tag, holds in TAGS.items() if holds(axes)),
        fill_seed=fill_seed,
    )
