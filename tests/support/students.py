"""Wrong programs in the styles of second-year students, one or two mistakes each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from student_styles import BY_TAPS, FOUR_LOOPS, SEVEN_LOOPS, WHILE_LOOPS


@dataclass(frozen=True, slots=True, kw_only=True)
class Student:
    """A wrong program, and pieces that must be in what its student reads, in order."""

    name: str
    source: str
    reads: tuple[str, ...]


def student(name: str, base: str, *changes: tuple[str, str], reads: str) -> Student:
    """Return the program; `reads` has a piece a line."""
    source = base
    for old, new in changes:
        if old not in source:
            raise ValueError(f"{name}: there is no {old!r}")
        source = source.replace(old, new)
    pieces = tuple(line.strip() for line in reads.strip().splitlines())
    return Student(name=name, source=source, reads=pieces)


FORWARD_LOOPS: Final = """\
            for i in range(H_out):
                for j in range(W_out):
                    window"""
BACKWARD_LOOPS: Final = """\
            for i in range(H_out):
                for j in range(W_out):
                    g"""
CACHE: Final = "    cache = (x, w, b, conv_param)\n    return out, cache"

STUDENTS: Final = (
    student(
        "returns_inside_the_loop", FOUR_LOOPS,
        (CACHE, CACHE.replace("    cache", "        cache").replace("    ret", "        ret")),
        reads="""
        Everything is right but out, and out is wrong exactly when there are several images
        counting only the first image
        Try N = 2""",
    ),
    student(
        "divides_with_one_slash", FOUR_LOOPS,
        ("HH) // stride", "HH) / stride"), ("WW) // stride", "WW) / stride"),
        reads="""
        backward is right in all 24 cases.
        forward raises TypeError in every case.
        (out = np.zeros((N, F, H_out, W_out))): 'float' object
        H_out is a float because of /""",
    ),
    student(
        "counts_one_too_few", FOUR_LOOPS,
        (FORWARD_LOOPS, FORWARD_LOOPS.replace("_out)", "_out - 1)")),
        reads="""
        Everything is right but out, and out is wrong in every case.
        leaving out the last row and the last column
        What do your two spatial loops count""",
    ),
    student(
        "one_index_of_the_kernel_twice", SEVEN_LOOPS,
        ("w[f, k, u, v]\n                    result", "w[f, k, u, u]\n                    result"),
        reads="""
        out: a wrong answer, or none at all, exactly when the kernel is larger than 1x1.
        looks at the right pixels, but with other weights
        which weight meets which pixel
        Where forward gives no answer it leaves no cache""",
    ),
    student(
        "unpacks_the_cache_in_another_order", FOUR_LOOPS,
        ("x, w, b, conv_param = cache", "w, x, b, conv_param = cache"),
        reads="""
        forward is right in all 24 cases.
        dx, dw, db: a wrong answer, or none at all, in every case.
        backward takes w, x, b, conv_param out of cache, where forward has put in x, w, b, conv_param
        Compare the line of forward that makes the cache with the line of backward""",
    ),
    student(
        "keeps_the_stride_of_the_first_call", WHILE_LOOPS,
        ("import numpy as np\n", "import numpy as np\n\nSTRIDE = []\n"),
        ("    x_p = pad", "    STRIDE.append(stride)\n    stride = STRIDE[0]\n    x_p = pad"),
        reads="""
        out is wrong for example when stride > 1
        out is right in a first call, and wrong after a call with other sizes or options
        What outlives a call""",
    ),
    student(
        "pads_all_four_axes", FOUR_LOOPS,
        ("x_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode='constant')\n    for",
         "x_pad = np.pad(x, pad, mode='constant')\n    for"),
        reads="""
        backward is right in all 24 cases.
        pad > 0""",
    ),
    student(
        "reads_a_key_that_is_not_there", FOUR_LOOPS,
        ("conv_param['pad']", "conv_param.get('padding', 1)"),
        reads="""
        out is wrong exactly when pad is anything but 1: its shape is (1, 1, 3, 3) where (1, 1, 1, 1) is wanted.
        computing with pad = 1, whatever pad is given
        Would it still be right if pad were 2?""",
    ),
    student(
        "checks_sizes_before_padding", FOUR_LOOPS,
        ("    out = np", "    assert (H - HH) % stride == 0\n    out = np"),
        reads="""
        backward is right in all 24 cases.
        forward raises AssertionError""",
    ),
    student(
        "assigns_db_and_prints", FOUR_LOOPS,
        ("db[f] += g\n", "db[f] = g\n                    print('db', db[f])\n"),
        reads="""
        db is wrong exactly when there are several images (N > 1), or there is more than one window.
        keeping only the last number of dout for each filter
        What happens there to the result of the round before?""",
    ),
    student(
        "assigns_dw_of_all_images_at_once", WHILE_LOOPS,
        ("dw += d.T", "dw = d.T"),
        reads="""
        Everything is right but dw, and dw is wrong exactly when there is more than one window.
        last window of every image
        What happens there to the result of the round before?""",
    ),
    student(
        "makes_out_of_integers", FOUR_LOOPS,
        ("(N, F, H_out, W_out))\n", "(N, F, H_out, W_out), dtype=int)\n"),
        reads="""
        Everything is right but out, and out is wrong in every case.
        out has dtype int64, expected float64.
        With which dtype do you create out?""",
    ),
    student(
        "returns_no_cache", FOUR_LOOPS,
        ("    return out, cache", "    return out"),
        reads="""
        backward is right in all 24 cases.
        What forward returns has the wrong form in every case.
        conv_forward_naive returned an array of shape (1, 1, 1, 1), expected two results
        Compare your return line with the docstring of forward.""",
    ),
    student(
        "sums_db_to_one_number", BY_TAPS,
        ("dout.sum(axis=0).sum(axis=1).sum(axis=1)", "dout.sum()"),
        reads="""
        Everything is right but db, and db is wrong in every case.
        db is a single number (float64), expected an array of shape (1,).""",
    ),
    student(
        "two_mistakes", SEVEN_LOOPS,
        ("p:ph-p, p:pw-p", "p:-p, p:-p"), ("db[f] += d\n", "db[f] += d / num\n"),
        reads="""
        forward is right in all 24 cases.
        dw is right in all 24 cases.
        dx is wrong exactly when pad = 0: its shape is (1, 1, 0, 0) where (1, 1, 1, 1) is wanted.
        [pad:-pad]
        What is a[0:-0]?
        db is wrong exactly when there are several images (N > 1).
        dividing by the number of images N
        Look for a division or a mean""",
    ),
    student(
        "overwrites_the_options", FOUR_LOOPS,
        (CACHE, "    conv_param['pad'] = 0\n    x = x_pad\n" + CACHE),
        reads="""
        forward is right in all 24 cases.
        dx is wrong exactly when pad > 0: its shape is (1, 1, 3, 3)
        leaving the padding on
        conv_param is changed in place exactly when pad > 0. What the caller passes in""",
    ),
    student(
        "misspells_a_name", FOUR_LOOPS,
        ("dx = dx_pad", "dx = dxpad"),
        reads="""
        forward is right in all 24 cases.
        backward raises NameError in every case.
        (dx = dxpad[:, :, pad:pad+H, pad:pad+W]): name 'dxpad' is not defined.
        Compare the spelling.""",
    ),
    student(
        "pads_twice", WHILE_LOOPS,
        ("conv_param = cache\n", "conv_param = cache\n    x_p = pad_with_zeros(x_p, conv_param['pad'])\n"),
        reads="""
        forward is right in all 24 cases.
        exactly when pad > 0.
        conv_backward_naive raises IndexError in line
        Which loop makes that index""",
    ),
    student(
        "leaves_the_stride_out_of_backward", BY_TAPS,
        ("big[:, :, ::s, ::s] = dout", "big[:, :, :Ho, :Wo] = dout"),
        reads="""
        forward is right in all 24 cases.
        db is right in all 24 cases.
        dx, dw are wrong exactly when stride > 1 and there is more than one window.
        start at pixel 0, 1, 2
        With stride 2""",
    ),
    student(
        "swaps_the_kernels_indices", BY_TAPS,
        ("part, w[:, :, hh, ww]", "part, w[:, :, ww, hh]"),
        reads="""
        backward is right in all 24 cases.
        exactly when the kernel is larger than 1x1.
        kernel's rows and columns swapped
        Which index of w counts the rows of the kernel""",
    ),
    student(
        "skips_the_first_row", FOUR_LOOPS,
        (BACKWARD_LOOPS, BACKWARD_LOOPS.replace("range(H_out)", "range(1, H_out)")),
        reads="""
        forward is right in all 24 cases.
        dx leaves out the first row of dout.
        Where do the loops over dout begin
        db is wrong in every case.""",
    ),
    student(
        "empties_dout", FOUR_LOOPS,
        ("db[f] += g\n", "db[f] += g\n                    dout[n, f, i, j] = 0\n"),
        reads="""
        forward and backward are right in all 24 cases.
        dout is changed in place in every case. What the caller passes in must stay as it is.
        Which line writes into dout""",
    ),
    student(
        "float_sizes_and_a_cache_of_its_own", SEVEN_LOOPS,
        ("oh = int((height + 2*p - kh) / s) + 1", "oh = (height + 2*p - kh) / s + 1"),
        reads="""
        forward raises TypeError in every case.
        (result = zeros((num, filt, oh, ow))): 'float' object
        oh is a float because of /
        Where forward gives no answer it leaves no cache, and so backward gives none there either (24 cases).""",
    ),
    student(
        "returns_two_gradients", SEVEN_LOOPS,
        ("return dx, dw, db", "return dx, dw"),
        reads="""
        forward is right in all 24 cases.
        What backward returns has the wrong form in every case.
        conv_backward_naive returned a tuple of 2 items, expected 3 gradients: dx, dw, db.
        Compare your return line with the docstring of backward.""",
    ),
    student(
        "keeps_one_array_for_every_answer", FOUR_LOOPS,
        ("def conv_forward_naive(x, w, b, conv_param):", "OUTS = {}\n\ndef conv_forward_naive(x, w, b, conv_param):"),
        ("    out = np.zeros((N, F, H_out, W_out))", "    out = OUTS.setdefault((N, F, H_out, W_out), np.zeros((N, F, H_out, W_out)))"),
        reads="""
        writes every answer into the same array
        Where is out created, and how often?""",
    ),
    student(
        "keeps_x_outside_the_cache", FOUR_LOOPS,
        ("    pad = conv_param['pad']\n    stride = conv_param['stride']\n    N, C, H, W = x.shape\n    F, C, HH, WW = w.shape\n    H_out", "    global X\n    X = x\n    pad = conv_param['pad']\n    stride = conv_param['stride']\n    N, C, H, W = x.shape\n    F, C, HH, WW = w.shape\n    H_out"),
        ("x, w, b, conv_param = cache", "x, w, b, conv_param = cache\n    x = X"),
        reads="""
        Everything is right but dw, and dw is wrong in every case.
        something is kept outside the cache
        What outlives a call""",
    ),
)  # fmt: skip
