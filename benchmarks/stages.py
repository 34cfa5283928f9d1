"""Print where each millisecond goes: `python benchmarks/stages.py [COUNT]`.

As root on Linux. The mix is graded in this process, as each process of a batch does it.
The kernel counts the CPU time of everything; every stage here is timed where it is, the
worker is asked for its clock between two stages, and the students' functions time
themselves inside it. Each submission passes through all stages, so that a machine which
is slower for a while is slower for all of them.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import mixing
from spending import counted, group, used

from grader import session
from grader.assignment import DEFAULT, Feedback
from grader.batch import corpora, entries
from grader.engine.grade import Engine
from grader.isolation import linux_sandbox, talk
from grader.isolation.choose import open_sandbox
from grader.isolation.forked import ForkedProcess
from grader.isolation.worker import ProcessWorker
from grader.report import Identity
from grader.reports import to_html
from grader.session import one_exercise, start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

COUNT: Final = 100
WARM: Final = 10
REST: Final = "report: scoring, and what holds the stages together"
OUTSIDE: Final = "fork and lockdown: fork server, kernel, end of the worker"
STUDENT: Final = "student functions"
#: The package has a function of this name.
grading: Final = import_module("grader.session.grade")
#: What is called: the stage that its time belongs to.
STAGES: Final[dict[tuple[Any, str], str]] = {
    (grading, "load"): "reading",
    (start, "_extracted"): "slicing",
    (linux_sandbox, "fork"): "fork and lockdown, our end",
    (ProcessWorker, "_end"): "fork and lockdown, our end",
    (ProcessWorker, "load"): "wire, our end",
    (ProcessWorker, "run"): "wire, our end",
    (ProcessWorker, "run_several"): "wire, our end",
    (Engine, "judge_run"): "judging",
    (one_exercise, "_searched"): "searching",
    (one_exercise._Run, "_explain"): "explaining",  # noqa: SLF001 (it is what is timed)
    (entries, "done"): "report as JSON and as a row",
    (entries, "_page_for_staff"): "pages",
    (entries, "_page_for_student"): "pages",
    (entries, "write"): "writing",
}
#: Of so many calls the time is printed at once: to print costs time, too.
TOGETHER: Final = 8
TIMED: Final = f"""
from time import thread_time_ns

TOOK = []

def timed(function):
    def inner(*given):
        started = thread_time_ns()
        try:
            return function(*given)
        finally:
            TOOK.append(thread_time_ns() - started)
            if len(TOOK) == {TOGETHER}:
                print(sum(TOOK))
                TOOK.clear()
    return inner

conv_forward_naive = timed(conv_forward_naive)
conv_backward_naive = timed(conv_backward_naive)
"""


@dataclass
class Watch:
    """Charges CPU time to the innermost stage that is open."""

    spent: Counter[str] = field(default_factory=Counter)
    open: list[str] = field(default_factory=list)
    since: float = 0.0

    def charge(self) -> None:
        """Charge what has passed since the last time."""
        now = time.process_time()
        if self.open:
            self.spent[self.open[-1]] += now - self.since
        self.since = now

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Charge to this one what is done in here."""
        self.charge()
        self.open.append(name)
        try:
            yield
        finally:
            self.charge()
            self.open.pop()

    def inside(self, owner: Any, name: str, stage: str) -> None:  # noqa: ANN401 (a module or a class)
        """Have a function's time charged to a stage from now on."""
        function: Callable[..., Any] = getattr(owner, name)

        @wraps(function)
        def charged(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 (whatever it takes)
            with self.stage(stage):
                return function(*arguments, **options)

        setattr(owner, name, charged)

    def clock_of_worker(self) -> None:
        """Ask the worker for its clock when it is ready, has loaded, and is ended."""
        seen: dict[ForkedProcess, float] = {}
        fork, load, kill = linux_sandbox.fork, talk.load, ForkedProcess.kill

        def passed(worker: ForkedProcess, stage: str) -> None:
            now = worker.cpu()
            self.spent[stage] += now - seen.get(worker, 0.0)
            seen[worker] = now

        def forked(*arguments: Any) -> ForkedProcess:  # noqa: ANN401 (as it takes them)
            worker = fork(*arguments)
            passed(worker, "fork and lockdown: the worker")
            return worker

        def loaded(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 (the same)
            ending = load(*arguments, **options)
            passed(list(seen)[-1], "loading")
            return ending

        def killed(worker: ForkedProcess, **options: Any) -> Any:  # noqa: ANN401 (the same)
            ending = kill(worker, **options)
            passed(worker, "wire, the worker's end")
            return ending

        linux_sandbox.fork, talk.load = forked, loaded  # type: ignore[assignment]
        ForkedProcess.kill = killed  # type: ignore[method-assign]

    def students(self, report: Any) -> None:  # noqa: ANN401 (a Report)
        """Take the functions' own time out of the worker's."""
        took = sum(map(int, report.output.split())) / 1e9
        self.spent[STUDENT] += took
        self.spent["wire, the worker's end"] -= took


def timing(extract: Callable[..., Any]) -> Callable[..., Any]:
    """Return the same, with functions that print how long they took."""

    def extracted(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 (as it takes them)
        found = extract(*arguments, **options)
        first, *others = found.program.units
        units = (*others, replace(first, source=first.source + TIMED))
        return replace(found, program=replace(found.program, units=units))

    return extracted


def grade(path: Path, out: Path, setting: session.Setting, watch: Watch) -> None:
    """Grade one submission, and write all that a batch writes of it."""
    with watch.stage(REST):
        identity = Identity(submission=path.name)
        report = session.grade_path(path, setting, identity=identity)
        written = replace(report, output="")
        done = entries.done(written, file=path.name, feedback=Feedback())
        entries.write(out, done)
    if report.score != report.max_score:
        raise SystemExit(f"{path.name} is right, and got {report.score}")
    watch.students(report)


def measured(folder: Path, count: int, *, charged: Path) -> tuple[Counter[str], float]:
    """Return the CPU seconds of each stage, and of everything."""
    watch = Watch()
    start._extracted = timing(start._extracted)  # noqa: SLF001 (before it is timed)
    for (owner, name), stage in STAGES.items():
        watch.inside(owner, name, stage)
    watch.clock_of_worker()
    mixing.write(folder / "in", count + WARM)
    paths = sorted((folder / "in").iterdir(), key=lambda path: path.stem[-5:])
    built = corpora.build(DEFAULT, seed=1)
    to_html.prepare()
    sandbox = open_sandbox()
    setting = session.Setting(
        assignment=DEFAULT,
        corpora=tuple(built),
        sandbox=sandbox,
        seed=1,
        corpus_digest=corpora.digest(built),
    )
    for path in paths[:WARM]:
        grade(path, folder / "out", setting, watch)
    watch.spent.clear()
    before = used(charged)
    for path in paths[WARM:]:
        grade(path, folder / "out", setting, watch)
    total = used(charged) - before
    sandbox.close()
    return watch.spent, total


def main(count: int) -> None:
    """Print a line for each stage."""
    with (
        group() as charged,
        counted(charged),
        tempfile.TemporaryDirectory() as folder,
    ):
        spent, total = measured(Path(folder), count, charged=charged)
    spent[OUTSIDE] = total - spent.total()
    print(f"CPU a submission, {count} distinct right programs of the mix:")
    for stage, seconds in sorted(spent.items(), key=lambda each: -each[1]):
        share = seconds / total
        print(f"  {1000 * seconds / count:6.2f} ms {share:5.1%}  {stage}")
    print(f"  {1000 * total / count:6.2f} ms 100.0%  in all")
    times = total / spent[STUDENT]
    print(f"all of it, pages too: {times:.2f} times the functions (target 1.6)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT)
