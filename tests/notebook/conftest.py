"""Functions as a notebook has them: from a file, or from cells."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TypeAlias

import pytest
from in_process import InProcessSandbox

from grader.notebook import check as checking

# The extra `test` has it; without it there is no kernel to start.
collect_ignore = [] if importlib.util.find_spec("nbclient") else ["test_kernel.py"]
Import: TypeAlias = Callable[[str], ModuleType]


@pytest.fixture(autouse=True)
def no_notebook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare the tests of what is compared the start of a real sandbox."""
    monkeypatch.setattr(checking, "open_sandbox", lambda _: InProcessSandbox())


@pytest.fixture
def layers(tmp_path: Path) -> Import:
    """Write a layers.py and import it, as a notebook does."""

    def imported(source: str) -> ModuleType:
        path = tmp_path / "layers.py"
        path.write_text(source, "utf-8")
        spec = importlib.util.spec_from_file_location("layers", path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return imported
