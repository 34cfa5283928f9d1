from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest
from commands import Ran, Run, run_here
from executors import FragilePool

from grader.batch import lock
from grader.isolation import choose
from grader.isolation.subprocess_sandbox import SubprocessSandbox

NAMES = ("correct_im2col.py", "wrong_db_summed_over_too_few_axes.py")


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory, examples: Path) -> Path:
    folder = tmp_path_factory.mktemp("handed_in")
    for name in NAMES:
        shutil.copy(examples / name, folder)
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def first(
    tmp_path_factory: pytest.TempPathFactory, handed_in: Path
) -> tuple[Path, Ran]:
    out = tmp_path_factory.mktemp("results") / "out"
    return out, run_here(["grade", handed_in, "--out", out, "--jobs", 1])


@pytest.fixture
def out(first: tuple[Path, Ran], tmp_path: Path) -> Path:
    """A folder of results of one's own."""
    return shutil.copytree(first[0], tmp_path / "out")


def rows(out: Path) -> list[dict[str, str]]:
    with (out / "grades.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_folder_is_graded_into_a_folder(first: tuple[Path, Ran]) -> None:
    out, ran = first
    assert (ran.code, "2 submissions: 2 graded" in ran.out) == (0, True), ran
    assert "not submissions: 'notes.txt'" in ran.err
    assert [(row["submission"], row["score"]) for row in rows(out)] == [
        (NAMES[0], "100"),
        (NAMES[1], "82"),
    ]
    written = {path.relative_to(out).as_posix() for path in out.rglob("*.*")}
    expected = {"grades.csv", "index.html", "corpus.json", "assignment.json"}
    expected.add(".convgrade.lock")
    for name in NAMES:
        expected |= {f"staff/{name}.json", f"staff/{name}.html"}
        expected |= {f"students/{name}.html"}
    assert written == expected


def test_a_second_run_grades_nothing_and_keeps_the_seed(
    convgrade: Run, handed_in: Path, out: Path
) -> None:
    before = rows(out)
    ran = convgrade(["grade", handed_in, "--out", out])
    assert "0 graded now, 2 unchanged" in ran.out
    assert rows(out) == before


def test_a_corpus_can_be_replayed_elsewhere(
    convgrade: Run, handed_in: Path, first: tuple[Path, Ran], tmp_path: Path
) -> None:
    other = tmp_path / "other"
    replay = ["--corpus", first[0] / "corpus.json", "--jobs", 1]
    convgrade(["grade", handed_in / NAMES[0], "--out", other, *replay])
    assert rows(first[0])[0]["seed"] == rows(other)[0]["seed"]
    wrong = convgrade(["grade", handed_in, "--out", other, *replay, "--seed", 1])
    assert wrong.code == 2
    assert "--seed is 1, but the corpus in" in wrong.err


def test_results_are_rendered_again_with_overrides(convgrade: Run, out: Path) -> None:
    (out / "overrides.csv").write_text(
        f"submission,criterion,points\n{NAMES[1]},backward.db,8\n", encoding="utf-8"
    )
    ran = convgrade(["report", out])
    assert (ran.code, "2 reports rendered again" in ran.out) == (0, True)
    assert (rows(out)[1]["score"], ran.err) == ("90", "")


@pytest.mark.parametrize("command", ["grade", "report"])
def test_an_override_of_nobody_is_told(
    command: str, convgrade: Run, handed_in: Path, out: Path
) -> None:
    (out / "overrides.csv").write_text(
        f"submission,criterion,points\nnobody.py,backward.db,8\n{NAMES[1]},,\n",
        encoding="utf-8",
    )
    ran = convgrade(
        [command, *([handed_in, "--out", out] if command == "grade" else [out])]
    )
    assert ran.code == 0
    assert "no such submission, but in overrides.csv: 'nobody.py'\n" in ran.err


def test_a_weak_wall_is_said_aloud_and_can_be_refused(
    convgrade: Run, handed_in: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choose, "best", SubprocessSandbox)
    arguments = ["grade", handed_in, "--out", out]
    assert "isolation is weak here" in convgrade(arguments).err
    refused = convgrade([*arguments, "--require-tier", "strong"])
    assert refused.code == 2
    assert "'strong' is required" in refused.err


def test_a_cluster_that_is_not_there_is_told(
    convgrade: Run, handed_in: Path, out: Path
) -> None:
    pytest.importorskip("distributed")
    arguments = ["grade", handed_in, "--regrade", "--out", out]
    ran = convgrade([*arguments, "--scheduler", "tcp://127.0.0.1:1"])
    assert ran.code == 2
    assert "'tcp://127.0.0.1:1' does not answer" in ran.err
    ran = convgrade([*arguments, "--scheduler", "tcp://127.0.0.1:1", "--jobs", 2])
    assert "--jobs 2 is for this machine alone" in ran.err


def test_weak_walls_elsewhere_are_said_as_loudly(
    convgrade: Run,
    handed_in: Path,
    out: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Here(FragilePool):
        """Runs what was meant for a cluster in this process."""

        def __init__(self, *, address: str, say: Callable[[str], None]) -> None:
            assert address == "tcp://there"
            super().__init__()
            say("waiting there")

    monkeypatch.setattr("grader.batch.cluster.Cluster", Here)
    # It writes to what is no real file here.
    monkeypatch.setattr("grader.batch.work._ended_after", nullcontext)
    monkeypatch.setattr(choose, "best", SubprocessSandbox)
    ran = convgrade(
        ["grade", handed_in, "--regrade", "--out", out, "--scheduler", "tcp://there"]
    )
    assert "waiting there" in ran.err
    assert "2 of 2: " in ran.err


def test_who_interrupts_is_told_that_nothing_is_lost(
    convgrade: Run, handed_in: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("grader.batch.grade.Batch.run", interrupt)
    ran = convgrade(["grade", handed_in, "--out", out])
    assert ran.code == 130
    assert "what is graded is kept" in ran.err


def test_the_staff_see_whose_code_is_the_same(
    convgrade: Run, examples: Path, tmp_path: Path
) -> None:
    for name in ("kim.py", "lee.py"):
        shutil.copy(examples / NAMES[0], tmp_path / name)
    paths = [tmp_path / "kim.py", tmp_path / "lee.py"]
    given = ["--out", tmp_path / "out", "--jobs", 1, "--same-code"]
    assert "several submissions share: 2" in convgrade(["grade", *paths, *given]).out
    page = (tmp_path / "out/staff/same-code/index.html").read_text("utf-8")
    assert "kim.py and lee.py" in page


@pytest.mark.parametrize("command", ["grade", "report"])
def test_a_folder_that_another_run_writes_into_is_left_alone(
    command: str, convgrade: Run, handed_in: Path, out: Path
) -> None:
    told = [handed_in, "--out", out] if command == "grade" else [out]
    before = rows(out)
    with lock.held(out):
        ran = convgrade([command, *told])
    assert (ran.code, ran.out) == (2, "")
    assert "another run of convgrade writes into" in ran.err.splitlines()[-1]
    assert rows(out) == before
