from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator

import pytest
from executors import double_or_die, raise_unreadable, say

from grader.batch import child, children
from grader.batch.pool import EndedError
from grader.batch.undecided import running_version


@pytest.fixture(scope="module", autouse=True)
def _no_children() -> Iterator[None]:
    yield
    children.close_all()


def ask(job: object) -> object:
    return pickle.loads(children.run(running_version(), pickle.dumps(job)))  # noqa: S301


def test_a_child_answers_again_and_again_whatever_is_printed_in_it() -> None:
    first = ask((say, "hello"))
    assert first != os.getpid()
    assert ask((say, "again")) == first


def test_what_it_raises_is_raised_here() -> None:
    with pytest.raises(TypeError):
        ask((len, 3))
    with pytest.raises(RuntimeError, match="UnreadableError: 3"):
        ask((raise_unreadable, 3))


def test_a_task_that_ends_three_children_ends_no_more() -> None:
    with pytest.raises(EndedError):
        ask((double_or_die, 13))
    assert ask((double_or_die, 2)) == 4


def answered(*job: object) -> tuple[bool, object]:
    told: tuple[bool, object] = pickle.loads(child.answer(pickle.dumps(job)))  # noqa: S301
    return told


def test_an_answer_says_whether_it_is_one() -> None:
    assert answered(len, "abc") == (True, pickle.dumps(3))
    returned, error = answered(raise_unreadable, 1)
    assert (returned, str(error)) == (False, "UnreadableError: 1")


def test_a_child_ends_when_nobody_is_left_to_ask_it() -> None:
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "grader.batch.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    process.communicate(pickle.dumps((say, "x"))[:-3], timeout=60)
    assert process.returncode is not None


def test_a_child_that_is_gone_is_no_answer() -> None:
    one = children.Child()
    one._process.kill()
    with pytest.raises(children.ChildDiedError):
        one.ask(b"x")
