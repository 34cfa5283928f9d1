"""Every named mistake of max-pooling, the likelier ones first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from grader.exercise import says
from grader.misconceptions.max_pool.given import (
    Given,
    misplaced,
    mistake,
    mixed,
    overwritten,
    resized,
    to_maximum,
)

if TYPE_CHECKING:
    from grader.calls import Array
    from grader.misconceptions import Misconception
    from grader.records import Message

SHAPES: Final = ("forward.shape", "backward.shape", "hygiene.inputs_unchanged")


def _look(name: str, en: str, ko: str) -> Message:
    return says(f"max_pool.look.{name}", en=en, ko=ko)


START: Final = _look(
    "start",
    "What is the maximum of a window in which every number is negative?",
    "윈도우 안의 수가 모두 음수이면 최댓값은 무엇인가요?",
)
OPERATION: Final = _look(
    "operation",
    "Work out one window by hand. Which of its numbers goes into out?",
    "윈도우 하나를 손으로 계산해 보세요. 그중 어떤 수가 out에 들어가나요?",
)
PLACE: Final = _look(
    "place",
    "At which pixel of x does the window of out[…, i, j] start?",
    "out[…, i, j]의 윈도우는 x의 어느 픽셀에서 시작하나요?",
)
SIDES: Final = _look(
    "sides",
    "How high is a window, and how wide? Try one that is not square.",
    "윈도우의 높이와 너비는 각각 얼마인가요? 정사각형이 아닌 윈도우로 해 보세요.",
)
COUNT: Final = _look(
    "count",
    "Count by hand how many windows fit along each side.",
    "각 방향으로 윈도우가 몇 개 들어가는지 직접 세어 보세요.",
)
SHARED: Final = _look(
    "shared",
    "What does a pixel of dx get that is the maximum of two windows?",
    "두 윈도우의 최댓값인 픽셀은 dx에서 어떤 값을 받아야 하나요?",
)
RECEIVES: Final = _look(
    "receives",
    "Which pixels of a window change out if they change a little, and by how much?",
    "윈도우의 어느 픽셀이 조금 바뀔 때 out이 바뀌나요? 얼마나 바뀌나요?",
)
INDEX: Final = _look(
    "index",
    "The position of the maximum is one number: how do you get its row and column?",
    "최댓값의 위치는 수 하나입니다. 거기서 행과 열을 어떻게 구하나요?",
)
AXES: Final = _look(
    "axes",
    "Over which axes of x is one maximum taken?",
    "최댓값 하나를 x의 어느 축에 대해 구하나요?",
)


def from_zero(g: Given) -> Array:
    """Return out of a maximum that starts from zero."""
    return np.maximum(g.out(), 0)


def to_smallest(pixels: Array) -> Array:
    """Return 1 at the minimum of each window, else 0."""
    smallest: Array = pixels == pixels.min(axis=2, keepdims=True)
    return smallest


def evenly(pixels: Array) -> Array:
    """Return equal shares that add up to 1."""
    return np.full(pixels.shape, 1 / pixels.shape[2])


def unstepped(g: Given) -> Given:
    """Return windows that start at 0, 1, 2, … whatever the stride."""
    return g.but(step=(1, 1))


def turned(g: Given) -> Given:
    """Return windows as high as they should be wide."""
    return resized(g, window=(g.window[1], g.window[0]))


def as_high(g: Given) -> Given:
    """Return windows as wide as they are high."""
    return resized(g, window=(g.window[0], g.window[0]))


def as_wide(g: Given) -> Given:
    """Return windows as high as they are wide."""
    return resized(g, window=(g.window[1], g.window[1]))


def of_stride(g: Given) -> Given:
    """Return windows as high and wide as the stride, as many as there should be."""
    return g.but(window=(g.stride, g.stride))


def without_one(g: Given) -> Array:
    """Return out without the last row and column, as the forgotten "1 +" leaves it."""
    return g.out()[:, :, :-1, :-1]


MISCONCEPTIONS: Final[tuple[Misconception, ...]] = (
    mistake("maximum_from_zero", look=START,
            en="starting the maximum from 0: where all numbers are negative it is 0",
            ko="최댓값을 0에서 시작한, 그래서 수가 모두 음수이면 0이 되는",
            out=from_zero),
    mistake("gradient_overwritten", look=SHARED,
            en="overwriting what an earlier window has put into a pixel, where"
                  " windows overlap",
            ko="윈도우가 겹칠 때 앞 윈도우가 그 픽셀에 넣은 값을 덮어쓴",
            dx=lambda g: overwritten(g, whole=False)),
    mistake("window_overwritten", look=SHARED,
            en="writing a whole window at a time, zeros too, over what an earlier"
                  " window has left",
            ko="윈도우 전체를 0까지 통째로 써서 앞 윈도우가 남긴 값을 지운",
            dx=lambda g: overwritten(g, whole=True)),
    mistake("gradient_without_dout", look=RECEIVES,
            en="counting how often a pixel is a maximum: dout is taken for 1"
                  " everywhere",
            ko="dout을 모두 1로 보고 픽셀이 최댓값이 된 횟수만 센",
            dx=lambda g: g.but(dout=np.ones(g.dout.shape)).dx()),
    mistake("gradient_to_every_pixel", look=RECEIVES,
            en="giving dout to every pixel of the window, not to the maximum alone",
            ko="최댓값만이 아니라 윈도우의 모든 픽셀에 dout을 준",
            dx=lambda g: g.dx(np.ones_like)),
    mistake("gradient_evenly", look=RECEIVES,
            en="sharing dout evenly among the pixels of the window, as for a mean",
            ko="평균처럼 dout을 윈도우의 픽셀에 고르게 나눈",
            dx=lambda g: g.dx(evenly)),
    mistake("gradient_to_the_minimum", look=RECEIVES,
            en="giving dout to the smallest number of the window",
            ko="윈도우에서 가장 작은 수에 dout을 준",
            dx=lambda g: g.dx(to_smallest)),
    mistake("gradient_times_the_maximum", look=RECEIVES,
            en="multiplying dout by the maximum itself",
            ko="dout에 최댓값 자체를 곱한",
            dx=lambda g: g.dx(lambda p: to_maximum(p) * p)),
    mistake("gradient_windows_start_without_stride", look=PLACE,
            en="windows that start at pixel 0, 1, 2, … and not at 0, stride,"
                  " 2 * stride, …",
            ko="윈도우가 0, stride, 2 * stride, …가 아니라"
               " 픽셀 0, 1, 2, …에서 시작한",
            dx=lambda g: unstepped(g).dx()),
    mistake("place_worked_out_from_the_height", look=INDEX,
            also_kills=("backward.shape",),
            en="working out row and column of the maximum with the window's height"
                  " where its width belongs",
            ko="최댓값의 행과 열을 윈도우의 너비가 아니라 높이로 구한",
            dx=misplaced),
    mistake("minimum", look=OPERATION,
            en="taking the minimum of each window",
            ko="윈도우의 최솟값을 구한",
            out=lambda g: g.out(lambda p: p.min(axis=2))),
    mistake("mean", look=OPERATION,
            en="taking the mean of each window",
            ko="윈도우의 평균을 구한",
            out=lambda g: g.out(lambda p: p.mean(axis=2))),
    mistake("sum", look=OPERATION,
            en="adding up each window",
            ko="윈도우의 합을 구한",
            out=lambda g: g.out(lambda p: p.sum(axis=2))),
    mistake("largest_magnitude", look=OPERATION,
            en="taking the largest magnitude of each window",
            ko="윈도우에서 절댓값이 가장 큰 값을 구한",
            out=lambda g: g.out(lambda p: np.abs(p).max(axis=2))),
    mistake("first_pixel", look=OPERATION,
            en="taking the first pixel of each window, in its upper left corner",
            ko="윈도우의 첫 픽셀, 즉 왼쪽 위 모서리 값을 가져온",
            out=lambda g: g.out(lambda p: p[:, :, 0])),
    mistake("windows_start_without_stride", look=PLACE,
            en="windows that start at pixel 0, 1, 2, … and not at 0, stride,"
                  " 2 * stride, …",
            ko="윈도우가 0, stride, 2 * stride, …가 아니라"
               " 픽셀 0, 1, 2, …에서 시작한",
            out=lambda g: unstepped(g).out()),
    mistake("window_as_large_as_the_stride", look=SIDES,
            en="windows as high and wide as the stride",
            ko="윈도우의 높이와 너비를 stride로 본",
            out=lambda g: of_stride(g).out()),
    mistake("one_maximum_for_all_channels", look=AXES,
            en="taking one maximum over all channels",
            ko="모든 채널을 통틀어 최댓값 하나를 구한",
            out=lambda g: mixed(g, axis=1)),
    mistake("one_maximum_for_all_images", look=AXES,
            en="taking one maximum over all images",
            ko="모든 이미지를 통틀어 최댓값 하나를 구한",
            out=lambda g: mixed(g, axis=0)),
    mistake("height_used_for_width", look=SIDES, also_kills=SHAPES,
            en="using pool_height for the width of a window too",
            ko="윈도우의 너비에도 pool_height를 쓴",
            out=lambda g: as_high(g).out(), dx=lambda g: as_high(g).dx()),
    mistake("width_used_for_height", look=SIDES, also_kills=("forward.shape",),
            en="using pool_width for the height of a window too",
            ko="윈도우의 높이에도 pool_width를 쓴",
            out=lambda g: as_wide(g).out(), dx=lambda g: as_wide(g).dx()),
    mistake("sides_swapped", look=SIDES, also_kills=SHAPES,
            en="swapping pool_height and pool_width",
            ko="pool_height와 pool_width를 서로 바꿔 쓴",
            out=lambda g: turned(g).out(), dx=lambda g: turned(g).dx()),
    mistake("plus_one_left_out", look=COUNT, also_kills=("forward.shape",),
            en='leaving out the "1 +" in the size of out: one row and one column'
                  " are missing",
            ko='out의 크기에서 "1 +"를 빠뜨려 행과 열이 하나씩 모자란',
            out=without_one),
)  # fmt: skip
