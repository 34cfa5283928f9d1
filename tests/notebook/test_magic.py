from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, TypeAlias

import pytest
from programs import RIGHT, changed

import grader
from grader.notebook import saved, students
from grader.notebook.errors import NotebookError

Import: TypeAlias = Callable[[str], ModuleType]
pytestmark = pytest.mark.usefixtures("in_process")


class Shell:
    """As much of IPython as the magic needs."""

    def __init__(self, names: dict[str, object]) -> None:
        self.user_ns = names
        self.magics: dict[str, Callable[[str], Any]] = {}

    def register_magic_function(
        self, func: Callable[[str], Any], magic_kind: str, magic_name: str
    ) -> None:
        assert magic_kind == "line"
        self.magics[magic_name] = func


@pytest.fixture
def grade(layers: Import) -> Callable[[str], Any]:
    shell = Shell(vars(layers(RIGHT)))
    grader.load_ipython_extension(shell)
    return shell.magics["grade"]


@pytest.mark.parametrize(
    "line",
    ["", "conv_forward_naive", "conv_forward_naive conv_backward_naive --seed 4"],
)
def test_a_line_is_read_as_options(line: str, grade: Callable[[str], Any]) -> None:
    assert grade(line).score == 100


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("--assignment", "expected one argument"),
        ("--assignment nowhere.toml", "nowhere.toml"),
        ("--speed 3", "unrecognized arguments"),
        ("forward", "'forward', which is not defined"),
        ("a b c", "wanted two functions"),
        ("'", "No closing quotation"),
    ],
)
def test_a_wrong_line_is_one_sentence(
    line: str, told: str, grade: Callable[[str], Any]
) -> None:
    with pytest.raises(NotebookError, match=told) as caught:
        grade(line)
    assert len(caught.value._render_traceback_()) == 1


def test_help_is_what_question_marks_show(grade: Callable[[str], Any]) -> None:
    assert "--assignment" in str(grade.__doc__)


@pytest.fixture
def history(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Cells as a shell remembers them, from the first one on."""
    cells = [""]
    manager = SimpleNamespace(input_hist_raw=cells)
    compiler = SimpleNamespace(
        format_code_name=lambda name: (
            ("Cell", f"In[{name[-1]}]") if name.startswith("/tmp/ipykernel_") else None  # noqa: S108 (a name)
        )
    )
    shell = SimpleNamespace(history_manager=manager, compile=compiler)
    monkeypatch.setattr(saved, "shell", lambda: shell)
    monkeypatch.setattr(students, "shell", lambda: shell)
    return cells


def functions(source: str, file: str) -> dict[str, Any]:
    names: dict[str, Any] = {"__name__": "__main__"}
    exec(compile(source, file, "exec"), names)  # noqa: S102 (it is ours)
    return names


def test_cells_are_graded_as_they_ran(history: list[str]) -> None:
    history += [changed(" + b\n", "\n"), "%matplotlib inline", RIGHT]
    names = functions(RIGHT, "/tmp/ipykernel_1/3")  # noqa: S108 (a name)
    shell = Shell(names)
    grader.load_ipython_extension(shell)
    checked = shell.magics["grade"]("")
    assert (checked.score, checked.remarks) == (100, ())


def test_cells_without_the_functions_are_told(history: list[str]) -> None:
    history += ["x = 1"]
    shell = Shell(functions(RIGHT, "/tmp/ipykernel_1/1"))  # noqa: S108 (a name)
    grader.load_ipython_extension(shell)
    checked = shell.magics["grade"]("")
    assert checked.score == 0
    told = "`conv_backward_naive`, `conv_forward_naive`, `np` exist only in this kernel"
    assert told in checked.remarks[0]


def test_an_error_names_the_cell(history: list[str]) -> None:
    assert history == [""]
    assert students.shown("/tmp/ipykernel_1/7") == "In[7]"  # noqa: S108 (a name)
    assert students.is_cell("/tmp/ipykernel_1/7")  # noqa: S108 (the same)
    assert students.shown("/home/kim/layers.py") == "layers.py"


def test_vs_code_tells_where_the_notebook_is(tmp_path: Path) -> None:
    notebook = tmp_path / "homework.ipynb"
    notebook.write_text("no JSON", "utf-8")
    names = functions(RIGHT, "<cell>") | {"__vsc_ipynb_file__": str(notebook)}
    shell = Shell(names)
    grader.load_ipython_extension(shell)
    checked = shell.magics["grade"]("")
    assert checked.score == 0
    assert checked.report.identity.submission == "homework.ipynb"
