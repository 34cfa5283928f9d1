from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

import grader
from grader import place
from grader.errors import UsageError

HOME = Path(grader.__file__).resolve().parents[1]


class Installed:
    """A distribution as pip leaves it: files in a folder, a note of their origin."""

    def __init__(self, folder: Path, *, editable: bool) -> None:
        self._folder = folder
        self._origin = {"url": folder.as_uri(), "dir_info": {"editable": editable}}

    def read_text(self, name: str) -> str:
        assert name == "direct_url.json"
        return json.dumps(self._origin)

    def locate_file(self, name: str) -> Path:
        return self._folder / name


@pytest.mark.parametrize("editable", [True, False])
def test_what_lies_where_it_was_installed_starts(
    *, editable: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = Installed(HOME, editable=editable)
    monkeypatch.setattr(place, "distribution", lambda _: installed)
    place.refuse_strangers()


@pytest.mark.parametrize("editable", [True, False])
def test_what_lies_elsewhere_does_not_start(
    *, editable: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = Installed(tmp_path, editable=editable)
    monkeypatch.setattr(place, "distribution", lambda _: installed)
    with pytest.raises(UsageError, match=r"package 'grader' would come from"):
        place.refuse_strangers()


def test_a_checkout_that_was_never_installed_starts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def none(name: str) -> None:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(place, "distribution", none)
    place.refuse_strangers()


def test_a_package_that_is_not_there_does_not_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(place, "PACKAGES", ("no_such_package",))
    with pytest.raises(UsageError, match=r"would come from nowhere"):
        place.refuse_strangers()
