"""A class as it comes: right, wrong, hostile and broken, graded to the end."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from commands import Ran
from shell import convgrade

ROOT = Path(__file__).parents[2]
LINES = "\ndef conv_forward_naive(x, w, b, conv_param):\n    {}\n"
LINES += "def conv_backward_naive(dout, cache):\n    {}\n"
BAD = {
    "syntax_error.py": "def conv_forward_naive(x:\n    return\n",
    "empty.py": "",
    "broken.ipynb": '{"cells": [',
    "binary.py": "\x00\x01\x02",
    "python2.py": "print 'hello'\n",
    "no_functions.py": "x = 1\n",
    "exits_at_import.py": "import os\nos._exit(0)\n" + LINES.format("pass", "pass"),
    "=cmd|'!A1.py": "",
    "segfault.py": "import ctypes\n" + LINES.format("ctypes.string_at(0)", "pass"),
    "infinite_loop.py": LINES.format("while True: pass", "while True: pass"),
}
# Half a second is plenty for a right program, and three hangs are waited for.
LIMITS = "[limits]\ncall_seconds = 0.5\nsubmission_seconds = 20\n"


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("class")


@pytest.fixture(scope="module")
def ran(results: Path) -> Ran:
    handed_in = results / "handed_in"
    shutil.copytree(
        ROOT / "submissions",
        handed_in,
        ignore=shutil.ignore_patterns("README*", "wrong_[d-z]*", "hostile_infinite*"),
    )
    for name, text in BAD.items():
        (handed_in / name).write_text(text, encoding="utf-8")
    (results / "assignment.toml").write_text(LIMITS, encoding="utf-8")
    options = ["--assignment", results / "assignment.toml", "--jobs", 2]
    return convgrade(["grade", handed_in, "--out", results / "out", *options])


@pytest.fixture(scope="module")
def rows(ran: Ran, results: Path) -> dict[str, dict[str, str]]:
    assert ran.code == 0, ran.err
    with (results / "out" / "grades.csv").open(encoding="utf-8", newline="") as file:
        return {row["submission"]: row for row in csv.DictReader(file)}


def test_everyone_has_a_row(rows: dict[str, dict[str, str]], results: Path) -> None:
    names = {path.name for path in (results / "handed_in").iterdir()}
    assert {name.removeprefix("'") for name in rows} == names


@pytest.mark.parametrize("name", sorted(BAD))
def test_what_is_broken_has_a_status_and_a_sentence_of_its_own(
    name: str, rows: dict[str, dict[str, str]]
) -> None:
    row = rows.get(name) or rows[f"'{name}"]
    assert row["score"] == "0"
    assert row["status"] in {"graded", "unreadable"}
    assert row["note"]
    assert "Traceback" not in row["note"]
    assert "our fault" not in row["note"]


def test_what_is_right_has_all_points(rows: dict[str, dict[str, str]]) -> None:
    right = [row for name, row in rows.items() if name.startswith("correct_")]
    assert len(right) == 5
    assert {row["score"] for row in right} == {"100"}


def test_every_row_has_its_pages_and_its_report(ran: Ran, results: Path) -> None:
    assert ran.code == 0
    out = results / "out"
    reports = list((out / "staff").glob("*.json"))
    seeds = {json.loads(path.read_bytes())["provenance"]["seed"] for path in reports}
    assert len(reports) == len(list((results / "handed_in").iterdir()))
    assert len(seeds) == 1
    for path in reports:
        assert path.with_suffix(".html").exists()
        assert (out / "students" / path.with_suffix(".html").name).exists()


def test_the_terminal_tells_the_totals(ran: Ran) -> None:
    assert "unreadable" in ran.out
    assert "\x1b" not in ran.out
