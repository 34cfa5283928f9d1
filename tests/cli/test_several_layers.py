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


#: Their items are named criterion by criterion, with the layer's name before.
FORMATS = [name for name in RENDERERS if name != "text"]


def test_every_format_tells_of_every_layer(course: Path, convgrade: Run) -> None:
    file, files = course / "handed_in" / "bob.py", {}
    given: list[str | Path] = ["--assignment", course / "assignment.toml"]
    for name in FORMATS:
        files[name] = course / f"bob.{name}"
        given += ["--also", f"{name}={files[name]}"]
    ran = convgrade(["check", file, *given, "--fail-under", "0"])
    assert ran.code == 0
    told = {name: file.read_text("utf-8") for name, file in files.items()}
    for text in (ran.out, *(told[name] for name in FORMATS)):
        assert "affine" in text or text == told["github-classroom"]
    assert "\naffine: Everything is right but out" in told["markdown"]
    assert "`pool_height " in told["markdown"]
    assert "max_pool: Everything is right but dx" in told["csv"]


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
