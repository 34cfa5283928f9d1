"""One file with several layers, from the command line to every page."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from commands import Run
from programs import RIGHT

from grader.reports import RENDERERS

SOURCES = Path(__file__).parents[1] / "submissions"
POOL = (SOURCES / "max_pool" / "loops_and_argmax.py").read_text("utf-8")
AFFINE = (SOURCES / "affine" / "reshape_and_dot.py").read_text("utf-8")
TOML = """
[[exercise]]
layer = "conv2d"
name = "convolution"
[[exercise]]
layer = "max_pool"
[exercise.points]
"forward.value" = 20
[[exercise]]
layer = "affine"
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / "assignment.toml").write_text(TOML, encoding="utf-8")
    (tmp_path / "handed_in").mkdir()
    wrong = POOL.replace("] += dout", "] = dout") + AFFINE.replace(" + b\n", "\n")
    (tmp_path / "handed_in" / "ada.py").write_text(RIGHT + POOL + AFFINE)
    (tmp_path / "handed_in" / "bob.py").write_text(RIGHT + wrong)
    return tmp_path


@pytest.mark.parametrize("name", RENDERERS)
def test_every_format_tells_of_every_layer(
    name: str, course: Path, convgrade: Run
) -> None:
    file = course / "handed_in" / "bob.py"
    given = ["--assignment", course / "assignment.toml", "--format", name]
    ran = convgrade(["check", file, *given, "--fail-under", "0"])
    assert ran.code == 0
    assert "max_pool" in ran.out or name in {"csv", "classroom50", "github-classroom"}


def test_a_sentence_says_which_layer_it_is_about(course: Path, convgrade: Run) -> None:
    file = course / "handed_in" / "bob.py"
    given = ["--assignment", course / "assignment.toml", "--fail-under", "0"]
    markdown = convgrade(["check", file, *given, "--format", "markdown"]).out
    assert "\naffine: Everything is right but out" in markdown
    assert "`pool_height " in markdown
    row = convgrade(["check", file, *given, "--format", "csv"]).out
    assert "max\\_pool: " not in row
    assert "max_pool: Everything is right but dx" in row


def test_a_class_is_graded_in_all_of_them(course: Path, convgrade: Run) -> None:
    out = course / "results"
    given = ["--assignment", course / "assignment.toml", "--out", out, "--jobs", "1"]
    assert convgrade(["grade", course / "handed_in", *given]).code == 0
    with (out / "grades.csv").open(encoding="utf-8-sig") as file:
        ada, bob = csv.DictReader(file)
    assert (ada["score"], ada["max_score"]) == ("280", "280")
    assert bob["affine.forward.value"] == "0"
    assert bob["max_pool.backward.dx"] != ada["max_pool.backward.dx"] == "38"
    told = json.loads((out / "staff" / f"{bob['submission']}.json").read_text("utf-8"))
    names = [each["exercise"] for each in told["exercises"]]
    assert names == ["convolution", "max_pool", "affine"]
    page = (out / "students" / f"{bob['submission']}.html").read_text("utf-8")
    assert "two windows" in page
