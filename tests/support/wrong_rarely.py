"""Wrong programs that are right in most cases, or for most numbers."""

# ruff: noqa: E501, Q003 (a student's line is one text)

from __future__ import annotations

from typing import Final

from handwritten import COLUMNS, FOUR, TWO, Wrong, wrong

OUT: Final = "    cache = (x, w, b, conv_param)\n"
GRADIENTS: Final = "    return dx, dw, db\n"
PADDED: Final = "    x_pad = np.pad(x,"
TIMES: Final = "np.sum(window * w[f])"
TAKEN: Final = (
    "    for u in range(HH):\n        for v in range(WW):\n            bottom"
)


def spoilt(name: str, line: str) -> Wrong:
    """Return a program that does this to out before it is returned."""
    return wrong(name, FOUR, (OUT, f"    {line}\n{OUT}"))


def spoilt_gradients(name: str, line: str) -> Wrong:
    """Return a program that does this to the gradients before they are returned."""
    return wrong(name, FOUR, (GRADIENTS, f"    {line}\n{GRADIENTS}"))


def capped(name: str, variable: str, most: int) -> Wrong:
    """Return a program whose loops over this end at a number, in both functions."""
    return wrong(name, FOUR, (f"range({variable})", f"range(min({variable}, {most}))"))


_RARE: Final = {
    "as_many_filters_as_channels": "F == C and N > 1",
    "as_many_images_as_filters": "N == F and C > 1",
    "several_images_and_pad_one": "N > 1 and pad == 1",
    "many_channels_and_padding": "C > 3 and pad > 0",
    "stride_equal_to_pad": "stride == pad and N > 1",
}
_NUMBERS: Final = {
    "out_clipped": "out = np.clip(out, -25, 25)",
    "out_clipped_far_out": "out = np.clip(out, -100, 100)",
    "out_below_ten": "out = np.minimum(out, 10)",
    "zeros_of_out_made_one": "out[out == 0] = 1",
    "out_rounded": "out = np.round(out, 2)",
    "out_through_float16": "out = out.astype(np.float16).astype(np.float64)",
    "large_out_squashed": "out = np.where(abs(out) > 40, 40 * np.tanh(out), out)",
}
_GRADIENTS: Final = {
    "dx_clipped": "dx = np.clip(dx, -10, 10)",
    "dw_clipped_by_norm": "dw = dw * min(1, 100 / np.linalg.norm(dw))",
    "db_clipped": "db = np.clip(db, -25, 25)",
    "zeros_of_dx_made_small": "dx = np.where(dx == 0, 1e-8, dx)",
}
_LIMITS: Final = {
    "four_images": ("N", 4),
    "five_filters": ("F", 5),
    "six_rows": ("H_out", 6),
    "six_columns": ("W_out", 6),
}
WRONG_RARELY: Final = (
    *(spoilt(name, f"out = -out if {when} else out") for name, when in _RARE.items()),
    *(capped(name, axis, most) for name, (axis, most) in _LIMITS.items()),
    wrong("five_channels", FOUR, (TIMES, "np.sum((window * w[f])[:5])")),
    wrong("four_rows_of_a_kernel", FOUR, (TIMES, "np.sum((window * w[f])[:, :4])")),
    wrong("four_columns_of_a_kernel", FOUR, (TIMES, "np.sum((window * w[f])[..., :4])")),
    wrong("stride_up_to_three", FOUR, ("= conv_param[\"stride\"]", "= min(conv_param[\"stride\"], 3)")),
    wrong("pad_up_to_three", FOUR, ("= conv_param[\"pad\"]", "= min(conv_param[\"pad\"], 3)")),
)  # fmt: skip

#: Their score is one on every seed; in which of the small cases they are wrong is not.
WRONG_NUMBERS: Final = (
    *(spoilt(name, line) for name, line in _NUMBERS.items()),
    *(spoilt_gradients(name, line) for name, line in _GRADIENTS.items()),
    wrong("x_clipped", TWO, ("p:p + W] = x", "p:p + W] = np.clip(x, -10, 10)")),
    wrong("x_in_half_precision", COLUMNS, (PADDED, "    x_pad = np.pad(x.astype(np.float16),")),
)  # fmt: skip
