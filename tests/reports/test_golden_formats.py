from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

import pytest
import reports
import validators
from golden import is_golden

from grader.report import Report
from grader.reports import RENDERERS, renderer, wording

#: How each format ends its files, and what its reader accepts.
FORMATS: Final[dict[str, tuple[str, Callable[[str], Any]]]] = {
    "text": ("txt", validators.text),
    "json": ("json", validators.whole_report),
    "csv": ("csv", validators.table),
    "html": ("html", validators.html),
    "markdown": ("md", validators.markdown),
    "junit": ("xml", validators.junit),
    "gradescope": ("json", validators.gradescope),
    "classroom50": ("json", validators.classroom50),
    "github-classroom": ("txt", validators.github_classroom),
    "github-summary": ("md", validators.markdown),
    "github-annotations": ("txt", validators.workflow_commands),
}
ENDINGS: Final = reports.every_ending()


def test_every_format_is_tested_here() -> None:
    assert FORMATS.keys() == RENDERERS.keys()


def without_assets(text: str) -> str:
    """Return a page without our style and scripts, which have tests of their own."""
    text = re.sub(r"sha256-[\w+/=]*", "sha256-…", text)
    return re.sub(r"<(style|script)>.*?</\1>", r"<\1></\1>", text, flags=re.DOTALL)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_format_is_what_its_golden_file_says(name: str, ending: str) -> None:
    suffix, _ = FORMATS[name]
    text = renderer(name)(ENDINGS[ending])
    if name == "html":
        text = without_assets(text)
    assert is_golden(text, f"{name}/{ending}.{suffix}")


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_its_reader_accepts_every_ending(name: str, ending: str, language: str) -> None:
    _, accept = FORMATS[name]
    accept(renderer(name)(ENDINGS[ending], language=language))


def total_of(name: str, report: Report) -> str:
    """Return the total that a reader of this format gets, blank if there is none."""
    read = FORMATS[name][1](renderer(name)(report))
    match name:
        case "gradescope" | "json":
            score = read.get("score")
            return "" if score is None else wording.points(score)
        case "classroom50":
            return str(read["score"]) if read["max-score"] else ""
        case "github-classroom":
            total = sum(test["score"] for test in read["tests"])
            return str(total) if read["max_score"] else ""
        case "junit":
            scores = {
                it.get("value")
                for it in read.iter("property")
                if it.get("name") == "score"
            }
            return "".join(filter(None, scores))
        case "csv":
            return str(read["score"])
        case "github-annotations":
            read = read["notice"][0].rsplit("::", maxsplit=1)[-1]
        case _:
            pass  # what people read begins with the total
    return _out_of_100(str(read))


def _out_of_100(text: str) -> str:
    """Return what stands before the first "/ 100", blank if that is a dash."""
    *_, before = text.partition(" / 100")[0].split()
    return before if before.isdecimal() else ""


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("ending", ENDINGS)
def test_the_total_is_the_same_number_in_every_format(name: str, ending: str) -> None:
    report = ENDINGS[ending]
    expected = "" if report.score is None else wording.points(report.score)
    assert total_of(name, report) == expected
