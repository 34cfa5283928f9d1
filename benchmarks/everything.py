"""Run every benchmark, one after the other: `python benchmarks/everything.py [OPTION]`.

As root on Linux, on a machine that does nothing else; it takes an hour or two, most of
it the growth to ten thousand. What fails or cannot run here says so, and the rest goes
on. At the end stands a table of all that has an aim, with the machine and the date, as
it is in `docs/explanation/speed.md`; `--page` writes it there. `--small` tries all of
them in some minutes, in sizes whose figures mean nothing.
"""

from __future__ import annotations

import os
import platform
import re
import signal
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import psutil

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

HERE: Final = Path(__file__).parent
PAGE: Final = HERE.parent / "docs" / "explanation" / "speed.md"
BEGIN, END = "<!-- figures: benchmarks/everything.py --page -->", "<!-- /figures -->"
#: For whoever tries the page out: times are never the same again.
MEASURED: Final = "<!-- not run: times are never the same again -->"
#: Helpers of the others, and this.
NO_BENCHMARKS: Final = {"checks.py", "everything.py", "mixing.py", "spending.py"}
STAGES: Final = "stages.py"
#: What is told to a script, where that is not nothing.
SIZES: Final = {"growth.py": ("100", "10000")}
SMALL: Final = {
    "cluster.py": ("10", "1"),
    "cold_start.py": ("1",),
    "figures.py": ("2",),
    "growth.py": ("20", "60"),
    "mix.py": ("40",),
    "peers.py": ("2", "1"),
    "stages.py": ("20",),
    "worker.py": ("5",),
}
LONGEST: Final = 3 * 3600  # seconds of one of them
FIGURE: Final = re.compile(
    r"(?P<what>\S.*?): (?P<measured>[^()]+?)"
    r" \((?P<aim>(?:target|at most|at least) [^()]+)\)"
)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A line that says what was measured, and what it should be."""

    what: str
    measured: str
    aim: str
    script: str


def figures(printed: str, *, script: str) -> Iterator[Figure]:
    """Yield the lines of a script's output that have an aim."""
    for line in printed.splitlines():
        if found := FIGURE.match(line.strip()):
            yield Figure(script=script, **found.groupdict())


def machine() -> str:
    """Return when and on what this runs."""
    memory = psutil.virtual_memory().total / 2**30
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    kernel = ".".join(platform.release().split(".")[:2])
    return (
        f"Figures of {day}, on {platform.system()} {kernel},\n"
        f"{psutil.cpu_count()} processors and {memory:.0f} GiB,"
        f" Python {platform.python_version()}, NumPy {np.__version__}."
    )


def table(measured: Sequence[Figure]) -> str:
    """Return the figures as the page has them."""
    rows = [f"| {f.what} | {f.measured} | {f.aim} | `{f.script}` |" for f in measured]
    head = ["| what | measured | aim | script |", "| --- | --- | --- | --- |"]
    return "\n".join([machine(), "", *head, *rows])


def told(measured: Sequence[Figure], printed: Mapping[str, str]) -> str:
    """Return all that the page has of a run: its figures, and where the time goes."""
    stages = f"```text\n{printed.get(STAGES, '').rstrip()}\n```"
    return f"{table(measured)}\n\n{MEASURED}\n\n{stages}"


def written(page: str, figures: str) -> str:
    """Return the page with these figures in place of those that it had."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{PAGE} has no place for figures: {BEGIN} ... {END}")
    return f"{before}{BEGIN}\n\n{figures}\n\n{END}{after}"


def run(script: Path, *arguments: str) -> tuple[str, bool]:
    """Return what a script has printed, and whether it went well and in time."""
    process = subprocess.Popen(  # noqa: S603 (our own)
        [sys.executable, str(script), *arguments],
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    )
    try:
        printed, _ = process.communicate(timeout=LONGEST)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGTERM)  # with all that it has started
        printed, _ = process.communicate()
    except BaseException:  # nor does it go on when this is interrupted
        os.killpg(process.pid, signal.SIGTERM)
        raise
    return printed, process.returncode == 0


def main(*options: str) -> int:
    """Return 1 if one of them has failed, or has missed an aim."""
    if unknown := set(options) - {"--small", "--page"}:
        raise SystemExit(f"{sorted(unknown)} is none of --small and --page")
    if {"--small", "--page"} <= set(options):
        raise SystemExit("figures of --small mean nothing, and get on no --page")
    sizes = SMALL if "--small" in options else SIZES
    measured: list[Figure] = []
    outputs: dict[str, str] = {}
    failed = []
    print(machine())
    for script in sorted(HERE.glob("*.py")):
        if script.name in NO_BENCHMARKS:
            continue
        arguments = sizes.get(script.name, ())
        print(f"\n== {' '.join([script.name, *arguments])}", flush=True)
        printed, is_well = run(script, *arguments)
        print(printed, end="", flush=True)
        outputs[script.name] = printed
        measured += figures(printed, script=" ".join([script.name, *arguments]))
        if not is_well:
            failed.append(script.name)
    shown = told(measured, outputs)
    print(f"\n{shown}")
    if "--page" in options:
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(written(page, shown), encoding="utf-8")
    if failed:
        print(f"\nfailed, or an aim is missed: {', '.join(failed)}")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
