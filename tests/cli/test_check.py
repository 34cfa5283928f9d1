from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import Run
from written_reports import undecided, wrong_dx

from grader.cli import check
from grader.reports import RENDERERS

RIGHT = "correct_im2col.py"
WRONG = "wrong_dx_not_cropped_without_padding.py"


def test_a_right_program_reaches_the_score(convgrade: Run, examples: Path) -> None:
    ran = convgrade(["check", examples / RIGHT])
    assert (ran.code, ran.err) == (0, "")
    assert "100 / 100" in ran.out


def test_a_wrong_program_is_told_where_and_what(convgrade: Run, examples: Path) -> None:
    ran = convgrade(["check", examples / WRONG])
    assert ran.code == 1
    assert "exactly when pad = 0" in ran.out
    assert "Smallest case for backward.dx" in ran.out


@pytest.mark.parametrize(("percent", "code"), [("85", 0), ("85.5", 1), ("0", 0)])
def test_the_score_to_reach_can_be_chosen(
    percent: str,
    code: int,
    convgrade: Run,
    examples: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(check, "_grade", lambda *_, **__: wrong_dx())
    ran = convgrade(["check", examples / WRONG, "--fail-under", percent])
    assert ran.code == code


def test_a_seed_gives_the_same_report_again(convgrade: Run, examples: Path) -> None:
    once, again = (
        json.loads(
            convgrade(["check", examples / WRONG, "--seed", 3, "--format", "json"]).out
        )
        for _ in range(2)
    )
    for report in (once, again):
        del report["provenance"]
    assert once == again


def test_without_a_seed_the_data_are_fresh(convgrade: Run, examples: Path) -> None:
    seeds = {
        json.loads(convgrade(["check", examples / RIGHT, "--format", "json"]).out)[
            "provenance"
        ]["seed"]
        for _ in range(2)
    }
    assert len(seeds) == 2


@pytest.mark.parametrize("name", RENDERERS)
def test_every_format_can_be_asked_for(
    name: str, convgrade: Run, examples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "_grade", lambda *_, **__: wrong_dx())
    ran = convgrade(["check", examples / WRONG, "--format", name])
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.endswith("\n")


def test_what_cannot_be_read_is_below_and_told(convgrade: Run, tmp_path: Path) -> None:
    (tmp_path / "layers.py").write_text("def conv_forward_naive(:\n", encoding="utf-8")
    ran = convgrade(["check", tmp_path / "layers.py"])
    assert ran.code == 1
    assert "0 / 100" in ran.out
    assert "line 1" in ran.out


def test_files_beside_a_students_own_are_found(
    convgrade: Run, examples: Path, tmp_path: Path
) -> None:
    (tmp_path / "pads.py").write_text("from numpy import pad\n", "utf-8")
    source = (examples / RIGHT).read_text("utf-8").replace("np.pad", "pads.pad")
    (tmp_path / "layers.py").write_text(f"import pads\n{source}", "utf-8")
    ran = convgrade(["check", tmp_path / "layers.py"])
    assert source.count("pads.pad")
    assert "100 / 100" in ran.out


def test_a_search_finds_nothing_in_a_right_program(
    convgrade: Run, examples: Path
) -> None:
    ran = convgrade(["check", examples / RIGHT, "--search", 5, "--format", "json"])
    [exercise] = json.loads(ran.out)["exercises"]
    assert (ran.code, exercise["searched"], exercise["flagged"]) == (0, 5, False)


def test_an_undecided_submission_has_an_exit_code_of_its_own(
    convgrade: Run, examples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "_grade", lambda *_, **__: undecided())
    assert convgrade(["check", examples / RIGHT]).code == 3


def test_one_run_writes_several_formats_of_one_report(
    convgrade: Run, examples: Path, tmp_path: Path
) -> None:
    json_file, page = tmp_path / "report.json", tmp_path / "page.html"
    also = ["--also", f"json={json_file}", "--also", f"html={page}"]
    ran = convgrade(["check", examples / WRONG, *also])
    assert (ran.code, "85 / 100" in ran.out) == (1, True)
    assert json.loads(json_file.read_text("utf-8"))["score"] == 85
    assert "85" in page.read_text("utf-8")


@pytest.mark.parametrize("text", ["pdf=x", "json", "json=", "=x"])
def test_a_format_without_a_file_is_misuse(
    text: str, convgrade: Run, examples: Path
) -> None:
    ran = convgrade(["check", examples / RIGHT, "--also", text])
    assert (ran.code, ran.out) == (2, "")
    assert f"--also is {text!r}; wanted FORMAT=FILE" in ran.err


def test_what_the_assignment_hides_is_hidden_here_too(
    convgrade: Run, examples: Path, tmp_path: Path
) -> None:
    assignment = tmp_path / "assignment.toml"
    hidden = ("boundaries", "counterexamples", "diagnosis", "footprint")
    lines = "\n".join(f"{key} = false" for key in hidden)
    assignment.write_text(f"[feedback]\n{lines}\n", encoding="utf-8")
    ran = convgrade(["check", examples / WRONG, "--assignment", assignment])
    assert "85 / 100" in ran.out
    assert "pad = 0" not in ran.out
    assert "Smallest case" not in ran.out
