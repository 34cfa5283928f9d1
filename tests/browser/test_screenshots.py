"""`UPDATE_SCREENSHOTS=1 pytest tests/browser/test_screenshots.py` takes them anew."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from visiting import Visitor

KEPT: Final = Path(__file__).parents[2] / "docs" / "screenshots"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How a page is looked at."""

    page: str
    width: int = 900
    height: int = 1680
    media: tuple[tuple[str, str], ...] = ()
    deficiency: str = "none"  # as Chromium simulates it


VIEWS: Final = {
    "submission-light": View(page="stride_forgotten.html"),
    "submission-dark": View(
        page="stride_forgotten.html", media=(("color_scheme", "dark"),)
    ),
    "submission-phone": View(page="stride_forgotten.html", width=390, height=1500),
    "submission-print": View(
        page="stride_forgotten.html", width=760, media=(("media", "print"),)
    ),
    "submission-deuteranopia": View(
        page="stride_forgotten.html", deficiency="deuteranopia"
    ),
    "class-light": View(page="friendly.html", width=1200, height=1500),
    "class-dark": View(
        page="friendly.html", width=1200, height=1500, media=(("color_scheme", "dark"),)
    ),
}


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_is_kept_in_the_documentation(
    visitor: Visitor, site: Path, name: str
) -> None:
    view = VIEWS[name]
    media: dict[str, Any] = dict(view.media)
    visitor.page.set_viewport_size({"width": view.width, "height": view.height})
    visitor.see_with(view.deficiency)
    page = visitor.open(site / view.page)
    page.emulate_media(**media)
    taken = page.screenshot()
    if os.environ.get("UPDATE_SCREENSHOTS"):
        KEPT.mkdir(parents=True, exist_ok=True)
        (KEPT / f"{name}.png").write_bytes(taken)
    assert (KEPT / f"{name}.png").read_bytes()[:8] == taken[:8]


def test_no_screenshot_is_kept_that_nobody_takes() -> None:
    assert {path.stem for path in KEPT.iterdir()} == set(VIEWS)
