"""More wrong programs of second-year students: sizes, loops, sums and copies."""

from __future__ import annotations

from typing import Final

from student_styles import BY_TAPS, FOUR_LOOPS, SEVEN_LOOPS, WHILE_LOOPS
from students import Student, student

BACKWARD: Final = "def conv_backward_naive"


def forward_of(base: str, *changes: tuple[str, str]) -> tuple[str, str]:
    """Return the change that makes these, in forward alone."""
    forward = base.partition(BACKWARD)[0]
    return forward, _changed(forward, changes)


def backward_of(base: str, *changes: tuple[str, str]) -> tuple[str, str]:
    """Return the change that makes these, in backward alone."""
    backward = BACKWARD + base.partition(BACKWARD)[2]
    return backward, _changed(backward, changes)


def _changed(text: str, changes: tuple[tuple[str, str], ...]) -> str:
    for old, new in changes:
        if old not in text:
            raise ValueError(f"there is no {old!r}")
        text = text.replace(old, new)
    return text


PAD: Final = "(pad, pad), (pad, pad)"
SIZE: Final = "    H_out = 1"
WINDOW: Final = "i*stride:i*stride+HH, j*stride:j*stride+WW"
SHARE: Final = "dx_pad[n, :, r:r+HH, c:c+WW] +="

CLASSMATES: Final[tuple[Student, ...]] = (
    student(
        "crops_by_one", FOUR_LOOPS, ("pad:pad+H, pad:pad+W", "1:-1, 1:-1"),
        reads="""
        Everything is right but dx, and dx is wrong exactly when pad is anything but 1
        cutting off one row and one column at each side, whatever pad is.
        Look at how you take the padding off dx.""",
    ),
    student(
        "pads_by_one", FOUR_LOOPS,
        forward_of(FOUR_LOOPS, (PAD, "(1, 1), (1, 1)")),
        reads="""
        backward is right in all 24 cases.
        exactly when pad is anything but 1.
        putting one ring of zeros around x, whatever pad is given.
        Would it still be right if pad were 2?""",
    ),
    student(
        "loops_over_the_image", FOUR_LOOPS,
        forward_of(
            FOUR_LOOPS, ("range(H_out)", "range(0, H, stride)"),
            ("range(W_out)", "range(0, W, stride)"), (WINDOW, "i:i+HH, j:j+WW"),
            ("[n, f, i, j]", "[n, f, i//stride, j//stride]"),
        ),
        reads="""
        backward is right in all 24 cases.
        looping over the pixels 0, stride, 2 * stride
        What do your two spatial loops count""",
    ),
    student(
        "leaves_the_stride_out_of_dx", FOUR_LOOPS,
        (SHARE, "dx_pad[n, :, i:i+HH, j:j+WW] +="),
        reads="""
        Everything is right but dx, and dx is wrong exactly when stride > 1
        start at pixel 0, 1, 2
        With stride 2""",
    ),
    student(
        "takes_H_for_W", FOUR_LOOPS,
        forward_of(FOUR_LOOPS, ("(W + 2 * pad - WW)", "(H + 2 * pad - WW)")),
        reads="""
        the image is not square
        using H where W belongs in the size of out.
        Work out the size of out by hand""",
    ),
    student(
        "takes_HH_for_WW_in_the_window", FOUR_LOOPS,
        forward_of(FOUR_LOOPS, ("j*stride+WW]", "j*stride+HH]")),
        reads="""
        exactly when the kernel is not square (HH and WW differ).
        of the image's pixels; it looks at
        which pixels its window covers.""",
    ),
    student(
        "takes_the_kernel_for_a_square", FOUR_LOOPS,
        ("F, C, HH, WW = w.shape", "F, C, HH, _ = w.shape\n    WW = HH"),
        reads="""
        exactly when the kernel is not square (HH and WW differ).
        taking the kernel for a square: its height HH is used for its width too.
        when the kernel is 2 high and 3 wide?""",
    ),
    student(
        "reads_HH_from_the_channels", FOUR_LOOPS,
        ("F, C, HH, WW = w.shape",
         "F = w.shape[0]\n    HH = w.shape[1]\n    WW = w.shape[2]"),
        reads="""
        reading the kernel's height from the channel axis of w
        Which axis of w is HH, and which one is WW?""",
    ),
    student(
        "reshapes_where_it_should_transpose", WHILE_LOOPS,
        ("out.transpose(2, 3, 0, 1)",
         "out.transpose(2, 0, 1, 3).reshape(N, F, len(rows), -1)"),
        reads="""
        exactly when there are several filters (F > 1) and there is more than one window.
        which moves the numbers but not the axes.
        What does reshape do to the order of the numbers""",
    ),
    student(
        "checks_with_the_wrong_side", FOUR_LOOPS,
        forward_of(FOUR_LOOPS, (
            SIZE,
            "    if (H + 2*pad - HH) % stride or (W + 2*pad - HH) % stride:\n"
            "        raise ValueError('invalid conv params')\n" + SIZE,
        )),
        reads="""
        forward raises ValueError
        a check that refuses good sizes: it takes the wrong side of the kernel.
        Look at your own check of the sizes.""",
    ),
    student(
        "starts_dx_from_empty", FOUR_LOOPS,
        ("dx_pad = np.zeros_like(x_pad)", "dx_pad = np.empty_like(x_pad)"),
        reads="""
        Everything is right but dx, and dx is wrong in every case.
        dx is added onto numbers that were never set
        What does dx hold before the first number is added to it?""",
    ),
    student(
        "starts_dx_from_x", FOUR_LOOPS,
        ("dx_pad = np.zeros_like(x_pad)", "dx_pad = x_pad"),
        reads="""
        dx is wrong in every case.
        it is x plus the right gradient.
        Is it an array of its own?
        dw is wrong exactly when""",
    ),
    student(
        "returns_in_another_order", FOUR_LOOPS,
        ("return dx, dw, db", "return dw, dx, db"),
        reads="""
        db is right in all 24 cases.
        dx, dw are wrong in every case.
        returning dx and dw in the wrong order.
        In which order does the docstring ask for the gradients?""",
    ),
    student(
        "sums_db_over_the_filters", BY_TAPS,
        ("dout.sum(axis=0).sum(axis=1).sum(axis=1)", "dout.sum(axis=(0, 1, 2))"),
        reads="""
        summing dout over the filters too and not over the columns
        Over which axes does dout have to be summed?""",
    ),
    student(
        "adds_the_bias_with_every_image", FOUR_LOOPS,
        (" + b[f]\n", "\n            out[:, f] += b[f]\n"),
        reads="""
        Everything is right but out, and out is wrong exactly when there are several images
        the first image gets it N times, the last one once.
        How many times does b enter one output pixel?""",
    ),
    student(
        "chooses_the_bias_by_the_image", FOUR_LOOPS, ("+ b[f]", "+ b[n]"),
        reads="""
        adding b[n], counted by the images
        Which of them does b belong to?""",
    ),
    student(
        "caches_the_padded_image_and_pads_it", FOUR_LOOPS,
        ("cache = (x, w", "cache = (x_pad, w"),
        reads="""
        forward is right in all 24 cases.
        dx, dw are wrong exactly when pad > 0.
        padding in backward an image that is padded already.
        Does cache hold x, or x with zeros around it?""",
    ),
    student(
        "empties_dw_for_every_image", FOUR_LOOPS,
        backward_of(FOUR_LOOPS, (
            "    for n in range(N):\n",
            "    for n in range(N):\n        dw = np.zeros_like(w)\n",
        )),
        reads="""
        Everything is right but dw, and dw is wrong exactly when there are several images
        keeping only the last image's share
        What happens there to the result of the round before?""",
    ),
    student(
        "takes_three_channels", FOUR_LOOPS, ("window * w[f]", "window[:3] * w[f]"),
        reads="""
        forward raises ValueError exactly when there are more than three channels (C > 3).
        in line 18 of layers.py (out[n, f, i, j] = np.sum(window[:3] * w[f]) + b[f])
        Print the shapes of the arrays on that line""",
    ),
    student(
        "never_sets_the_sum_back", SEVEN_LOOPS,
        forward_of(
            SEVEN_LOOPS, ("                    total = 0.0\n", ""),
            ("    for n in", "    total = 0.0\n    for n in"),
        ),
        reads="""
        Everything is right but out
        never setting the sum back to 0
        What happens there to the result of the round before?""",
    ),
)  # fmt: skip
