"""Read the templates and fill in what differs from course to course."""

from __future__ import annotations

import re
from importlib import resources
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

SUFFIX: Final = ".tmpl"  # so that no tool takes a template for what it will become
PLACE: Final = re.compile(r"@([A-Z_]+)@")


def filled(name: str, values: Mapping[str, str]) -> str:
    """Return the template with its places filled.

    Raises:
        KeyError: a place has no value.
    """
    return PLACE.sub(lambda found: values[found[1]], template(name))


def template(name: str) -> str:
    """Return a template as it was written."""
    file = resources.files("grader") / "course" / "templates" / f"{name}{SUFFIX}"
    return file.read_text(encoding="utf-8")


def layers() -> tuple[str, ...]:
    """Return the layers for which there are templates, in the order of their names."""
    folder = resources.files("grader") / "course" / "templates" / "layers"
    return tuple(sorted(entry.name for entry in folder.iterdir() if entry.is_dir()))
