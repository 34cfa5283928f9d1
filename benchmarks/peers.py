"""Compare convgrade with what else one would grade with, on the same submissions.

Run `python benchmarks/peers.py [COUNT] [ROUNDS]` alone, as root on Linux, with an index
to install from: each peer gets an environment of its own. All sides grade the same mix
of distinct right programs in one run, and the kernel counts their CPU time. The peers
make two fixed checks, as the assignment's own notebook does, or 100 + 100 random ones.
Each is held against the batches of convgrade right before and right after it.
"""

from __future__ import annotations

import os
import statistics
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
ROUNDS: Final = 3
#: How many times as much they have to cost.
TARGETS: Final = {"nbgrader": 40, "pytest + Hypothesis": 40}
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


def nbgrader(box: Path, sources: Mapping[str, str]) -> Callable[[], float]:
    """One batch, two test cells."""
    peer = Peer(box, "nbgrader", "nbgrader", "ipykernel")
    (peer.folder / "nbgrader_config.py").write_text("c = get_config()\n", "utf-8")
    checks.notebook(peer.folder / "source" / "ps1" / "conv.ipynb", code=None)
    peer.run("nbgrader", "generate_assignment", "ps1")
    for number, source in enumerate(sources.values()):
        student = peer.folder / "submitted" / f"student{number}" / "ps1"
        checks.notebook(student / "conv.ipynb", code=source)
    return lambda: peer.spent("nbgrader", "autograde", "ps1", "--force")


def otter(box: Path, sources: Mapping[str, str]) -> Callable[[], float]:
    """`otter run`, a notebook at a time, two test cases."""
    peer = Peer(box, "otter", "otter-grader", "ipykernel")
    checks.otter_tests(peer.folder / "tests")
    peer.run(
        "otter", "generate", "-t", "tests", "-o", "autograder.zip", "--no-environment"
    )
    names = [f"s{number}.ipynb" for number in range(len(sources))]
    for name, source in zip(names, sources.values(), strict=True):
        checks.otter_notebook(peer.folder / name, code=source)
    run = ("otter", "run", "-a", "autograder.zip")
    return lambda: sum(peer.spent(*run, name) for name in names)


def gradescope_utils(box: Path, sources: Mapping[str, str]) -> Callable[[], float]:
    """A fresh process for each submission, two tests."""
    peer = Peer(box, "gradescope", "gradescope-utils")
    return _each(peer, sources, checks.GRADESCOPE, command=("python", "run_tests.py"))


def hypothesis(box: Path, sources: Mapping[str, str]) -> Callable[[], float]:
    """Pytest and Hypothesis in a fresh process, 100 + 100 examples."""
    peer = Peer(box, "hypothesis")
    peer.run("pip", "install", "--quiet", f"{mixing.ROOT}[test]")
    command = ("python", "-m", "pytest", "-q", "-p", "no:xdist", "run_tests.py")
    return _each(peer, sources, checks.PROPERTIES, command=command)


def _each(
    peer: Peer, sources: Mapping[str, str], tests: str, *, command: tuple[str, ...]
) -> Callable[[], float]:
    folders = [peer.folder / str(number) for number in range(len(sources))]
    for folder, source in zip(folders, sources.values(), strict=True):
        folder.mkdir()
        (folder / "layers.py").write_text(source, "utf-8")
        (folder / "run_tests.py").write_text(tests, "utf-8")
    return lambda: sum(peer.spent(*command, cwd=folder) for folder in folders)


def convgrade(box: Path, sources: Mapping[str, str]) -> Callable[[], float]:
    """One batch, 24 cases of seven criteria, pages and all."""
    folder = box / "convgrade"
    (folder / "in").mkdir(parents=True)
    for name, source in sources.items():
        (folder / "in" / name).write_text(source, "utf-8")

    def grade() -> float:
        out = tempfile.mkdtemp(dir=folder)
        words = ["grade", str(folder / "in"), "--out", out]
        return spent([sys.executable, "-P", "-m", "grader", *words], env=THREADS)

    return grade


#: What prepares one, and returns what grades all submissions and tells the CPU seconds.
PEERS: Final[dict[str, Callable[[Path, Mapping[str, str]], Callable[[], float]]]] = {
    "nbgrader": nbgrader,
    "otter": otter,
    "gradescope-utils": gradescope_utils,
    "pytest + Hypothesis": hypothesis,
}


def prepared(box: Path, sources: Mapping[str, str]) -> dict[str, Callable[[], float]]:
    """Return those that can be installed here; say of the others why they cannot."""
    found = {}
    for name, prepare in PEERS.items():
        try:
            found[name] = prepare(box, sources)
        except subprocess.CalledProcessError as error:
            told = (error.stderr or b"").decode("utf-8", "replace").strip()
            print(f"{name} cannot be prepared: {error}\n{told[-2000:]}")
    return found


def main(count: int, rounds: int) -> int:
    """Print what each costs a submission; return 1 if one is missing or too cheap."""
    sources = mixing.programs(count)
    with tempfile.TemporaryDirectory() as folder:
        box = Path(folder)
        own = convgrade(box, sources)
        peers = prepared(box, sources)
        ours = [own()]
        costs: dict[str, list[float]] = {name: [] for name in peers}
        times: dict[str, list[float]] = {name: [] for name in peers}
        for _ in range(rounds):
            for name, grade in peers.items():
                costs[name].append(grade())
                ours.append(own())
                times[name].append(costs[name][-1] / statistics.mean(ours[-2:]))
    middle = statistics.median(ours) / count
    print(f"convgrade, one batch of {count}: {middle:.3f} CPU s a submission")
    reached = peers.keys() == PEERS.keys()
    for name in peers:
        cost, ratio = statistics.median(costs[name]), statistics.median(times[name])
        least = TARGETS.get(name, 0)
        aim = f" (at least {least})" if least else ""
        reached = reached and ratio >= least
        shown = f"{cost / count:.2f} CPU s a submission"
        print(f"{name}, {shown}: {ratio:.0f} times as much as convgrade{aim}")
    return 0 if reached else 1


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*given, *(COUNT, ROUNDS)[len(given) :]))
