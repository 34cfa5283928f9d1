"""Write a report as JSON, and read it back; the schema comes from the records."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError, to_json, to_jsonable_python

from grader.errors import UsageError
from grader.report import Report
from grader.reports.words import NO_SENTENCES

#: JSON has no NaN; a grid's numbers hold these words in its place.
NOT_FINITE: Final = ("NaN", "Infinity", "-Infinity")
#: A terminal obeys these too, and turns text around; JSON may hold them as they are.
COMMANDS: Final = (*range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
ESCAPED: Final = {character: f"\\u{character:04x}" for character in COMMANDS}


def render(
    report: Report,
    *,
    language: str = "en",
    sentences: Mapping[str, str] = NO_SENTENCES,
) -> str:
    """Return the whole report; sentences stay ids, so no language shows in it."""
    del language, sentences
    try:
        written = to_json(
            report, indent=2, inf_nan_mode="strings", fallback=_plain
        ).decode("utf-8")
    except PydanticSerializationError:
        # Half a surrogate pair, as in file names of other systems, cannot be written.
        tree = to_jsonable_python(report, inf_nan_mode="strings", fallback=_plain)
        readable = json.dumps(tree, ensure_ascii=False, indent=2)
        written = readable.encode("utf-8", "replace").decode("utf-8")
    return written.translate(ESCAPED) + "\n"


def parse(text: str | bytes) -> Report:
    """Return the report that `render` wrote; UsageError if this is none."""
    try:
        return _adapter().validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise UsageError(
            f"not a report of convgrade: {place or 'the text'}: {first['msg']}"
        ) from error


def schema() -> str:
    """Return the JSON Schema of a report."""
    written = _adapter().json_schema(mode="serialization")
    numbers: dict[str, Any] = written["$defs"]["Grid"]["properties"]["numbers"]
    numbers["items"] = {"anyOf": [{"type": "number"}, {"enum": list(NOT_FINITE)}]}
    written["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(written, indent=2, sort_keys=True) + "\n"


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"no JSON for {value!r}")


@cache
def _adapter() -> TypeAdapter[Report]:
    return TypeAdapter(Report)
