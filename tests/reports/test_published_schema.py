from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
import reports
from validators import fits

from grader.reports import to_json

#: `UPDATE_GOLDEN=1 pytest tests/reports` writes it anew, like the golden files.
PUBLISHED = Path(__file__).parents[2] / "docs" / "report.schema.json"


def test_the_published_schema_is_that_of_the_records() -> None:
    if os.environ.get("UPDATE_GOLDEN"):
        PUBLISHED.write_bytes(to_json.schema().encode("utf-8"))
    assert PUBLISHED.read_bytes() == to_json.schema().encode("utf-8")


@pytest.mark.parametrize("ending", reports.every_ending())
def test_every_ending_is_valid(ending: str) -> None:
    schema = json.loads(PUBLISHED.read_bytes())
    fits(json.loads(to_json.render(reports.every_ending()[ending])), schema)


def test_what_is_no_report_is_not_valid() -> None:
    with pytest.raises(AssertionError, match="is a required property"):
        fits({"score": 1}, json.loads(PUBLISHED.read_bytes()))
