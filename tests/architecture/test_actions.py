"""GitHub's own actions: each needs a version that today's runners still run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
USED = re.compile(r"uses: actions/([\w-]+)@v(\d+)")
#: Runners dropped Node 20 on 16 September 2026; these are the first on Node 24.
FIRST = {"checkout": 5, "setup-python": 6, "upload-artifact": 6}
FILES = [
    ROOT / "action.yml",
    *ROOT.glob(".github/workflows/*.yml"),
    *ROOT.glob("grader/course/templates/*/*.yml.tmpl"),
    *ROOT.glob("docs/how-to/*.md"),
]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_action_needs_what_runners_no_longer_have(file: Path) -> None:
    for name, version in USED.findall(file.read_text("utf-8")):
        assert int(version) >= FIRST[name], f"{name}@v{version}"


def test_actions_are_found_where_they_are_used() -> None:
    texts = [file.read_text("utf-8") for file in FILES]
    assert sum(bool(USED.search(text)) for text in texts) >= 5
