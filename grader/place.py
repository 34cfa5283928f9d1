"""Refuse to start when the code that runs is not the code that was installed."""

from __future__ import annotations

import importlib.util
import json
import os
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from grader.errors import UsageError

if TYPE_CHECKING:
    from importlib.metadata import Distribution

PACKAGES: Final = ("grader", "reference")


def refuse_strangers() -> None:
    """Raise UsageError if a package of ours would come from a stranger's folder.

    `python -m grader` looks into the current folder first, where a student's own
    `grader` or `reference` may lie. A checkout that was never installed is trusted:
    there is nothing to compare it with.
    """
    try:
        home = _home(distribution("convgrade"))
    except PackageNotFoundError:
        home = Path(__file__).resolve().parents[1]
    for name in PACKAGES:
        found = _folder_of(name)
        if found != home / name:
            where = "nowhere" if found is None else repr(str(found))
            raise UsageError(
                f"package {name!r} would come from {where}, but convgrade is "
                f"installed in {str(home)!r}; start it in another folder, or with the "
                "command 'convgrade'"
            )


def _home(installed: Distribution) -> Path:
    """The folder that holds both packages, as pip has noted it."""
    origin = json.loads(installed.read_text("direct_url.json") or "{}")
    if origin.get("dir_info", {}).get("editable"):
        return Path(_local(urlsplit(origin["url"]).path)).resolve()
    return Path(str(installed.locate_file(""))).resolve()


def _local(path: str) -> str:
    """Return the path of a file: URL as this system writes it."""
    if os.name != "nt":
        return unquote(path)  # all that the other one does here, in 20 ms less
    from urllib.request import url2pathname  # noqa: PLC0415 (imports HTTP and TLS)

    return url2pathname(path)


def _folder_of(name: str) -> Path | None:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).resolve().parent
