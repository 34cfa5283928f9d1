"""Compare what a batch costs with what the students' functions in it cost.

Run `python benchmarks/mix.py [COUNT]`. Both sides are CPU seconds of one run: a batch
graded in this process with everything that it starts, and the very calls of the
published cases made without any grader. A machine that is shared has slow minutes, so
the calls of each program are made directly after it was graded, and the two are
compared over all of them. What a batch costs once (its imports, its corpus, its class
page) lies outside of what is measured.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from concurrent.futures import Executor, Future
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import mixing
import spending

from grader.assignment import DEFAULT
from grader.batch import corpora, sources, work
from grader.batch.grade import Batch
from grader.batch.records import Pages, Setup
from grader.engine.between import choose_between
from grader.engine.protocol import CaseRun
from grader.isolation.choose import open_sandbox

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader import corpus
    from grader.batch.records import Done, Task

WARM: Final = 10  # programs that are graded before the clock starts
MOST_OVERHEAD, MOST_FIXED, MOST_PAGES = 1.6, 15.0, 10.0
SEED: Final = 1


class Here(Executor):
    """Runs a task at once, in this process."""

    def submit(
        self, fn: Callable[..., Any], /, *args: object, **kwargs: object
    ) -> Future[Any]:
        """Run it."""
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


class OneByOne:
    """A pool of this process alone."""

    width = 1

    def start(self) -> Executor:
        """Return what runs tasks here."""
        return Here()

    def stop(self, executor: Executor) -> None:
        """End it."""
        executor.shutdown()


@dataclass(slots=True, kw_only=True)
class Interleaved:
    """Grades each task and then calls its functions; knows what both have cost."""

    posed: corpus.Corpus
    group: Path
    done: int = 0
    own: float = 0.0  # CPU seconds inside student functions
    all: float = 0.0  # of grading, what the batch does between two tasks included
    _since: float = field(default=0.0)

    def grade(self, task: Task) -> Done:
        """Grade one submission; what follows it is taken out of the account."""
        graded = work.grade(task)
        now = spending.used(self.group)
        self.done += 1
        own = self._called(task)
        if self.done > WARM:
            self.all += now - self._since
            self.own += own
        self._since = spending.used(self.group)
        return graded

    def _called(self, task: Task) -> float:
        path = task.handed_in.path
        return called(path.read_text("utf-8"), self.posed) if path else 0.0

    @property
    def measured(self) -> int:
        """How many programs were measured."""
        return self.done - WARM


def called(source: str, posed: corpus.Corpus) -> float:
    """Return the CPU seconds of the published calls, made directly."""
    space: dict[str, Any] = {}
    exec(source, space)  # noqa: S102 (a program of the mix)
    forward, backward = space["conv_forward_naive"], space["conv_backward_naive"]
    spent = 0.0
    before: list[CaseRun] = []
    for entry in posed.entries:
        between = choose_between(entry, before)
        before.append(CaseRun(entry=entry, forward=()))
        for data in (entry.first, entry.second):
            took, (_, cache) = _timed(
                forward, *_copies(data), dict(entry.options or {})
            )
            spent += took + _timed(backward, data.dout.copy(), cache)[0]
        if between is not None:
            options = dict(between.options or {})
            spent += _timed(forward, *_copies(between.first), options)[0]
    return spent


def _copies(data: corpus.DataSet) -> list[Any]:
    return [array.copy() for array in data.arrays.values()]


def _timed(function: Callable[..., Any], *arguments: object) -> tuple[float, Any]:
    start = time.process_time()
    result = function(*arguments)
    return time.process_time() - start, result


def graded(
    folder: Path, setup: Setup, built: corpus.Corpus, *, group: Path, pages: Pages
) -> Interleaved:
    """Grade what lies in the folder `in`; return what it has cost."""
    out = folder / f"out-{pages}"
    both = Interleaved(posed=built, group=group)
    batch = Batch(out=out, setup=setup, pool=OneByOne(), work=both.grade, pages=pages)
    batch.open([built])
    found = sources.find([folder / "in"], out=out, scratch=folder / "scratch")
    with (
        closing(open_sandbox()) as sandbox,
        work.shared(setup, [built], sandbox, pages=pages),
    ):
        batch.run(batch.plan(found.handed_in))
    return both


def main(count: int) -> None:
    """Print each figure beside its target."""
    built = corpora.build(DEFAULT, seed=SEED)
    gc.freeze()  # as the processes of a batch do
    setup = Setup(assignment=DEFAULT, seed=SEED, corpus=corpora.digest(built))
    with spending.group() as group, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        mixing.write(folder / "in", count + WARM)
        with spending.counted(group):
            none, every = (
                graded(folder, setup, built[0], group=group, pages=pages)
                for pages in (Pages.NONE, Pages.ALL)
            )
    own = none.own / none.measured
    ratio, with_pages = none.all / none.own, every.all / every.own
    fixed, pages = 1000 * own * (ratio - 1), 1000 * own * (with_pages - ratio)
    print(f"{none.measured} distinct right programs, without what is done once a batch")
    print(f"the students' functions: {1000 * own:.1f} ms CPU a submission")
    print(f"grading, against the functions: {ratio:.2f} times (target {MOST_OVERHEAD})")
    print(f"grading, beyond the functions: {fixed:.1f} ms (target {MOST_FIXED:.0f} ms)")
    print(f"pages of a submission: {pages:.1f} ms (target {MOST_PAGES:.0f} ms)")
    print(f"with all pages: {with_pages:.2f} times")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 120)
