"""Wrong programs that keep something from one call to the next, outside the cache."""

# ruff: noqa: E501, ISC004 (a student's line, or several of them, is one text)

from __future__ import annotations

from typing import Final

from handwritten import COLUMNS, CUT, FOUR, TWO, Wrong, wrong

LINES: Final = '    stride = conv_param["stride"]\n    pad = conv_param["pad"]\n'
IN_FORWARD: Final = (
    f"{LINES}    N, C, H, W = x.shape\n    F, C, HH, WW = w.shape\n    H_out"
)
IN_BACKWARD: Final = (
    f"{LINES}    N, C, H, W = x.shape\n    F, C, HH, WW = w.shape\n    N, F"
)
SIZES: Final = "    F, C, HH, WW = w.shape\n"
START: Final = "import numpy as np\n"
PAD_TWO: Final = "    x_pad = np.zeros((N, C, H + 2 * p, W + 2 * p))\n"


def keeping(name: str, above: str, kept: str, used: str) -> Wrong:
    """Return a program that keeps something in forward and uses it in backward."""
    return wrong(
        name,
        FOUR,
        (START, f"{START}{above}"),
        (IN_FORWARD, IN_FORWARD.replace(SIZES, f"{SIZES}    {kept}\n")),
        (IN_BACKWARD, IN_BACKWARD.replace(SIZES, f"{SIZES}    {used}\n")),
    )


#: A program of index arrays that remembers them by less than they depend on.
INDEXED: Final = """\
_, C, H, W = x_shape
    rows, columns = (H + 2 * pad - HH) // stride + 1, (W + 2 * pad - WW) // stride + 1
    if KEY not in KNOWN:
        u, v = np.repeat(np.arange(HH), WW), np.tile(np.arange(WW), HH)
        i = stride * np.repeat(np.arange(rows), columns)
        j = stride * np.tile(np.arange(columns), rows)
        channel = np.repeat(np.arange(C), HH * WW)[:, None]
        KNOWN[KEY] = channel, np.tile(u, C)[:, None] + i, np.tile(v, C)[:, None] + j
    return KNOWN[KEY]
"""
_KEYS: Final = {
    "windows_remembered_without_stride": "x_shape, HH, WW, pad",
    "windows_remembered_without_pad": "x_shape[1:], HH, WW, stride",
    "windows_remembered_without_channels": "H, W, HH, WW, stride, pad",
    "windows_remembered_without_kernel": "x_shape, stride, pad",
    "windows_remembered_by_their_number": "C, HH, WW, rows, columns",
}


def remembering(name: str, key: str) -> Wrong:
    """Return a program that remembers where windows are, by this key."""
    function = (
        f"KNOWN = {{}}\n\ndef windows(x_shape, HH, WW, stride, pad):\n    {INDEXED}"
    )
    return wrong(
        name,
        COLUMNS,
        (START, START + function.replace("KEY", f"({key},)")),
        (
            "    matrix = cols.transpose(1, 2, 3, 0, 4, 5).reshape(C * HH * WW, -1)\n",
            "    cols = x_pad[:, *windows(x.shape, HH, WW, stride, pad)]\n"
            "    matrix = cols.transpose(1, 0, 2).reshape(C * HH * WW, -1)\n",
        ),
    )


WRONG_STATES: Final = (
    keeping("global_stride", "LAST = [1]\n", "LAST[0] = stride", "stride = LAST[0]"),
    keeping("global_pad", "LAST = [0]\n", "LAST[0] = pad", "pad = LAST[0]"),
    keeping("global_options", "LAST = {}\n", "LAST.update(conv_param)",
            'stride, pad = LAST["stride"], LAST["pad"]'),
    keeping("global_sizes", "LAST = []\n", "LAST[:] = [H, W]", "H, W = LAST"),
    keeping("global_kernel", "LAST = []\n", "LAST[:] = [HH, WW]", "HH, WW = LAST"),
    keeping("function_attribute", "", "conv_forward_naive.stride = stride",
            "stride = conv_forward_naive.stride"),
    keeping("class_attribute", "class State:\n    pad = 0\n\n", "State.pad = pad",
            "pad = State.pad"),
    wrong("default_argument", FOUR,
          (START, f"{START}LAST = {{}}\n"),
          ("conv_backward_naive(dout, cache)", "conv_backward_naive(dout, cache, last=LAST)"),
          (IN_FORWARD, f"    LAST.update(conv_param)\n{IN_FORWARD}"),
          ("x, w, b, conv_param = cache", "x, w, b, _ = cache\n    conv_param = last")),
    wrong("global_padded_image", TWO,
          (START, f"{START}LAST = []\n"),
          ("    H_out = (H -", "    LAST[:] = [x_pad]\n    H_out = (H -"),
          ("    x, x_pad, w, s, p = cache\n", "    x, _, w, s, p = cache\n    x_pad = LAST[0]\n")),
    wrong("buffer_kept_while_it_fits", TWO,
          (START, f"{START}BUFFERS = {{}}\n"),
          (PAD_TWO, "    shape = (N, C, H + 2 * p, W + 2 * p)\n"
                    "    x_pad = BUFFERS.setdefault(shape, np.zeros(shape))\n")),
    wrong("dx_kept_while_it_fits", TWO,
          (START, f"{START}BUFFERS = {{}}\n"),
          ("dx_pad = np.zeros(x_pad.shape)",
           "dx_pad = BUFFERS.setdefault(x_pad.shape, np.zeros(x_pad.shape))")),
    wrong("crop_kept_from_the_last_forward", TWO,
          (START, f"{START}LAST = [0]\n"),
          (PAD_TWO, f"    LAST[0] = p\n{PAD_TWO}"),
          (CUT, "dx_pad[:, :, LAST[0]:LAST[0] + H, LAST[0]:LAST[0] + W]")),
    *(remembering(name, key) for name, key in _KEYS.items()),
    wrong("starts_remembered_without_stride", FOUR,
          (START, f"from functools import lru_cache\n{START}STRIDE = [1]\n\n"
                  "@lru_cache(maxsize=None)\ndef start(i):\n    return i * STRIDE[0]\n"),
          (LINES, f"{LINES}    STRIDE[0] = stride\n"),
          ("top = i * stride", "top = start(i)"), ("left = j * stride", "left = start(j)")),
)  # fmt: skip
