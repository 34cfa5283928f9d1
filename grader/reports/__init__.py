"""Renderers: pure functions from a Report to a text, listed in one table."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Final, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.report import Report

#: Format -> the module whose `render` writes it; loaded when it is asked for, so that
#: nobody waits for pydantic, rich or jinja2 who does not use them.
RENDERERS: Final[Mapping[str, str]] = {
    "text": "grader.reports.to_text",
    "json": "grader.reports.to_json",
    "csv": "grader.reports.to_csv",
    "html": "grader.reports.to_html",
    "markdown": "grader.reports.to_markdown",
    "junit": "grader.reports.to_junit",
    "gradescope": "grader.reports.to_gradescope",
    "classroom50": "grader.reports.to_classroom50",
    "github-classroom": "grader.reports.to_github_classroom",
    "github-summary": "grader.reports.to_github_summary",
    "github-annotations": "grader.reports.to_github_annotations",
}

#: Format -> how the names of its files end.
SUFFIXES: Final[Mapping[str, str]] = {
    "text": ".txt",
    "json": ".json",
    "csv": ".csv",
    "html": ".html",
    "markdown": ".md",
    "junit": ".xml",
    "gradescope": ".json",
    "classroom50": ".json",
    "github-classroom": ".txt",
    "github-summary": ".md",
    "github-annotations": ".txt",
}


class Renderer(Protocol):
    """Writes one report as one text, and does nothing else."""

    def __call__(
        self,
        report: Report,
        *,
        language: str = "en",
        sentences: Mapping[str, str] = ...,
    ) -> str:
        """Return the whole text, which ends with a newline.

        `sentences` are the instructor's own, by id.
        """


def renderer(name: str) -> Renderer:
    """Return the renderer of this format; KeyError if the table has none."""
    return cast("Renderer", importlib.import_module(RENDERERS[name]).render)
