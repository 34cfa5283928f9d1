"""Cost of the pages: CPU a submission, and how fast a large class page answers.

Run it alone: `python benchmarks/pages.py`. Targets: 10 ms CPU a submission for both of
its pages, 1 s to open and 1 s to sort a class page of 2,000 submissions, 6 MB at most.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

import browser
import reports

from grader.assignment import Feedback
from grader.reports import to_class, to_html
from grader.reports.class_rows import class_list
from grader.reports.shown import for_student

COUNT = 2000
SORT = """() => new Promise((done) => {
    const start = performance.now();
    document.querySelector('[data-key="score"]').click();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
})"""


def main() -> None:
    """Print each figure beside its target."""
    batch = reports.batch(COUNT)
    to_html.render(batch[0])  # templates are compiled once a process
    start = time.process_time()
    for report in batch[:400]:
        to_html.render(report, staff=True, home="../index.html")
        to_html.render(for_student(report, Feedback()))
    cost = (time.process_time() - start) / 400
    print(f"both pages of a submission: {1000 * cost:.1f} ms CPU (at most 10 ms)")

    start = time.process_time()
    page = to_class.render(class_list((report, "") for report in batch))
    cost = (time.process_time() - start) / COUNT
    print(f"class page: {1000 * cost:.2f} ms CPU a submission")
    print(f"class page of {COUNT}: {len(page.encode()) / 1e6:.2f} MB (at most 6 MB)")
    reason = browser.why_not()
    print(f"not opened: {reason}" if reason else _opened(page))


def _opened(page: str) -> str:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (an extra)

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "index.html"
        path.write_text(page, encoding="utf-8")
        started = playwright.chromium.launch(
            executable_path=browser.path(), args=list(browser.FLAGS)
        )
        window = started.new_page()
        window.goto(path.as_uri())
        opened = window.evaluate(
            "performance.getEntriesByType('navigation')[0].loadEventEnd"
        )
        sorting = window.evaluate(SORT)
        started.close()
    return (
        f"to open it: {opened:.0f} ms (at most 1000 ms)\n"
        f"to sort it: {sorting:.0f} ms (at most 1000 ms)"
    )


if __name__ == "__main__":
    main()
