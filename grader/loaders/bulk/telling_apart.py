"""Give every submission of a batch a name of its own."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from grader.loaders.bulk.records import HandedIn


def told_apart(found: Sequence[tuple[HandedIn, Path]]) -> list[HandedIn]:
    """Put the folder's name in front of a name that two submissions share.

    Where that does not tell them apart, the whole path does.
    """
    plain = Counter(each.identity.submission for each, _ in found)
    names = [
        each.identity.submission
        if plain[each.identity.submission] == 1
        else f"{below.resolve().name}/{each.identity.submission}"
        for each, below in found
    ]
    again = Counter(names)
    return [
        _renamed(each, name if again[name] == 1 else _whole(each))
        for (each, _), name in zip(found, names, strict=True)
    ]


def _whole(handed_in: HandedIn) -> str:
    path = handed_in.path or handed_in.files[0].path
    return path.absolute().as_posix()


def _renamed(handed_in: HandedIn, name: str) -> HandedIn:
    return replace(handed_in, identity=replace(handed_in.identity, submission=name))
