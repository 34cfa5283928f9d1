"""Every command and snippet of the documentation, as its readers would try it."""

from __future__ import annotations

import os
import sys
import textwrap
from pathlib import Path

import pytest
import yaml
from pages import Reader, appears, blocks

import grader
from grader.cli.commands import COMMANDS

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
EXAMPLES = ROOT / "submissions"
PAGES = sorted(DOCS.rglob("*.md"))
#: They are read first, so they are tried in every run; the others in the build's.
TUTORIALS = sorted((DOCS / "tutorial").glob("*.md"))
HERE = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"


posix = pytest.mark.skipif(sys.platform == "win32", reason="the pages show bash")


def names(page: Path) -> str:
    return page.relative_to(DOCS).as_posix()


@posix
@pytest.mark.docs
@pytest.mark.parametrize("page", TUTORIALS, ids=names)
def test_a_tutorial_works_as_it_is_written(page: Path, tmp_path: Path) -> None:
    Reader(folder=tmp_path, path=HERE, examples=EXAMPLES).visit(page)


@posix
@pytest.mark.docs
@pytest.mark.parametrize("page", [p for p in PAGES if p not in TUTORIALS], ids=names)
def test_everything_on_a_page_works(page: Path, tmp_path: Path) -> None:
    Reader(folder=tmp_path, path=HERE, examples=EXAMPLES).visit(page)


def test_a_first_submission_is_graded_in_five_commands() -> None:
    page = DOCS / "tutorial" / "instructor.md"
    shown = [b.text for b in blocks(page) if b.language == "sh"]
    commands = [line for text in shown for line in text.strip().splitlines()]
    assert commands[-1].startswith("convgrade grade")
    assert len(commands) <= 5


def test_every_command_has_its_place_in_the_reference() -> None:
    page = DOCS / "reference" / "commands.md"
    shown = [block.language for block in blocks(page)]
    assert shown == [f"{{command}} convgrade {name} --help" for name in COMMANDS]


def test_every_public_name_has_its_place_in_the_reference() -> None:
    text = (DOCS / "reference" / "python.md").read_text("utf-8")
    for name in grader.__all__:
        assert f"autofunction:: grader.{name}\n" in text


@pytest.mark.parametrize("page", PAGES, ids=names)
def test_what_is_not_run_has_a_reason(page: Path) -> None:
    for block in blocks(page):
        assert not block.why_not or len(block.why_not.split()) > 4


def test_the_action_is_called_as_it_can_be() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    page = DOCS / "how-to" / "github.md"
    [block] = [block for block in blocks(page) if block.language == "yaml"]
    [step] = [s for s in yaml.safe_load(block.text)["steps"] if "with" in s]
    assert step["with"].keys() <= action["inputs"].keys()
    assert "/convgrade@" in step["uses"]
    for name in ("score", "max-score"):
        assert f"outputs.{name}" in block.text
        assert name in action["outputs"]


@pytest.mark.parametrize(
    ("expected", "printed", "holds"),
    [
        ("a\n...\nb", "a\nx\ny\nb\n", True),
        ("a  1", "x\na      1\n", True),
        ("a\nb", "b\na\n", False),
        ("... of 3", "2 of 3", True),
        ("1.5", "105", False),
    ],
)
def test_dots_stand_for_anything(expected: str, printed: str, *, holds: bool) -> None:
    assert appears(textwrap.dedent(expected), printed) is holds
