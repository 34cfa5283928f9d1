"""Say what is wrong with an assignment file: key path, value, what is allowed."""

from __future__ import annotations

import copy
import difflib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from grader.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pydantic_core import ErrorDetails

PLAIN_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")
SHOWN: Final = 80  # characters of a value

# Pydantic's words for a type, and a teacher's.
WORDS: Final[Mapping[str, str]] = {
    "a valid boolean": "true or false",
    "a valid string": "text in quotes",
    "a valid integer": "a whole number",
    "a valid number": "a number",
    "a finite number": "a finite number",
    "a valid tuple": "a list",
    "a valid array": "a list",
    "a valid dictionary": "a table",
    "an object": "a table",
    "at least 1 character": "some text",
}
COMPARISONS: Final[Mapping[str, str]] = {
    "greater than or equal to": "a number >=",
    "greater than": "a number >",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong; the path holds keys and positions in lists."""

    path: tuple[str | int, ...]
    value: object
    wanted: str


def refuse(source: str, faults: Sequence[Fault]) -> UsageError:
    """Return one error that tells every fault of the file, a line each."""
    lines = [
        f"{source!r}: {_dotted(fault.path)} is {_shown(fault.value)}; {fault.wanted}"
        for fault in faults
    ]
    return UsageError("\n".join(dict.fromkeys(lines)))


def unknown(path: tuple[str | int, ...], value: object, known: Iterable[str]) -> Fault:
    """Return the fault of a key that does not exist, with the nearest that does."""
    name, names = str(path[-1]), sorted(known)
    near = difflib.get_close_matches(name, names, n=1)
    guess = f"did you mean {near[0]!r}? " if near else ""
    wanted = f"there is no {name!r} here; {guess}known: {', '.join(names)}"
    return Fault(path=path, value=value, wanted=wanted)


def from_pydantic(
    details: Sequence[ErrorDetails], raw: object, fields: Mapping[str, Sequence[str]]
) -> list[Fault]:
    """Return pydantic's complaints in our words; `fields` are the keys of a table."""
    faults = []
    for detail in details:
        path = detail["loc"]
        value = _value_at(raw, path)
        if detail["type"] == "unexpected_keyword_argument":
            table = next((str(key) for key in path[-2::-1] if key in fields), "")
            faults.append(unknown(path, value, fields[table]))
        else:
            faults.append(Fault(path=path, value=value, wanted=_wanted(detail["msg"])))
    return faults


def _wanted(text: str) -> str:
    _, found, rest = text.partition("should be ")
    if not found:
        _, found, rest = text.partition("should have ")
    for theirs, ours in WORDS.items():
        rest = re.sub(rf"^{theirs}( or an instance of \w+)?$", ours, rest)
    for theirs, ours in COMPARISONS.items():
        rest = re.sub(rf"^{theirs}\b", ours, rest)
    return f"wanted {rest}" if found else text


def without(raw: dict[str, Any], faults: Iterable[Fault]) -> dict[str, Any]:
    """Return a copy of the file without the keys at fault, to check what is left."""
    rest = copy.deepcopy(raw)
    for fault in faults:
        for depth in range(len(fault.path) - 1, -1, -1):
            table = _value_at(rest, fault.path[:depth])
            if isinstance(table, dict):
                table.pop(fault.path[depth], None)
                break
    return rest


def _value_at(raw: Any, path: Sequence[str | int]) -> object:  # noqa: ANN401 (TOML is any tree)
    for part in path:
        try:
            raw = raw[part]
        except (KeyError, IndexError, TypeError):
            return None
    return raw


def _dotted(path: Sequence[str | int]) -> str:
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part + 1}]"  # a teacher counts tables from one
        else:
            plain = part if PLAIN_KEY.fullmatch(part) else json.dumps(part)
            text += f".{plain}" if text else plain
    return text or "the file"


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}..."
