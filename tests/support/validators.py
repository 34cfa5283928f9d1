"""What other systems accept, written from their own documentation.

Each function raises AssertionError, or the error of a parser, where a text would be
refused or would do something that its reader did not ask for.
"""

from __future__ import annotations

import base64
import csv
import io
import json
import re
import unicodedata
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

from markdown_it import MarkdownIt

VOID: Final = {"meta", "link", "br", "hr", "img", "input", "wbr"}
WHOLE: Final = {"type": "integer", "minimum": 0}
FILLED: Final = {"type": "string", "minLength": 1}
INSTANT: Final = {
    "type": "string",
    "pattern": r"^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$",
}
CLASSROOM50: Final = {
    "type": "object",
    "additionalProperties": False,
    "required": [
        "schema", "classroom", "assignment", "assignment_type", "owner", "submission",
        "commit", "release", "review", "datetime", "score", "max-score", "tests",
    ],
    "properties": {
        "schema": {"const": "classroom50/result/v1"},
        "classroom": FILLED,
        "assignment": FILLED,
        "assignment_type": {"enum": ["individual", "group"]},
        "owner": FILLED,
        "submission": {"type": "string", "pattern": "^submit/"},
        "commit": FILLED,
        "release": FILLED,
        "review": FILLED,
        "datetime": INSTANT,
        "graded_at": INSTANT,
        "score": WHOLE,
        "max-score": WHOLE,
        "submitted_by": {"type": "object", "required": ["username"]},
        "tests": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["test-name", "passed", "score", "max-score"],
                "properties": {
                    "test-name": FILLED,
                    "passed": {"type": "boolean"},
                    "score": WHOLE,
                    "max-score": WHOLE,
                },
            },
        },
    },
}  # fmt: skip


def fits(record: object, schema: dict[str, Any]) -> None:
    """Hold a record against a JSON schema, and the schema against what one may be."""
    import jsonschema  # noqa: PLC0415 (beside Jupyter it takes seconds)

    try:
        jsonschema.validate(record, schema)
    except jsonschema.ValidationError as error:
        raise AssertionError(str(error)) from error


def classroom50(text: str) -> dict[str, Any]:
    """Return the result; every score is within its maximum and they add up."""
    result: dict[str, Any] = json.loads(text)
    fits(result, CLASSROOM50)
    tests = result["tests"]
    assert sum(test["score"] for test in tests) == result["score"]
    assert sum(test["max-score"] for test in tests) == result["max-score"]
    assert all(test["score"] <= test["max-score"] for test in tests)
    return result


SCHEMA: Final = Path(__file__).parents[2] / "docs" / "report.schema.json"


def whole_report(text: str) -> dict[str, Any]:
    """Return the report as the published schema has it; its points add up."""
    report: dict[str, Any] = json.loads(text)
    fits(report, json.loads(SCHEMA.read_bytes()))
    lines = [line for each in report["exercises"] for line in each["criteria"]]
    if report["score"] is not None and lines:
        assert sum(line["points"] for line in lines) == report["score"]
        assert sum(line["max_points"] for line in lines) == report["max_score"]
    return report


STATUSES: Final = {"graded", "undecided", "unreadable", "missing"}
NUMBERS: Final = ("score", "max_score", "seed", "seconds")


def table(text: str) -> dict[str, str]:
    """Return the one row; no spreadsheet runs a cell of it, whatever it splits at."""
    (row,) = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    assert list(row)[:5] == ["submission", "student", "status", "score", "max_score"]
    assert row["status"] in STATUSES
    for name in NUMBERS:
        assert re.fullmatch(r"\d*(\.\d+)?", row[name]), row[name]
    for cell in row.values():
        for part in cell.split(";"):
            assert part.strip()[:1] not in set("=+-@"), cell
        assert "\n" not in cell
    return row


def text(written: str) -> str:
    """Return the lines; none steers a terminal or commands a runner."""
    assert not {c for c in written if unicodedata.category(c) in {"Cc", "Cf"}} - {"\n"}
    for line in written.splitlines():
        assert not line.lstrip().startswith("::")
        assert "##[" not in line
    return written


FORMATS: Final = {"text", "html", "simple_format", "md", "ansi"}
VISIBILITIES: Final = {"hidden", "after_due_date", "after_published", "visible"}
GRADESCOPE: Final = {
    "score", "execution_time", "output", "output_format", "test_output_format",
    "test_name_format", "visibility", "stdout_visibility", "extra_data", "tests",
    "leaderboard",
}  # fmt: skip
GRADESCOPE_TEST: Final = {
    "score", "max_score", "status", "name", "name_format", "number", "output",
    "output_format", "tags", "visibility", "extra_data",
}  # fmt: skip


def gradescope(text: str) -> dict[str, Any]:
    """Return the results; with a score, it is the sum of the tests if it has any."""
    result: dict[str, Any] = json.loads(text)
    assert result.keys() <= GRADESCOPE
    for key in ("output_format", "test_output_format", "test_name_format"):
        assert result.get(key, "text") in FORMATS
    assert {result["visibility"], result["stdout_visibility"]} <= VISIBILITIES
    for test in result["tests"]:
        assert test.keys() <= GRADESCOPE_TEST
        assert test.get("status", "passed") in {"passed", "failed"}
        assert test["visibility"] in VISIBILITIES
        assert ("score" in test) == ("score" in result)
    if "score" in result and result["tests"]:
        assert sum(test["score"] for test in result["tests"]) == result["score"]
    return result


def github_classroom(text: str) -> dict[str, Any]:
    """Return the decoded result; both ways of counting give the same points."""
    result: dict[str, Any] = json.loads(base64.b64decode(text, validate=False))
    tests = result["tests"]
    assert result["version"] == 3
    assert result["status"] in {"pass", "fail", "error"}
    assert isinstance(result["max_score"], int)
    assert tests
    assert {test["status"] for test in tests} <= {"pass", "fail", "error"}
    total = sum(test["score"] for test in tests)
    passed = sum(test["status"] == "pass" for test in tests)
    assert total * len(tests) == passed * result["max_score"]
    return result


SUITE: Final = {"properties", "testcase", "system-out", "system-err"}
ENDINGS: Final = {"failure", "error", "skipped"}


def junit(text: str) -> ET.Element:
    """Return the root; every element is known and all counts are true."""
    root = ET.fromstring(text)  # noqa: S314 (our own text)
    assert root.tag == "testsuites"
    for suite in root:
        assert suite.tag == "testsuite"
        assert suite.get("name")
        assert {child.tag for child in suite} <= SUITE
        for case in suite.findall("testcase"):
            assert case.get("name")
            assert case.get("classname")
            assert {child.tag for child in case} <= ENDINGS
            assert len(case) <= 1
    for counted in (root, *root):
        for name, path in (
            ("tests", ".//testcase"),
            ("failures", ".//failure"),
            ("errors", ".//error"),
            ("skipped", ".//skipped"),
        ):
            assert int(counted.get(name, "-1")) == len(counted.findall(path))
    return root


COMMAND: Final = re.compile(
    r"::(?P<kind>error|warning|notice) "
    r"(?:file=[^:,\r\n]*,line=\d+,)?title=[^:,\r\n]*::[^\r\n]*"
)


def workflow_commands(text: str) -> dict[str, list[str]]:
    """Return the commands by kind; each is one line, at most ten of a kind."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        command = COMMAND.fullmatch(line)
        assert command is not None, line
        found.setdefault(command["kind"], []).append(line)
    assert all(len(commands) <= 10 for commands in found.values())
    return found


def markdown(text: str) -> str:
    """Return the HTML that CommonMark makes of it: our own details, and no link."""
    html: str = MarkdownIt("commonmark").enable("table").render(text)
    reader = _Tags()
    reader.feed(html)
    assert not {"script", "img", "a", "iframe", "style"} & {
        tag for tag, _ in reader.seen
    }
    assert all(
        not attributes or tag in {"code", "th", "td"} for tag, attributes in reader.seen
    )
    return html


def html(text: str) -> str:
    """Return what a reader of the page sees; nothing runs but our own scripts."""
    reader = _Tags()
    reader.feed(text)
    reader.close()
    assert not reader.open, reader.open
    for tag, attributes in reader.seen:
        assert not any(name.startswith("on") or name == "style" for name in attributes)
        assert tag not in {"img", "iframe", "object", "embed", "base", "form", "link"}
        for name in ("src", "href"):
            address = attributes.get(name) or "./"
            assert address.startswith(("./", "../", "#")), address
    assert "default-src 'none'" in _policy(reader)
    return reader.text


def _policy(reader: _Tags) -> str:
    policies = [
        attributes.get("content") or ""
        for tag, attributes in reader.seen
        if tag == "meta" and "http-equiv" in attributes
    ]
    return "".join(policies)


class _Tags(HTMLParser):
    """Every tag with its attributes, what is still open, and the text of no script."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"script", "style"} & set(self.open):
            self.text += data
