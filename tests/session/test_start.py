from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from explaining import setting
from in_process import InProcessSandbox, InProcessWorker
from programs import RIGHT

from grader.assignment import DEFAULT
from grader.calls import Died, Frame, Loaded, Missing, Raised, TimedOut
from grader.errors import SubmissionError
from grader.loaders import load_bytes
from grader.messages import render
from grader.session.start import Started, Task, start

if TYPE_CHECKING:
    from grader.calls import Loading
    from grader.records import Limits, Program

FRAME = Frame(unit="layers.py", line=3, function="<module>", text="x = 1")
CAUSES = ("signal", "exit", "protocol", "memory")


def raised_at(frame: Frame, text: str) -> Raised:
    return Raised(type_name="KeyError", text=text, frames=(frame,))


class Loads(InProcessWorker):
    """A worker whose loading ends like this, one after the other."""

    endings: list[Loading]

    def load(self) -> Loading:
        return self.endings.pop(0)


class Sandbox(InProcessSandbox):
    def __init__(self, *endings: Loading) -> None:
        self.endings = list(endings)

    def open(self, program: Program, limits: Limits) -> InProcessWorker:
        del limits
        worker = Loads(program)
        worker.endings = self.endings
        return worker


@contextmanager
def started(*endings: Loading, source: str = RIGHT) -> Iterator[Started]:
    given = setting()
    task = Task(
        submission=load_bytes("layers.py", source.encode(), DEFAULT),
        assignment=DEFAULT,
        graded=DEFAULT.exercises[0],
        exercise=given.corpora[0].exercise,
        sandbox=Sandbox(*endings) if endings else InProcessSandbox(),
    )
    with start(task) as found:
        yield found


def refused(*endings: Loading) -> str:
    with pytest.raises(SubmissionError) as caught, started(*endings):
        pass
    return render(caught.value.message)


def test_a_program_that_runs_is_started() -> None:
    with started() as found:
        assert not found.is_whole
        assert isinstance(found.worker.load(), Loaded)


def test_a_death_may_be_the_machines_and_is_tried_again() -> None:
    with started(Died(cause="memory", detail="SIGKILL"), Loaded()) as found:
        assert not found.is_whole


def test_one_missing_function_is_no_reason_to_give_up() -> None:
    with started(Missing(names=("conv_backward_naive",))) as found:
        assert found.extraction.file == "layers.py"


def test_a_missing_name_makes_the_whole_file_run() -> None:
    missing = Raised(type_name="NameError", text="name 'K' is not defined")
    with started(missing, Loaded()) as found:
        assert found.is_whole
        assert [note.id for note in found.extraction.notes] == ["session.whole_file"]


@pytest.mark.parametrize(
    ("ending", "said"),
    [
        (Raised(type_name="KeyError", text="'a'"), "it raises KeyError: 'a'."),
        (Raised(type_name="KeyError", text=""), "it raises KeyError."),
        (raised_at(FRAME, ""), "KeyError in line 3 of layers.py (x = 1)."),
        (raised_at(FRAME, "'a'"), "in line 3 of layers.py (x = 1): 'a'."),
        (TimedOut(seconds=1.0), "did not get to its end within 1 s"),
        (TimedOut(seconds=1.0, frame=FRAME), "in line 3 of layers.py (x = 1)."),
        *((Died(cause=c, detail="D"), "(D)") for c in CAUSES),
        *((Died(cause=c, detail="D", frame=FRAME), "(D) in line 3") for c in CAUSES),
        (Missing(names=("f", "g")), "runs to its end, but leaves no function"),
        (Missing(names=("f", "g")), "no function called f, g."),
    ],
)  # fmt: skip
def test_a_program_that_does_not_start_says_why(ending: Loading, said: str) -> None:
    assert said in refused(ending, ending)


def test_what_the_whole_file_misses_too_is_said() -> None:
    missing = Raised(type_name="NameError", text="name 'K' is not defined")
    assert "NameError" in refused(missing, missing)


def test_a_known_failure_is_said_in_plain_words() -> None:
    old = Raised(
        type_name="NameError", text="name 'xrange' is not defined", frames=(FRAME,)
    )
    assert "Python 2" in refused(old)
