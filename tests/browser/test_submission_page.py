from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from visiting import Visitor

ENDINGS = [
    "right", "uncropped_dx", "stride_forgotten", "overridden", "undecided",
    "unreadable", "missing", "hostile",
]  # fmt: skip


@pytest.mark.parametrize(
    ("ending", "scheme"),
    [(ending, "light") for ending in ENDINGS] + [("overridden", "dark")],
)
def test_axe_finds_no_serious_violation(
    visitor: Visitor, site: Path, ending: str, scheme: str
) -> None:
    visitor.prefer(scheme)
    page = visitor.open(site / f"{ending}.html")
    page.evaluate("document.querySelectorAll('details').forEach(it => it.open = true)")
    assert visitor.violations() == []


def test_no_script_of_a_submission_runs(visitor: Visitor, site: Path) -> None:
    page = visitor.open(site / "hostile.html")
    assert "owned" not in page.title().split("<")[0]
    assert page.locator("img, iframe").count() == 0
    assert page.evaluate("document.scripts.length") == 1


def test_a_script_that_was_not_escaped_would_not_run_either(
    visitor: Visitor, site: Path
) -> None:
    page = visitor.open(site / "right.html")
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.owned = true";
            document.body.append(script);
            const image = document.createElement("img");
            image.src = "https://evil.test/x.png";
            document.body.append(image);
        }"""
    )
    assert page.evaluate("window.owned") is None
    page.wait_for_timeout(100)
    assert visitor.refused() == ["https://evil.test/x.png"]
    assert any("Content Security Policy" in told for told in visitor.complaints)
    visitor.complaints.clear()


def test_the_theme_is_toggled_and_remembered(visitor: Visitor, site: Path) -> None:
    page = visitor.open(site / "right.html")
    paper = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(paper)
    page.get_by_role("button", name="Dark colours").click()
    after = page.evaluate(paper)
    page.reload()
    assert before != after == page.evaluate(paper)


def test_the_snippet_is_copied(visitor: Visitor, site: Path) -> None:
    page = visitor.open(site / "stride_forgotten.html")
    page.get_by_role("button", name="Copy").click()
    page.get_by_role("button", name="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("import numpy as np\n")


def test_where_the_clipboard_is_refused_the_snippet_is_selected(
    visitor: Visitor, site: Path
) -> None:
    page = visitor.open(site / "stride_forgotten.html")
    page.evaluate(
        "() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }"
    )
    page.get_by_role("button", name="Copy").click()
    page.get_by_role("button", name="Selected").wait_for()
    assert "import numpy" in page.evaluate("getSelection().toString()")


@pytest.mark.parametrize("ending", ENDINGS)
def test_nothing_sticks_out_of_a_phone(
    visitor: Visitor, site: Path, ending: str
) -> None:
    visitor.page.set_viewport_size({"width": 360, "height": 740})
    page = visitor.open(site / f"{ending}.html")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_in_print_buttons_vanish_and_folded_parts_open(
    visitor: Visitor, site: Path
) -> None:
    page = visitor.open(site / "stride_forgotten.html")
    page.emulate_media(media="print")
    assert not page.get_by_role("button", name="Copy").is_visible()
    assert page.locator("details pre").last.is_visible()


def test_everything_can_be_reached_by_keyboard(visitor: Visitor, site: Path) -> None:
    page = visitor.open(site / "stride_forgotten.html")
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.tagName"))
    assert {"A", "BUTTON", "SUMMARY", "PRE"} <= reached
