"""One check in JupyterLab, as a student does it."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from programs import changed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FrameLocator, Page

pytest.importorskip("jupyterlab")
WRONG = changed(" + b\n", "\n")
CELLS = (
    "from layers import conv_forward_naive, conv_backward_naive",
    "%load_ext grader",
    "%grade",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lab")
    (folder / "layers.py").write_text(WRONG, "utf-8")
    cells: list[dict[str, object]] = [
        {
            "cell_type": "code",
            "id": f"c{number}",
            "source": source,
            "metadata": {},
            "outputs": [],
            "execution_count": None,
        }
        for number, source in enumerate(CELLS)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": kernel},
        "cells": cells,
    }
    (folder / "homework.ipynb").write_text(json.dumps(notebook), "utf-8")
    return folder


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """Start a server that nobody else can reach, and end it with its kernels."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = folder / "home"
    options = [
        "--no-browser",
        "--allow-root",
        f"--port={port}",
        "--ServerApp.port_retries=0",
        "--IdentityProvider.token=secret",
        "--LabApp.news_url=",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options],
            cwd=folder,
            env={**os.environ, "HOME": str(home), "JUPYTER_CONFIG_DIR": str(home)},
            stdout=log,
            stderr=log,
        )
    try:
        wait_for(f"http://127.0.0.1:{port}/api", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(60)
        shutil.rmtree(home, ignore_errors=True)


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 120
    while True:
        try:
            with urllib.request.urlopen(url):  # noqa: S310 (http, as it stands above)
                return
        except OSError:
            assert server.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.2)


@pytest.fixture(scope="module")
def lab(chromium: Browser, address: str) -> Iterator[Page]:
    """Open the notebook and run all of its cells."""
    context = chromium.new_context(viewport={"width": 1280, "height": 1600})
    page = context.new_page()
    page.goto(f"{address}/lab/tree/homework.ipynb?token=secret&reset")
    page.locator(".jp-Notebook .jp-Cell").nth(len(CELLS) - 1).wait_for(timeout=120_000)
    # Before the kernel is there, the keys move on and run nothing.
    page.get_by_text("| Idle").first.wait_for(timeout=120_000)
    page.locator(".jp-Notebook .cm-content").first.click()
    for _ in CELLS:
        page.keyboard.press("Shift+Enter")
    page.locator("iframe[title=convgrade]").wait_for(timeout=120_000)
    yield page
    context.close()


@pytest.fixture
def shown(lab: Page) -> FrameLocator:
    return lab.frame_locator("iframe[title=convgrade]")


def test_the_page_is_drawn_in_the_notebook(shown: FrameLocator) -> None:
    shown.get_by_text("65 / 100").wait_for()
    shown.get_by_text(re.compile("Everything is right but out")).first.wait_for()
    assert shown.locator("table.grid").count() > 0


def test_the_frame_is_as_high_as_the_page(lab: Page, shown: FrameLocator) -> None:
    shown.get_by_text("65 / 100").wait_for()
    frame = lab.locator("iframe[title=convgrade]")
    page = shown.locator("body")
    outer, inner = frame.bounding_box(), page.bounding_box()
    assert outer is not None
    assert inner is not None
    assert outer["height"] == pytest.approx(inner["height"], abs=2)


def test_no_text_stands_twice(lab: Page, shown: FrameLocator) -> None:
    shown.get_by_text("65 / 100").wait_for()
    assert not lab.locator("details:has(pre)").is_visible()


def test_the_colours_are_those_of_the_notebook(lab: Page, shown: FrameLocator) -> None:
    before = paper(shown)
    lab.get_by_role("menuitem", name="Settings", exact=True).click()
    lab.get_by_text("Theme", exact=True).first.click()
    lab.get_by_text("JupyterLab Dark", exact=True).click()
    shown.locator("html[data-theme=dark]").wait_for(timeout=30_000)
    assert before != paper(shown)


def paper(shown: FrameLocator) -> str:
    found: str = shown.locator("body").evaluate(
        "body => getComputedStyle(body).backgroundColor"
    )
    return found


def test_the_notebooks_styles_stay_out(shown: FrameLocator) -> None:
    sheets: int = shown.locator("html").evaluate(
        "html => html.ownerDocument.styleSheets.length"
    )
    assert sheets == 1
