"""Whenever a batch is killed, the next run ends as if nothing had happened."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path

import killed
import pytest

from grader.batch import entries
from grader.reports import to_json

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
WORDS = ("right", "wrong_dx", "unreadable", "right", "wrong_dx")
OVERRIDES = "submission,criterion,points\ns1.py,backward.dx,20\n"


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("handed_in")
    for number, word in enumerate(WORDS):
        (folder / f"s{number}.py").write_text(word, encoding="utf-8")
    return folder


def folder_of(tmp_path: Path) -> Path:
    out = tmp_path / "out"
    out.mkdir()
    (out / "overrides.csv").write_text(OVERRIDES, encoding="utf-8")
    return out


def run(
    handed_in: Path, out: Path, *, moment: int = 0, regrade: bool = False
) -> tuple[int, str, list[str]]:
    """Return how it ended, what it said, and which submissions it has graded."""
    log = out.parent / "graded.txt"
    log.unlink(missing_ok=True)
    words = [killed.__file__, handed_in, out, moment, *(["regrade"] * regrade)]
    done = subprocess.run(
        [sys.executable, *map(str, words)], capture_output=True, text=True, check=False
    )
    graded = log.read_text(encoding="utf-8").split() if log.exists() else []
    return done.returncode, done.stdout, graded


def contents(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and "previous" not in path.parts
    }


def written(out: Path) -> set[str]:
    """The submissions whose reports are there, whole."""
    paths = (out / entries.STAFF).glob("*.json")
    return {to_json.parse(path.read_bytes()).identity.submission for path in paths}


def sampled(count: int) -> list[object]:
    return [pytest.param(seed, id=f"moment-{seed}") for seed in range(count)]


@pytest.fixture(scope="module")
def undisturbed(
    handed_in: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[int, dict[str, bytes]]:
    """How many moments a run has, and what it leaves."""
    out = folder_of(tmp_path_factory.mktemp("undisturbed"))
    _, said, _ = run(handed_in, out)
    return int(said), contents(out)


def check(
    seed: int, handed_in: Path, out: Path, whole: tuple[int, dict[str, bytes]]
) -> None:
    moments, expected = whole
    moment = random.Random(seed).randint(1, moments)  # noqa: S311 (not a secret)
    ending, _, first = run(handed_in, out, moment=moment)
    assert ending == -signal.SIGKILL
    there = written(out)
    ending, _, second = run(handed_in, out)
    assert ending == 0
    assert contents(out) == expected
    assert there <= set(first)
    assert not there & set(second)
    assert there | set(second) == {f"s{n}.py" for n in range(len(WORDS))}


@pytest.mark.parametrize("seed", sampled(3))
def test_a_killed_batch_goes_on_where_it_was(
    seed: int,
    handed_in: Path,
    tmp_path: Path,
    undisturbed: tuple[int, dict[str, bytes]],
) -> None:
    check(seed, handed_in, folder_of(tmp_path), undisturbed)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", sampled(50))
def test_a_killed_batch_goes_on_from_any_of_fifty_moments(
    seed: int,
    handed_in: Path,
    tmp_path: Path,
    undisturbed: tuple[int, dict[str, bytes]],
) -> None:
    check(1000 + seed, handed_in, folder_of(tmp_path), undisturbed)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", sampled(50))
def test_a_killed_regrade_leaves_no_page_beside_another_runs_report(
    seed: int,
    handed_in: Path,
    tmp_path: Path,
    undisturbed: tuple[int, dict[str, bytes]],
) -> None:
    out = folder_of(tmp_path)
    run(handed_in, out)
    moment = random.Random(seed).randint(1, 2 * undisturbed[0])  # noqa: S311
    run(handed_in, out, moment=moment, regrade=True)
    run(handed_in, out)
    left = contents(out)
    left.pop("changes.csv", None)
    assert left == undisturbed[1]
