"""The documentation as it is built: without a warning, and with links that lead."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = [
    pytest.mark.docs,
    pytest.mark.skipif(
        importlib.util.find_spec("sphinx") is None,
        reason="Sphinx is not installed: pip install '.[docs]'",
    ),
]


class Page(HTMLParser):
    """What a page links to, what it loads, and the places that can be linked to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.places: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.places |= {told[name] or "" for name in ("id", "name") if name in told}
        if tag == "a" and told.get("href"):
            self.links.append(told["href"] or "")
        elif tag in {"img", "script", "link", "iframe"}:
            self.loads += [told[n] or "" for n in ("src", "href") if told.get(n)]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Page]:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going"]
    done = subprocess.run(
        [*command, "-d", str(folder / "left"), str(ROOT / "docs"), str(folder)],
        env={**os.environ, "SOURCE_DATE_EPOCH": "0"},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return {
        path.resolve(): Page(path.read_text("utf-8")) for path in folder.rglob("*.html")
    }


def test_every_link_leads_somewhere(site: dict[Path, Page]) -> None:
    lost = []
    for path, page in site.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (
                (path.parent / unquote(parts.path)).resolve() if parts.path else path
            )
            is_page = target in site
            if not target.exists() or (
                is_page and parts.fragment and parts.fragment not in site[target].places
            ):
                lost.append(f"{path.name}: {link}")
    assert lost == []


def test_a_page_loads_nothing_from_elsewhere(site: dict[Path, Page]) -> None:
    for page in site.values():
        assert [load for load in page.loads if urlsplit(load).netloc] == []


def test_every_page_of_ours_is_in_the_table_of_contents(site: dict[Path, Page]) -> None:
    [index] = [page for path, page in site.items() if path.name == "index.html"]
    listed = {unquote(urlsplit(link).path) for link in index.links}
    written = (ROOT / "docs").rglob("*.md")
    pages = {path.relative_to(ROOT / "docs").with_suffix(".html") for path in written}
    assert {page.as_posix() for page in pages} - listed <= {"index.html"}
