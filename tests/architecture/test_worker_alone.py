"""The worker folder runs when it is copied out alone, and knows nothing of grader."""

from __future__ import annotations

import ast
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from worker_programs import DOUBLING, WHOLE, program, request

from grader.calls import Raised, Returned
from grader.isolation import launch
from grader.isolation.linux_sandbox import LinuxSandbox
from grader.isolation.sandbox import Sandbox
from grader.isolation.subprocess_sandbox import SubprocessSandbox
from grader.records import Limits

SOURCES = sorted(launch.WORKER_FOLDER.glob("*.py"))
SANDBOXES: list[Callable[[], Sandbox]] = [SubprocessSandbox]
if sys.platform == "linux":
    SANDBOXES.append(LinuxSandbox)


@pytest.fixture(params=SANDBOXES)
def sandbox(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Sandbox:
    shutil.copytree(launch.WORKER_FOLDER, tmp_path / "alone")
    monkeypatch.setattr(launch, "WORKER_FOLDER", tmp_path / "alone")
    built: Sandbox = request.param()
    request.addfinalizer(built.close)  # noqa: PT021 (the sandbox is not a generator's)
    return built


def test_a_copy_of_the_folder_answers(sandbox: Sandbox) -> None:
    with sandbox.open(program(DOUBLING), Limits()) as worker:
        seen = worker.run(request(*WHOLE))
    assert isinstance(seen[0], Returned)


def test_nothing_of_ours_is_in_the_process(sandbox: Sandbox) -> None:
    source = """
    import sys
    def forward(x, options):
        names = {"grader", "reference", "hypothesis", "pydantic", "psutil"}
        raise ValueError(names & set(sys.modules))
    def backward(dout, cache): ...
    """
    with sandbox.open(program(source), Limits()) as worker:
        (seen,) = worker.run(request())
    assert isinstance(seen, Raised)
    assert seen.text == "set()"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_a_worker_module_imports_the_library_numpy_and_its_neighbours(
    path: Path,
) -> None:
    imports = {
        name.partition(".")[0]
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for name in imported(node)
    }
    assert imports <= {*sys.stdlib_module_names, "numpy"}


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.level == 0:
        return [node.module or ""]
    return []
