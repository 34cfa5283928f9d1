"""Sentences in Korean: the kinds of case, and the literals of boundaries."""

from __future__ import annotations

from typing import Final

TEMPLATES: Final[dict[str, str]] = {
    "conv2d.regime.stride-1/no-padding/square": (
        "stride 1, 패딩 없음, 정사각형 이미지와 커널"
    ),
    "conv2d.regime.stride-1/no-padding/rectangular": (
        "stride 1, 패딩 없음, 정사각형이 아닌 이미지 또는 커널"
    ),
    "conv2d.regime.stride-1/padding/square": (
        "stride 1, 패딩 있음, 정사각형 이미지와 커널"
    ),
    "conv2d.regime.stride-1/padding/rectangular": (
        "stride 1, 패딩 있음, 정사각형이 아닌 이미지 또는 커널"
    ),
    "conv2d.regime.stride-2+/no-padding/square": (
        "stride 2 이상, 패딩 없음, 정사각형 이미지와 커널"
    ),
    "conv2d.regime.stride-2+/no-padding/rectangular": (
        "stride 2 이상, 패딩 없음, 정사각형이 아닌 이미지 또는 커널"
    ),
    "conv2d.regime.stride-2+/padding/square": (
        "stride 2 이상, 패딩 있음, 정사각형 이미지와 커널"
    ),
    "conv2d.regime.stride-2+/padding/rectangular": (
        "stride 2 이상, 패딩 있음, 정사각형이 아닌 이미지 또는 커널"
    ),
    "conv2d.regime.remainder": "stride로 나누어떨어지지 않아 행이나 열이 남는 경우",
    "conv2d.literal.pad = 0": "pad = 0",
    "conv2d.literal.pad > 0": "pad > 0",
    "conv2d.literal.stride = 1": "stride = 1",
    "conv2d.literal.stride > 1": "stride > 1",
}
