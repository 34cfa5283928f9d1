"""Atheris: whatever is handed in, there is a submission or one sentence.

Run by `tests/fuzz/test_fuzz.py` at night, or by hand:
`python tests/fuzz/loading_target.py -max_total_time=60`.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports():
    from grader.assignment import DEFAULT
    from grader.errors import SubmissionError
    from grader.loaders import extract, load_bytes

from grader.exercises import load_exercise
from grader.messages import render

NAMES = ("layers.py", "conv.ipynb", "work.zip", "work.tar.gz", "layers", "a\ud800.py")
EXERCISE = load_exercise("conv2d")
KNOWN = b"def conv_forward_naive(x, w, b, conv_param):\n    return x\n"


def one(data: bytes) -> None:
    """Read what the fuzzer made, alone and beside a function; nothing else may end."""
    name = NAMES[data[0] % len(NAMES)] if data else NAMES[0]
    for content in (data[1:], data[1:] + b"\n" + KNOWN):
        try:
            submission = load_bytes(name, content, DEFAULT)
            for cut in (extract.program, extract.whole):
                cut(
                    submission,
                    DEFAULT,
                    graded=DEFAULT.exercises[0],
                    exercise=EXERCISE,
                )
        except SubmissionError as error:
            for language in ("en", "ko"):
                render(error.message, language)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
