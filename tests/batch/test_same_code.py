"""The staff's page of functions that are the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from executors import FragilePool
from programs import RIGHT

from grader.assignment import DEFAULT
from grader.batch import same_code
from grader.batch.pseudonyms import Pseudonyms
from grader.batch.records import Setup
from grader.errors import UsageError
from grader.loaders import bulk
from grader.reports.to_same_code import Group

SETUP = Setup(assignment=DEFAULT, seed=1, corpus="c1")
BACKWARD = "def conv_backward_naive"


def groups(folder: Path, template: Path | None = None, **files: str) -> list[Group]:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    return same_code.compare(
        read(folder), setup=SETUP, workers=FragilePool(), template=template
    )


def read(folder: Path) -> tuple[bulk.HandedIn, ...]:
    return bulk.find([folder], scratch=folder / "scratch").handed_in


def names(found: list[Group]) -> dict[str, list[str]]:
    return {g.function: [m.submission for m in g.members] for g in found}


def test_submissions_are_grouped_by_function(tmp_path: Path) -> None:
    found = groups(
        tmp_path / "class",
        kim=RIGHT,
        lee=re.sub(r"\bs\b", "step", RIGHT),
        park=RIGHT.replace("return out,", "return out + 0,"),
        broken="def f(:\n",
    )
    assert names(found) == {
        "conv_backward_naive": ["kim.py", "lee.py", "park.py"],
        "conv_forward_naive": ["kim.py", "lee.py"],
    }


def test_what_is_in_the_template_is_nobody_s(tmp_path: Path) -> None:
    template = tmp_path / "template.py"
    template.write_text(RIGHT.partition(BACKWARD)[0], encoding="utf-8")
    found = groups(tmp_path / "class", template, kim=RIGHT, lee=RIGHT)
    assert list(names(found)) == ["conv_backward_naive"]


def test_a_template_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="template: "):
        groups(tmp_path / "class", tmp_path / "nowhere.py", kim=RIGHT)


def test_the_page_is_the_staff_s_and_accuses_nobody(tmp_path: Path) -> None:
    found = groups(tmp_path / "class", kim=RIGHT, lee=RIGHT + "\n# <b>lee</b>\n")
    same_code.write(tmp_path / "out", found, assignment=DEFAULT)
    page = (tmp_path / "out/staff/same-code/index.html").read_text("utf-8")
    assert "kim.py and lee.py" in page
    assert "copied" not in page.replace('"Copied"', "").lower()


def test_with_pseudonyms_nobody_is_named(tmp_path: Path) -> None:
    code = RIGHT.replace("    N, C", "    # by park_jiho\n    N, C")
    found = groups(tmp_path / "class", park_jiho=code, lee=RIGHT)
    handed_in = read(tmp_path / "class")
    known = Pseudonyms(secret=b"x" * 32)
    for shown in same_code.hidden(found, handed_in, pseudonyms=known):
        assert "park_jiho" not in str(shown)
        assert all(m.submission.startswith("s-") for m in shown.members)
    assert same_code.hidden(found, handed_in, pseudonyms=Pseudonyms()) == found
