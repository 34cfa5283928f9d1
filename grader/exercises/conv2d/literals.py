"""The atoms of a conv2d boundary, from simple to special."""

from __future__ import annotations

from typing import Final

from grader.exercise import Literal
from grader.exercises.conv2d.traits import TRAITS
from grader.records import Message

# Where two boundaries separate the same cases, the one further up is the simpler.
# The table is chosen by pairs of these: one name more, and the published cases change.
IN_ORDER: Final = (
    "pad = 0",
    "pad > 0",
    "stride = 1",
    "stride > 1",
    "kernel square",
    "kernel not square",
    "image square",
    "image not square",
    "N = 1",
    "N > 1",
    "C = 1",
    "C > 1",
    "F = 1",
    "F > 1",
    "pad = 1",
    "pad != 1",
    "pad > 1",
    "stride = 2",
    "stride > 2",
    "F = C",
    "F != C",
    "N != C",
    "HH > WW",
    "HH < WW",
    "H > W",
    "H < W",
    "1x1 kernel",
    "kernel > 1x1",
    "odd kernel",
    "even kernel",
    "stride > kernel",
    "stride <= kernel",
    "stride < kernel",
    "stride >= kernel",
    "pad >= kernel",
    "pad < kernel",
    "overlap",
    "no overlap",
    "one output pixel",
    "more output pixels",
    "H' = W'",
    "H' != W'",
    "kernel = image",
    "kernel > image",
    "stride = pad",
    "stride != pad",
    "out as large as x",
    "out not as large as x",
    "crossed",
    "C > 3",
    "remainder",
    "no remainder",
)
#: Numbers that a loop or a slice may end at, whatever the batch has, and what happens
#: in one direction only; of no influence on the table.
LIMITS: Final = (
    *("N > 3", "F > 3", "N > 4", "C > 4", "F > 4", "N > 2", "C > 2", "F > 2"),
    *("N > 5", "C > 5", "F > 5", "pad > 2", "stride > 3", "stride != 2"),
    *("HH > 1", "WW > 1", "H' > 1", "W' > 1", "F > C", "F < C"),
    *("pad < HH", "pad < WW"),
)
LITERALS: Final = tuple(
    Literal(
        name=name,
        message=Message(id=f"conv2d.literal.{name}"),
        holds=TRAITS[name].holds,
    )
    for name in (*IN_ORDER, *LIMITS)
)
