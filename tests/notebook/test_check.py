from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any, Self, TypeAlias

import pytest
from programs import RIGHT, changed

from grader import check
from grader.calls import Absent, Loaded, Loading, Observation, Request, TimedOut
from grader.notebook import check as checking
from grader.notebook.errors import NotebookError
from grader.records import Tier

WRONG = changed(" + b\n", "\n")
DEPENDENT = RIGHT.replace("np.pad", "helper")
Function: TypeAlias = Callable[..., object]
Import: TypeAlias = Callable[[str], ModuleType]

pytestmark = pytest.mark.usefixtures("in_process")


def names_of(module: ModuleType) -> tuple[Function, Function]:
    return module.conv_forward_naive, module.conv_backward_naive


def cells(source: str) -> tuple[Function, Function]:
    """Run a source as a cell: its functions come from no file."""
    names: dict[str, Any] = {"__name__": "__main__"}
    exec(compile(source, "<ipython-input-1-abc>", "exec"), names)  # noqa: S102 (it is ours)
    return names["conv_forward_naive"], names["conv_backward_naive"]


@pytest.fixture
def notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Say which file the notebook is saved in, as JupyterLab does."""
    path = tmp_path / "homework.ipynb"
    monkeypatch.setenv("JPY_SESSION_NAME", str(path))
    return path


def save(path: Path, *sources: str) -> None:
    written = [{"cell_type": "code", "source": source} for source in sources]
    path.write_text(json.dumps({"nbformat": 4, "cells": written}), "utf-8")


def test_what_is_right_here_and_there_needs_no_remark(layers: Import) -> None:
    module = layers(RIGHT)
    checked = check(*names_of(module))
    assert (checked.score, checked.remarks) == (100, ())


def test_functions_are_found_where_check_is_called(layers: Import) -> None:
    conv_forward_naive, conv_backward_naive = names_of(layers(RIGHT))
    assert conv_forward_naive is not conv_backward_naive
    assert check().score == 100


def test_the_pictures_and_sentences_are_those_of_the_page(layers: Import) -> None:
    checked = check(*names_of(layers(WRONG)))
    assert "Everything is right but out" in repr(checked)
    assert "Everything is right but out" in checked._repr_html_()


def test_a_file_that_changed_after_its_import_is_named(layers: Import) -> None:
    module = layers(WRONG)
    Path(str(module.__file__)).write_text(RIGHT, "utf-8")
    checked = check(*names_of(module))
    assert checked.score == 100
    assert checked.remarks[0].startswith("layers.py has changed since it was imported")
    assert checked.remarks[1].startswith("layers.py earns 100 / 100")


def test_a_changed_helper_in_the_same_file_is_noticed_too(layers: Import) -> None:
    source = f"def helper(*a):\n    return np.pad(*a)\n{DEPENDENT}"
    module = layers(source)
    text = source.replace("return np", "return 1 * np")
    Path(str(module.__file__)).write_text(text, "utf-8")
    assert "has changed since it was imported" in check(*names_of(module)).remarks[0]


def test_a_file_that_is_not_handed_in_is_not_called_changed(
    layers: Import, notebook: Path
) -> None:
    save(notebook, RIGHT.split("def conv_backward_naive")[0])
    forward, _ = cells(RIGHT)
    remarks = check(forward, layers(RIGHT).conv_backward_naive).remarks
    assert not any("has changed since" in remark for remark in remarks)
    assert remarks[0].startswith("Works here, fails when handed in")


def test_a_comment_is_no_change(layers: Import) -> None:
    module = layers(RIGHT)
    text = RIGHT.replace("    out = np", "    # the output\n\n    out = np")
    Path(str(module.__file__)).write_text(text, "utf-8")
    assert check(*names_of(module)).remarks == ()


def test_a_name_that_was_put_into_the_module_exists_only_here(layers: Import) -> None:
    module = layers(DEPENDENT)
    vars(module)["helper"] = module.np.pad
    checked = check(*names_of(module))
    assert checked.score != 100
    assert checked.remarks[0].startswith(
        "Works here, fails when handed in: `helper` exists only in this kernel."
    )


def test_a_deleted_cell_is_missed(notebook: Path) -> None:
    save(notebook, DEPENDENT)
    functions = cells(f"def helper(*a):\n    return np.pad(*a)\n{DEPENDENT}")
    checked = check(*functions)
    assert "`helper` exists only in this kernel" in checked.remarks[0]
    assert "homework.ipynb" in checked.remarks[0]


def test_a_saved_notebook_is_what_is_graded(notebook: Path) -> None:
    save(notebook, "%matplotlib inline", RIGHT)
    functions = cells(RIGHT)
    checked = check(*functions)
    assert (checked.score, checked.remarks) == (100, ())
    assert checked.report.identity.submission == "homework.ipynb"


def test_a_notebook_that_is_not_saved_is_named(notebook: Path) -> None:
    save(notebook, WRONG)
    functions = cells(RIGHT)
    told = check(*functions).remarks[0]
    assert told.startswith("homework.ipynb is saved without this version of")
    assert "`conv_forward_naive`" in told


def test_without_any_source_the_kernel_alone_is_checked() -> None:
    functions = cells(WRONG)
    checked = check(*functions)
    assert checked.score == 65
    assert checked.remarks[0].startswith("No file or cell holds the source")
    assert "Everything is right but out" in repr(checked)


def test_a_file_that_can_no_longer_be_read_is_told(layers: Import) -> None:
    module = layers(RIGHT)
    Path(str(module.__file__)).write_text("def conv_forward_naive(", "utf-8")
    checked = check(*names_of(module))
    assert checked.score == 0
    assert "Works here, fails when handed in" in " ".join(checked.remarks)


def test_a_file_that_is_gone_is_told(layers: Import) -> None:
    module = layers(RIGHT)
    Path(str(module.__file__)).unlink()
    assert check(*names_of(module)).remarks


def test_other_names_are_checked_and_told(layers: Import) -> None:
    module = layers(RIGHT.replace("_naive", "_fast"))
    checked = check(module.conv_forward_fast, module.conv_backward_fast)
    assert checked.score == 100
    assert "conv_forward_fast was checked as if it were" in checked.remarks[0]


def test_one_function_is_enough(layers: Import) -> None:
    module = layers(RIGHT)
    conv_backward_naive = module.conv_backward_naive
    assert callable(conv_backward_naive)
    assert check(module.conv_forward_naive).score == 100


def test_a_class_can_hold_the_functions(tmp_path: Path, layers: Import) -> None:
    assignment = tmp_path / "assignment.toml"
    assignment.write_text(
        '[[exercise]]\nforward = "Conv.forward"\nbackward = "Conv.backward"\n', "utf-8"
    )
    source = RIGHT + (
        "\nclass Conv:\n"
        "    forward = staticmethod(conv_forward_naive)\n"
        "    backward = staticmethod(conv_backward_naive)\n"
    )
    Conv = layers(source).Conv
    assert Conv is not None
    assert check(assignment=assignment).score == 100


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "is defined here"),
        ((3, 4), "3 is no function"),
        (("conv_forward_naive",), "is no function"),
    ],
)
def test_a_wrong_call_is_refused_in_one_sentence(
    arguments: tuple[object, ...], told: str
) -> None:
    with pytest.raises(NotebookError, match=told) as caught:
        check(*arguments)  # type: ignore[arg-type]  # that is the point
    (line,) = caught.value._render_traceback_()
    assert line.startswith("NotebookError: ")


def test_a_wrong_assignment_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(NotebookError, match="nowhere"):
        check(assignment=tmp_path / "nowhere.toml")


def test_what_the_assignment_hides_is_hidden_here_too(
    tmp_path: Path, layers: Import
) -> None:
    assignment = tmp_path / "assignment.toml"
    assignment.write_text("[feedback]\ncounterexamples = false\n", "utf-8")
    checked = check(*names_of(layers(WRONG)), assignment=str(assignment))
    assert "Smallest case" not in repr(checked)


def test_a_seed_is_used_and_told(layers: Import) -> None:
    checked = check(*names_of(layers(RIGHT)), seed=3)
    assert checked.report.provenance.seed == 3


AFFINE = """
import numpy as np
def affine_forward(x, w, b):
    return x.reshape(len(x), -1) @ w + b, (x, w)
def affine_backward(dout, cache):
    x, w = cache
    flat = x.reshape(len(x), -1)
    return (dout @ w.T).reshape(x.shape), flat.T @ dout, dout.sum(axis=0)
"""


def test_another_layer_is_known_by_its_names(layers: Import) -> None:
    module = layers(AFFINE)
    affine_forward, affine_backward = module.affine_forward, module.affine_backward
    for checked in (check(affine_forward, affine_backward), check()):
        assert (checked.score, checked.remarks) == (100, ())
        assert [each.exercise for each in checked.report.exercises] == ["affine"]


class Stuck:
    """A sandbox in which every call hangs."""

    tier = Tier.WEAK

    def open(self, *_: object) -> Self:
        return self

    def load(self) -> Loading:
        return Loaded()

    def run(self, request: Request) -> tuple[Observation, ...]:
        return (TimedOut(seconds=1.0),) + (Absent(),) * (len(request.steps) - 1)

    def output(self) -> str:
        return ""

    def seconds(self) -> float:
        return 0.0

    def close(self) -> None:
        pass

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass


def test_the_kernel_is_spared_what_hangs(
    layers: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "open_sandbox", lambda _: Stuck())
    module = layers(RIGHT.replace("import numpy as np", "import numpy as np\nRUN = []"))
    vars(module)["conv_forward_naive"] = lambda *_: module.RUN.append("here")
    checked = check(module.conv_forward_naive, module.conv_backward_naive)
    assert checked.score == 0
    assert "this kernel was spared" in " ".join(checked.remarks)
    assert module.RUN == []


def test_two_names_that_exist_only_here_are_both_named(layers: Import) -> None:
    module = layers(DEPENDENT.replace("np.zeros(", "zeros("))
    vars(module).update(helper=module.np.pad, zeros=module.np.zeros)
    told = check(*names_of(module)).remarks[0]
    assert "`helper`, `zeros` exist only in this kernel" in told


def test_what_a_star_import_may_bring_is_not_missed(
    tmp_path: Path, layers: Import
) -> None:
    (tmp_path / "pads.py").write_text("from numpy import pad as helper\n", "utf-8")
    text = DEPENDENT.replace(
        "import numpy as np", "import numpy as np\nhelper = np.pad"
    )
    module = layers(text)
    source = DEPENDENT.replace("import numpy", "from pads import *\nimport numpy")
    Path(str(module.__file__)).write_text(source, "utf-8")
    assert check(*names_of(module)).score == 100


def test_an_adapter_finds_the_notebooks_own_names(
    tmp_path: Path, layers: Import
) -> None:
    (tmp_path / "mine.py").write_text(
        "def forward(student, x, w, b, conv_param):\n"
        "    return student.conv(x, w, b, conv_param)\n"
        "def backward(student, dout, cache):\n"
        "    return student.conv_back(dout, cache)\n",
        "utf-8",
    )
    assignment = tmp_path / "assignment.toml"
    assignment.write_text(
        '[[exercise]]\nadapter = "mine.py"\nforward = "conv"\nbackward = "conv_back"\n',
        "utf-8",
    )
    text = RIGHT.replace("conv_forward_naive", "conv")
    module = layers(text.replace("conv_backward_naive", "conv_back"))
    conv, conv_back = module.conv, module.conv_back
    assert callable(conv)
    assert callable(conv_back)
    assert check(assignment=assignment).score == 100
