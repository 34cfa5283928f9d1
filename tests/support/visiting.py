"""A window of a browser that notices whatever a page should not do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, cast

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request


class Visitor:
    """A page that keeps what it asked the network for and what went wrong on it."""

    def __init__(self, context: BrowserContext) -> None:
        self.complaints: list[str] = []
        self._requests: list[Request] = []
        self.page: Page = context.new_page()
        self.page.on("request", self._asked)
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, path: Path) -> Page:
        """Go to a local page."""
        self.page.goto(path.as_uri())
        return self.page

    def prefer(self, scheme: str) -> None:
        """Ask pages for light or dark colours."""
        self.page.emulate_media(color_scheme=cast("Literal['light', 'dark']", scheme))

    def see_with(self, deficiency: str) -> None:
        """Simulate how eyes with this deficiency see colours."""
        session = self.page.context.new_cdp_session(self.page)
        wanted = {"type": deficiency}
        session.send("Emulation.setEmulatedVisionDeficiency", wanted)

    def refused(self) -> list[str]:
        """Return what the page's own policy did not let it ask for."""
        return [it.url for it in self._requests if it.failure == "csp"]

    def asked(self) -> list[str]:
        """Return what the page asked the network for."""
        refused = self.refused()
        urls = [it.url for it in self._requests]
        return [it for it in urls if not it.startswith("file:") and it not in refused]

    def violations(self) -> list[dict[str, Any]]:
        """Return what axe finds to be a serious obstacle to somebody."""
        from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 (extra)

        found = Axe().run(self.page).response["violations"]
        return [it for it in found if it["impact"] in {"serious", "critical"}]

    def _asked(self, request: Request) -> None:
        self._requests.append(request)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)
