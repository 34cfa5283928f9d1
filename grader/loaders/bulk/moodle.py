"""Read the names of Moodle's bulk download, in folders or flat.

`<full name>_<participant>_assignsubmission_file/<file>`; older exports end the folder
in `_file_`, flat ones go on with the file's name; blind marking says `Participant`.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

from grader.loaders.bulk.records import HandedIn, LooseFile
from grader.report import Identity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

NAMED: Final = re.compile(
    r"(?P<name>.*?)_(?P<participant>\d+)_assignsubmission_"
    r"(?P<plugin>file|onlinetext)(?:_(?P<file>.*))?",
    re.DOTALL,
)
BLIND: Final = "Participant"
FILE: Final = "file"


def is_moodle(name: str) -> bool:
    """Tell whether a name is one of Moodle's."""
    return NAMED.fullmatch(name) is not None


def together(paths: Sequence[Path]) -> Iterator[HandedIn]:
    """Yield a submission for every participant; texts typed online hold no code."""
    named = [(found, path) for path in paths if (found := NAMED.fullmatch(path.name))]
    ordered = sorted(named, key=lambda pair: _row(pair[0]))
    for row, group in groupby(ordered, key=lambda pair: _row(pair[0])):
        pairs = list(group)
        found = pairs[0][0]
        identity = Identity(
            submission=row,
            student="" if found["name"] == BLIND else found["name"],
            platform_id=found["participant"],
        )
        files = [pair for pair in pairs if pair[0]["plugin"] == FILE] or pairs
        yield HandedIn(identity=identity, files=tuple(_loose(files)))


def _row(found: re.Match[str]) -> str:
    return f"{found['name']}_{found['participant']}"


def _loose(pairs: Sequence[tuple[re.Match[str], Path]]) -> Iterator[LooseFile]:
    for found, path in pairs:
        # A folder keeps its files' names; a flat file says its own after the plugin.
        name = found["file"] or ("" if path.is_dir() else path.name)
        yield LooseFile(name=name, path=path, given=path.name)
