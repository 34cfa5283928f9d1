from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from commands import Run

NAMES = ("correct_im2col.py", "wrong_db_summed_over_too_few_axes.py")


@pytest.fixture
def handed_in(tmp_path: Path, examples: Path) -> Path:
    folder = tmp_path / "handed_in"
    folder.mkdir()
    for name in NAMES:
        shutil.copy(examples / name, folder)
    return folder


def rows(out: Path) -> list[dict[str, str]]:
    with (out / "grades.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_folder_is_graded_into_a_folder(
    convgrade: Run, handed_in: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    ran = convgrade(["grade", handed_in, "--out", out, "--jobs", 1])
    assert ran.code == 0
    assert "2 submissions: 2 graded" in ran.out
    assert [(row["submission"], row["score"]) for row in rows(out)] == [
        (NAMES[0], "100"),
        (NAMES[1], "82"),
    ]
    written = {path.relative_to(out).as_posix() for path in out.rglob("*.*")}
    expected = {"grades.csv", "index.html", "corpus.json"}
    for name in NAMES:
        expected |= {f"staff/{name}.json", f"staff/{name}.html"}
        expected |= {f"students/{name}.html"}
    assert written == expected


def test_a_second_run_grades_nothing_and_keeps_the_seed(
    convgrade: Run, handed_in: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    convgrade(["grade", handed_in, "--out", out, "--jobs", 1])
    before = rows(out)
    (handed_in / "notes.txt").write_text("mine", encoding="utf-8")
    ran = convgrade(["grade", handed_in, "--out", out])
    assert "0 graded now, 2 unchanged" in ran.out
    assert "not submissions: 'notes.txt'" in ran.err
    assert rows(out) == before


def test_a_corpus_can_be_replayed_elsewhere(
    convgrade: Run, handed_in: Path, tmp_path: Path
) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    convgrade(["grade", handed_in / NAMES[0], "--out", one, "--jobs", 1])
    replay = ["--corpus", one / "corpus.json", "--jobs", 1]
    convgrade(["grade", handed_in / NAMES[0], "--out", other, *replay])
    assert rows(one)[0]["seed"] == rows(other)[0]["seed"]
    wrong = convgrade(["grade", handed_in, "--out", other, *replay, "--seed", 1])
    assert wrong.code == 2
    assert "--seed is 1, but the corpus in" in wrong.err


def test_results_are_rendered_again_with_overrides(
    convgrade: Run, handed_in: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    convgrade(["grade", handed_in, "--out", out, "--jobs", 1])
    (out / "overrides.csv").write_text(
        f"submission,criterion,points\n{NAMES[1]},backward.db,8\n", encoding="utf-8"
    )
    ran = convgrade(["report", out])
    assert (ran.code, "2 reports rendered again" in ran.out) == (0, True)
    assert rows(out)[1]["score"] == "90"


def test_a_weak_wall_is_said_aloud_and_can_be_refused(
    convgrade: Run,
    handed_in: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from grader.isolation import choose  # noqa: PLC0415 (this test only)
    from grader.isolation.subprocess_sandbox import (  # noqa: PLC0415 (the same)
        SubprocessSandbox,
    )

    monkeypatch.setattr(choose, "best", SubprocessSandbox)
    arguments = ["grade", handed_in, "--out", tmp_path / "out", "--jobs", 1]
    assert "isolation is weak here" in convgrade(arguments).err
    refused = convgrade([*arguments, "--require-tier", "strong"])
    assert refused.code == 2
    assert "'strong' is required" in refused.err
