"""Wrong programs that keep something from one call to the next, outside the cache."""

# ruff: noqa: E501, ISC004 (a student's line, or several of them, is one text)

from __future__ import annotations

from typing import Final

from handwritten import CUT, FOUR, TWO, Wrong, wrong

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
    wrong("starts_remembered_without_stride", FOUR,
          (START, f"from functools import lru_cache\n{START}STRIDE = [1]\n\n"
                  "@lru_cache(maxsize=None)\ndef start(i):\n    return i * STRIDE[0]\n"),
          (LINES, f"{LINES}    STRIDE[0] = stride\n"),
          ("top = i * stride", "top = start(i)"), ("left = j * stride", "left = start(j)")),
)  # fmt: skip
