from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import reports

from grader.report import Identity
from grader.reports import to_class
from grader.reports.class_rows import class_list

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from visiting import Visitor


def names(page: Page) -> list[str]:
    found: list[str] = page.locator("#rows tbody th").all_text_contents()
    return found


def scores(page: Page) -> list[float]:
    cells = page.locator("#rows tbody td:nth-of-type(3)").all_text_contents()
    return [float(cell.split(" / ")[0]) for cell in cells if cell[0].isdigit()]


def sort_by(page: Page, title: str) -> None:
    page.locator("#rows thead").get_by_role("button", name=title).click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_violation(
    visitor: Visitor, site: Path, scheme: str
) -> None:
    visitor.prefer(scheme)
    visitor.open(site / "index.html")
    assert visitor.violations() == []


def test_rows_are_sorted_both_ways_and_blanks_are_last(
    visitor: Visitor, site: Path
) -> None:
    page = visitor.open(site / "index.html")
    sort_by(page, "Score")
    upwards = scores(page)
    sort_by(page, "Score")
    downwards = scores(page)
    assert upwards == sorted(upwards)
    assert downwards == sorted(downwards, reverse=True)
    assert downwards[0] == 100
    assert page.locator("th[aria-sort=descending]").count() == 1


def test_searching_finds_a_submission(visitor: Visitor, site: Path) -> None:
    page = visitor.open(site / "index.html")
    page.get_by_label("Search").fill("SEOYEON")
    assert names(page)
    assert all("seoyeon" in name for name in names(page))


def test_a_status_and_a_mistake_are_filtered(visitor: Visitor, site: Path) -> None:
    page = visitor.open(site / "index.html")
    page.get_by_label("Status").select_option("unreadable")
    assert names(page)
    assert all("unreadable" in name for name in names(page))
    page.get_by_label("Status").select_option("")
    page.get_by_label("Mistake").select_option("crop_with_minus_pad")
    remarks = page.locator("#rows td.remark").all_text_contents()
    assert set(remarks) == {"crop_with_minus_pad"}


def test_a_cell_of_the_heat_map_opens_its_list(visitor: Visitor, site: Path) -> None:
    page = visitor.open(site / "index.html")
    cell = page.locator("button[data-wrong]").first
    count = int(cell.text_content() or "0")
    cell.click()
    assert f"of {count} found" in (page.locator("#found").text_content() or "")
    page.locator("#only").click()
    assert "of 240 found" in (page.locator("#found").text_content() or "")


def test_columns_show_one_criterion_by_kind_of_case(
    visitor: Visitor, site: Path
) -> None:
    page = visitor.open(site / "index.html")
    page.get_by_label("Columns").select_option("1")
    page.get_by_label("Search").fill("lee_seoyeon")
    signs = (
        page.locator("#rows tbody tr").first.locator("td.number").all_text_contents()
    )
    assert [sign[0] for sign in signs[1:9]] == ["✓"] * 4 + ["✗"] * 4


def test_a_link_leads_to_the_submission_and_back(visitor: Visitor, site: Path) -> None:
    page = visitor.open(site / "index.html")
    page.get_by_label("Search").fill("park_jiwoo")
    page.locator("#rows tbody a").first.click()
    assert page.locator(".total strong").text_content() == "100 / 100"
    page.get_by_role("link", name="All submissions").click()
    assert page.url.endswith("index.html")


def test_pages_of_rows_are_turned(visitor: Visitor, site: Path) -> None:
    page = visitor.open(site / "index.html")
    first = names(page)
    page.get_by_role("button", name="Next").click()
    assert not set(first) & set(names(page))
    page.get_by_role("button", name="Previous").click()
    assert names(page) == first


def test_the_chart_follows_the_theme(visitor: Visitor, site: Path) -> None:
    page = visitor.open(site / "index.html")
    colour = "Chart.getChart('chart').data.datasets[0].backgroundColor"
    before = page.evaluate(colour)
    page.get_by_role("button", name="Dark colours").click()
    assert page.evaluate(colour) != before


def test_no_script_of_a_submission_runs(visitor: Visitor, site: Path) -> None:
    page = visitor.open(site / "index.html")
    page.get_by_label("Search").fill("hostile")
    assert names(page)
    assert page.title() == "cs231n-a2-conv"
    assert page.locator("img").count() == 0


def test_nothing_sticks_out_of_a_phone(visitor: Visitor, site: Path) -> None:
    visitor.page.set_viewport_size({"width": 360, "height": 740})
    page = visitor.open(site / "index.html")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_no_long_name_widens_the_page_of_a_phone(
    visitor: Visitor, tmp_path: Path
) -> None:
    long = Identity(submission="wrong_backward_loops_over_the_image_" * 2)
    named = [
        (replace(each, identity=long), "x.html")
        for each in (reports.right(), reports.unreadable(), reports.uncropped_dx())
    ]
    target = tmp_path / "index.html"
    target.write_text(to_class.render(class_list(named)), encoding="utf-8")
    visitor.page.set_viewport_size({"width": 360, "height": 740})
    page = visitor.open(target)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_in_print_the_table_has_all_rows(visitor: Visitor, site: Path) -> None:
    page = visitor.open(site / "index.html")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert len(names(page)) == 240
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert len(names(page)) == 100


def test_two_thousand_rows_are_sorted(visitor: Visitor, tmp_path: Path) -> None:
    rows = ((report, "") for report in reports.batch(2000))
    target = tmp_path / "index.html"
    target.write_text(to_class.render(class_list(rows)), encoding="utf-8")
    page = visitor.open(target)
    sort_by(page, "Score")
    assert scores(page) == sorted(scores(page))
    assert "2000 in all" in (page.locator("#found").text_content() or "")


def widths(page: Page) -> tuple[int, int, int]:
    """Return how wide the page and its table are, and the room that the table has."""
    found: list[int] = page.locator("#rows").evaluate(
        "t => [document.documentElement.scrollWidth, t.offsetWidth,"
        " t.parentElement.clientWidth]"
    )
    return found[0], found[1], found[2]


def test_the_table_fits_a_page_of_1200_pixels(visitor: Visitor, site: Path) -> None:
    page = visitor.open(site / "friendly.html")
    page.set_viewport_size({"width": 1200, "height": 900})
    _, table, room = widths(page)
    assert table <= room


def test_on_a_narrow_page_only_the_table_scrolls_and_names_stay(
    visitor: Visitor, site: Path
) -> None:
    page = visitor.open(site / "friendly.html")
    page.set_viewport_size({"width": 800, "height": 900})
    whole, table, room = widths(page)
    page.locator("#rows").evaluate("t => t.parentElement.scrollLeft = 300")
    name = page.locator("#rows tbody th").first.bounding_box()
    assert whole <= 800 < room + table
    assert name is not None
    assert name["x"] >= 0
