"""A batch in a process of its own that kills itself at a given moment.

A moment is a look at, or a change of, anything in the results folder.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from executors import FragilePool, grade_by_first_word

from grader.assignment import DEFAULT
from grader.batch import sources
from grader.batch.grade import Batch
from grader.batch.records import Done, Setup, Task

SETUP = Setup(assignment=DEFAULT, seed=1, corpus="c1")


def main(handed_in: Path, out: Path, *, moment: int, regrade: bool) -> None:
    """Grade, note every name that is graded, and say how many moments there were."""
    seen = 0

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        if event.startswith("import") or not any(
            isinstance(each, (str, os.PathLike)) and str(each).startswith(str(out))
            for each in arguments
        ):
            return
        seen += 1
        if seen == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    log = (out.parent / "graded.txt").open("a", encoding="utf-8")

    def noted(task: Task) -> Done:
        log.write(f"{task.name}\n")
        log.flush()
        return grade_by_first_word(task)

    sys.addaudithook(watch)
    batch = Batch(out=out, setup=SETUP, pool=FragilePool(), work=noted)
    batch.open(())
    found = sources.find([handed_in], out=out, scratch=out.parent / "scratch")
    batch.run(batch.plan(found.handed_in, regrade=regrade))
    print(seen)  # noqa: T201 (the answer)


if __name__ == "__main__":
    main(
        Path(sys.argv[1]),
        Path(sys.argv[2]),
        moment=int(sys.argv[3]),
        regrade=sys.argv[4:] == ["regrade"],
    )
