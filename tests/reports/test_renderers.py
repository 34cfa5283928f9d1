from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from written_reports import ENDINGS

from grader.report import Report
from grader.reports import RENDERERS, renderer


@pytest.mark.parametrize("name", RENDERERS)
@pytest.mark.parametrize("make", ENDINGS)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_renderer_writes_every_ending(
    name: str, make: Callable[[], Report], language: str
) -> None:
    text = renderer(name)(make(), language=language)
    assert text.endswith("\n")
    assert text == renderer(name)(make(), language=language)


@pytest.mark.parametrize("name", RENDERERS)
def test_no_renderer_lets_a_control_character_through(name: str) -> None:
    for make in ENDINGS:
        assert "\x1b" not in renderer(name)(make())


def test_the_table_loads_no_renderer() -> None:
    code = "import sys, grader.reports; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"rich", "pydantic", "numpy", *RENDERERS.values()} & set(loaded)


def test_an_unknown_format_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        renderer("pdf")
