from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from visiting import Visitor

EXAMPLES = Path(__file__).parents[2] / "submissions"
ATTACK = "<script>document.title = 'owned'</script><img src=x onerror=alert(1)>"
HOSTILE = f"""\
import numpy as np

print({ATTACK!r})


def conv_forward_naive(x, w, b, conv_param):
    raise ValueError({ATTACK!r})


def conv_backward_naive(dout, cache):
    return {ATTACK!r}
"""


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Grade a right, a wrong, a hostile and an unreadable submission for real."""
    handed_in = tmp_path_factory.mktemp("submissions")
    for name in ("correct_im2col.py", "wrong_dx_not_cropped_without_padding.py"):
        (handed_in / name).write_bytes((EXAMPLES / name).read_bytes())
    (handed_in / "'&quot; onload='alert(1).py").write_text(HOSTILE, encoding="utf-8")
    (handed_in / "empty.py").write_text("", encoding="utf-8")
    out = tmp_path_factory.mktemp("graded")
    grade = [sys.executable, "-P", "-m", "grader", "grade"]
    command = [*grade, str(handed_in), "--out", str(out)]
    subprocess.run(command, check=True, cwd=handed_in, capture_output=True)
    return out


def test_a_graded_folder_can_be_walked(visitor: Visitor, graded: Path) -> None:
    page = visitor.open(graded / "index.html")
    assert "4 submissions" in (page.locator("header").text_content() or "")
    page.locator("#rows").get_by_role("link", name="wrong_dx").click()
    assert "[pad:-pad]" in (page.locator(".fix").text_content() or "")
    page.get_by_role("link", name="All submissions").click()
    page.locator("#rows thead").get_by_role("button", name="Score").click()
    first = page.locator("#rows tbody tr").last.locator("th")
    assert first.text_content() == "correct_im2col.py"


@pytest.mark.parametrize("folder", ["staff", "students"])
def test_no_script_of_a_hostile_submission_runs(
    visitor: Visitor, graded: Path, folder: str
) -> None:
    shown = []
    for path in sorted((graded / folder).glob("*.html")):
        page = visitor.open(path)
        assert page.title() != "owned"
        assert page.locator("img").count() == 0
        shown.append(ATTACK in (page.locator("main").text_content() or ""))
    assert sum(shown) == 1


def test_a_students_page_leads_to_nobody_else(visitor: Visitor, graded: Path) -> None:
    for path in sorted((graded / "students").glob("*.html")):
        page = visitor.open(path)
        links = [it.get_attribute("href") for it in page.get_by_role("link").all()]
        assert set(links) <= {"#main"}
