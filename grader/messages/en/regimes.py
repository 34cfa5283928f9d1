"""Sentences in English: the kinds of case, and the literals of boundaries."""

from __future__ import annotations

from typing import Final

TEMPLATES: Final[dict[str, str]] = {
    "conv2d.regime.stride-1/no-padding/square": (
        "stride 1, no padding, square image and kernel"
    ),
    "conv2d.regime.stride-1/no-padding/rectangular": (
        "stride 1, no padding, an image or a kernel that is not square"
    ),
    "conv2d.regime.stride-1/padding/square": (
        "stride 1, padding, square image and kernel"
    ),
    "conv2d.regime.stride-1/padding/rectangular": (
        "stride 1, padding, an image or a kernel that is not square"
    ),
    "conv2d.regime.stride-2+/no-padding/square": (
        "stride 2 or more, no padding, square image and kernel"
    ),
    "conv2d.regime.stride-2+/no-padding/rectangular": (
        "stride 2 or more, no padding, an image or a kernel that is not square"
    ),
    "conv2d.regime.stride-2+/padding/square": (
        "stride 2 or more, padding, square image and kernel"
    ),
    "conv2d.regime.stride-2+/padding/rectangular": (
        "stride 2 or more, padding, an image or a kernel that is not square"
    ),
    "conv2d.regime.remainder": "a stride that leaves rows or columns over",
    "conv2d.literal.pad = 0": "pad = 0",
    "conv2d.literal.pad > 0": "pad > 0",
    "conv2d.literal.stride = 1": "stride = 1",
    "conv2d.literal.stride > 1": "stride > 1",
}
