from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from grader.reports.compiled import Compiled


@pytest.fixture(autouse=True)
def _python_may_write(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def rendered(folder: Path, text: str, *, by: bytes = b"1") -> str:
    cache = Compiled(by, folder=folder)
    loader = DictLoader({"page": text})
    environment = Environment(
        loader=loader,
        bytecode_cache=cache,
        autoescape=True,
        keep_trailing_newline=by == b"1",  # changes the code that is kept
    )
    return environment.get_template("page").render(x="<")


def test_a_template_is_compiled_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert rendered(tmp_path, "{{ x }}") == "&lt;"
    monkeypatch.setattr(Environment, "compile", None)
    assert rendered(tmp_path, "{{ x }}") == "&lt;"


def test_another_text_and_another_setting_are_compiled_anew(tmp_path: Path) -> None:
    assert rendered(tmp_path, "{{ x }}") == "&lt;"
    assert rendered(tmp_path, "{{ x }}\n") == "&lt;\n"
    assert rendered(tmp_path, "{{ x }}\n", by=b"2") == "&lt;"


@pytest.mark.parametrize("size", [0, 5, 20, 60])
def test_what_was_cut_short_is_compiled_anew(tmp_path: Path, size: int) -> None:
    rendered(tmp_path, "{{ x }}")
    [kept] = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:size])
    assert rendered(tmp_path, "{{ x }}") == "&lt;"


def test_where_nothing_may_be_written_nothing_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert rendered(tmp_path, "{{ x }}") == "&lt;"
    assert list(tmp_path.iterdir()) == []


def test_where_nothing_can_be_written_pages_are_made_all_the_same(
    tmp_path: Path,
) -> None:
    (tmp_path / "file").touch()
    assert rendered(tmp_path / "file" / "below", "{{ x }}") == "&lt;"
