"""What makes no difference to a function, and what does."""

from __future__ import annotations

import pytest
from handed_in import extraction, submission
from hypothesis import given
from hypothesis import strategies as st
from programs import RIGHT

from grader.assignment import DEFAULT, Assignment
from grader.loaders import Submission
from grader.loaders.same_code import Written, written
from grader.records import Unit

HELPED = """\
import numpy as np
from helpers import padded
def conv_forward_naive(x, w, b, conv_param):
    return padded(x, conv_param['pad']), (x, w, b, conv_param)
def conv_backward_naive(dout, cache):
    return cache[0], cache[1], cache[2]
"""
HELPER = "import numpy as np\ndef padded(x, p) :\n    return np.pad(x, p)\n"
NAMES = st.from_regex(r"[a-z]{1,3}_[0-9]", fullmatch=True)


def of(handed_in: str | Submission, assignment: Assignment = DEFAULT) -> list[Written]:
    provided = {unit.name for unit in assignment.provided}
    return list(written(extraction(handed_in, assignment), provided=provided))


def prints(handed_in: str | Submission) -> list[str]:
    return [each.fingerprint for each in of(handed_in)]


@given(stride=NAMES, pad=NAMES, out=NAMES)
def test_names_make_no_difference(stride: str, pad: str, out: str) -> None:
    code = (
        "def conv_forward_naive(x, w, b, conv_param):\n"
        "    {0} = conv_param['stride']\n    {1} = conv_param['pad']\n"
        "    {2} = x[::{0}, {1}:]\n    return {2}, x\n"
    )
    same = len({stride, pad, out}) == 3
    plain = code.format("s", "p", "o")
    assert (prints(plain) == prints(code.format(stride, pad, out))) == same


HEAD = "def conv_forward_naive(x, w, b, conv_param):\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (HEAD, HEAD + '    """Mine."""\n    print("here")\n    pass\n'),
        (HEAD, HEAD.replace("):", ") :  # by me\n")),
        (HEAD, HEAD.replace("):", ": dict) -> tuple:")),
        (HEAD, HEAD + "    cost: float\n"),
        ("    out = np", "    out: object = np"),
        ("np.", "numpy_."),
    ],
)
def test_what_does_nothing_makes_no_difference(old: str, new: str) -> None:
    assert old in RIGHT
    assert prints(RIGHT.replace(old, new)) == prints(RIGHT)


def test_a_name_means_another_thing_in_every_function() -> None:
    code = "def pads(p):\n    return p\n" + HEAD + "    {0} = 1\n    return pads({0})\n"
    assert prints(code.format("p")) == prints(code.format("q"))


def test_another_step_makes_a_difference() -> None:
    first, second = prints(RIGHT)
    other = prints(RIGHT.replace("'stride'", "'pad'", 1))
    assert other[0] != first
    assert other[1] == second


def test_helpers_of_other_files_belong_to_it() -> None:
    plain = submission(layers_py=HELPED, helpers_py=HELPER)
    other = submission(
        layers_py=HELPED, helpers_py=HELPER.replace("x, p)\n", "x, p + 1)\n")
    )
    renamed = submission(
        layers_py=HELPED.replace("padded", "wide"),
        helpers_py=HELPER.replace("padded", "wide"),
    )
    assert prints(plain)[0] != prints(other)[0]
    assert prints(plain) == prints(renamed)
    assert "np.pad" in of(plain)[0].text


def test_what_the_course_gives_belongs_to_nobody() -> None:
    course = Assignment(provided=(Unit(name="helpers.py", source=HELPER),))
    [forward, _] = of(submission(course, layers_py=HELPED), course)
    assert "np.pad" not in forward.text


def test_a_template_is_nobody_s_code() -> None:
    template = "def conv_forward_naive(x, w, b, conv_param):\n    out = None\n"
    template += "    return out, None\n"
    assert of(template) == []


def test_what_is_nested_too_deeply_is_left_out() -> None:
    deep = RIGHT.replace("'pad'", "-" * 900 + "1", 1)
    assert len(of(deep)) in {0, 2}
