"""Grade very many small submissions in a process of its own, and say what it took."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from executors import FragilePool, grade_by_first_word
from killed import SETUP

from grader.batch import sources
from grader.batch.grade import Batch
from grader.batch.records import Pages

WORDS = ("right", "right", "wrong_dx")


def main(folder: Path, count: int) -> None:
    """Print CPU seconds, the largest memory in MB, and how many were graded."""
    handed_in = folder / "in"
    if not handed_in.exists():
        handed_in.mkdir(parents=True)
        for number in range(count):
            text = f"{WORDS[number % len(WORDS)]} {number}"
            (handed_in / f"s{number:06}.py").write_text(text, encoding="utf-8")
    started = time.process_time()
    batch = Batch(
        out=folder / "out",
        setup=SETUP,
        pool=FragilePool(),
        work=grade_by_first_word,
        pages=Pages.NONE,
    )
    batch.open(())
    found = sources.find([handed_in], out=batch.out, scratch=folder / "scratch")
    tasks = batch.plan(found.handed_in)
    batch.run(tasks)
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    told = {
        "cpu": time.process_time() - started,
        "memory": used / (1e6 if sys.platform == "darwin" else 1e3),
        "graded": len(tasks),
    }
    print(json.dumps(told))  # noqa: T201 (the answer)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
