"""Compare convgrade with what else one would grade with, on the same submissions.

Run `python benchmarks/peers.py [COUNT]` alone, as root on Linux, with an index to
install from: each peer gets an environment of its own. All sides grade the same mix of
distinct right programs in one run, and the kernel counts their CPU time. The peers make
two fixed checks, as the assignment's own notebook does, or 100 + 100 random ones.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import checks
import mixing
from spending import spent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

COUNT: Final = 14
TARGET: Final = 40.0
#: One thread: what waits in others would count as work, for every side.
THREADS: Final = dict.fromkeys(
    ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"), "1"
)


class Peer:
    """An environment in which one of the others grades."""

    def __init__(self, box: Path, name: str, *packages: str) -> None:
        self.folder = box / name
        self.folder.mkdir()
        environment = box / f"{name}-venv"
        subprocess.run(  # noqa: S603 (our own)
            [sys.executable, "-m", "venv", str(environment)], check=True
        )
        self.bin = environment / ("Scripts" if os.name == "nt" else "bin")
        if packages:
            self.run("pip", "install", "--quiet", "numpy", *packages)

    @property
    def env(self) -> Mapping[str, str]:
        """What the commands find first on their path."""
        return {**THREADS, "PATH": f"{self.bin}{os.pathsep}{os.environ['PATH']}"}

    def run(self, *arguments: str) -> None:
        """Run a command of the environment that is not measured."""
        subprocess.run(  # noqa: S603 (our own)
            [str(self.bin / arguments[0]), *arguments[1:]],
            cwd=self.folder,
            env={**os.environ, **self.env},
            check=True,
            capture_output=True,
        )

    def spent(self, *arguments: str, cwd: Path | None = None) -> float:
        """Return the CPU seconds of a command of the environment."""
        command = [str(self.bin / arguments[0]), *arguments[1:]]
        return spent(command, cwd=cwd or self.folder, env=self.env)


def nbgrader(box: Path, sources: Mapping[str, str]) -> float:
    """One batch, two test cells."""
    peer = Peer(box, "nbgrader", "nbgrader", "ipykernel")
    (peer.folder / "nbgrader_config.py").write_text("c = get_config()\n", "utf-8")
    checks.notebook(peer.folder / "source" / "ps1" / "conv.ipynb", code=None)
    peer.run("nbgrader", "generate_assignment", "ps1")
    for number, source in enumerate(sources.values()):
        student = peer.folder / "submitted" / f"student{number}" / "ps1"
        checks.notebook(student / "conv.ipynb", code=source)
    return peer.spent("nbgrader", "autograde", "ps1") / len(sources)


def otter(box: Path, sources: Mapping[str, str]) -> float:
    """`otter run`, a notebook at a time, two test cases."""
    peer = Peer(box, "otter", "otter-grader", "ipykernel")
    checks.otter_tests(peer.folder / "tests")
    peer.run(
        "otter", "generate", "-t", "tests", "-o", "autograder.zip", "--no-environment"
    )
    total = 0.0
    for number, source in enumerate(sources.values()):
        checks.otter_notebook(peer.folder / f"s{number}.ipynb", code=source)
        total += peer.spent("otter", "run", "-a", "autograder.zip", f"s{number}.ipynb")
    return total / len(sources)


def gradescope_utils(box: Path, sources: Mapping[str, str]) -> float:
    """A fresh process for each submission, two tests."""
    peer = Peer(box, "gradescope", "gradescope-utils")
    return _each(peer, sources, checks.GRADESCOPE, command=("python", "run_tests.py"))


def hypothesis(box: Path, sources: Mapping[str, str]) -> float:
    """Pytest and Hypothesis in a fresh process, 100 + 100 examples."""
    peer = Peer(box, "hypothesis")
    peer.run("pip", "install", "--quiet", f"{mixing.ROOT}[test]")
    command = ("python", "-m", "pytest", "-q", "-p", "no:xdist", "run_tests.py")
    return _each(peer, sources, checks.PROPERTIES, command=command)


def _each(
    peer: Peer, sources: Mapping[str, str], tests: str, *, command: tuple[str, ...]
) -> float:
    total = 0.0
    for number, source in enumerate(sources.values()):
        folder = peer.folder / str(number)
        folder.mkdir()
        (folder / "layers.py").write_text(source, "utf-8")
        (folder / "run_tests.py").write_text(tests, "utf-8")
        total += peer.spent(*command, cwd=folder)
    return total / len(sources)


def convgrade(box: Path, sources: Mapping[str, str]) -> float:
    """One batch, 24 cases of seven criteria, pages and all."""
    folder = box / "convgrade"
    mixing.write(folder / "in", len(sources))
    grade = ["grade", str(folder / "in"), "--out", str(folder / "out")]
    command = [sys.executable, "-P", "-m", "grader", *grade]
    return spent(command, env=THREADS) / len(sources)


PEERS: Final[dict[str, Callable[[Path, Mapping[str, str]], float]]] = {
    "nbgrader": nbgrader,
    "otter": otter,
    "gradescope-utils": gradescope_utils,
    "pytest + Hypothesis": hypothesis,
}


def main(count: int) -> None:
    """Print what each costs a submission, and how many times as much as convgrade."""
    sources = mixing.programs(count)
    with tempfile.TemporaryDirectory() as folder:
        box = Path(folder)
        own = convgrade(box, sources)
        print(f"convgrade: {own:.3f} CPU s a submission (one batch of {count})")
        for name, grade in PEERS.items():
            other = grade(box, sources)
            times = f"{other / own:.0f} times (target {TARGET:.0f})"
            print(f"{name}: {other:.2f} CPU s, {times}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT)
