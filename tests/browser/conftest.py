"""One browser for all tests, and pages that notice whatever they should not do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import browser as machine
import pytest
import reports
from visiting import Visitor

from grader.reports import to_class, to_html
from grader.reports.class_rows import class_list

if TYPE_CHECKING:
    from playwright.sync_api import (
        Browser,
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder: it takes a browser, and its time."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start the system's browser; skip, with the reason, where there is none."""
    reason = machine.why_not()
    if reason and machine.is_required():
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (may be missing)

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=machine.path(), args=list(machine.FLAGS)
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a class page and a page for each of its submissions, as `grade` does."""
    folder = tmp_path_factory.mktemp("results")
    (folder / "staff").mkdir()
    rows = []
    for number, report in enumerate(reports.batch(240)):
        href = f"staff/{number}.html"
        page = to_html.render(report, staff=True, home="../index.html")
        (folder / href).write_text(page, encoding="utf-8")
        rows.append((report, href))
    for name, report in reports.every_ending().items():
        (folder / f"{name}.html").write_text(to_html.render(report), encoding="utf-8")
    (folder / "index.html").write_text(
        to_class.render(class_list(rows)), encoding="utf-8"
    )
    friendly = [row for row in rows if row[0].identity.student != reports.HOSTILE_TEXT]
    tidy = to_class.render(class_list(friendly))
    (folder / "friendly.html").write_text(tidy, encoding="utf-8")
    return folder


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[Visitor]:
    """Open a fresh window that asks nothing of the network and has no complaints."""
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    visitor = Visitor(context)
    yield visitor
    context.close()
    assert visitor.asked() == []
    assert visitor.complaints == []
