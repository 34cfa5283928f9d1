"""A real Jupyter kernel, cell by cell, as a student uses it."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import psutil
import pytest
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from kernels import Shown, run, save
from programs import RIGHT, changed

WRONG = changed(" + b\n", "\n")
IMPORT = "from layers import conv_forward_naive, conv_backward_naive"
CHECK = "check(conv_forward_naive, conv_backward_naive)"
# Not in jupyter_client's own hands, or warned about by libraries of Jupyter itself.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def from_a_file(tmp_path_factory: pytest.TempPathFactory) -> list[Shown]:
    folder = tmp_path_factory.mktemp("file")
    (folder / "layers.py").write_text(WRONG, "utf-8")
    return run(
        folder,
        IMPORT,
        "from grader import check",
        CHECK,
        f"from pathlib import Path\nPath('layers.py').write_text({RIGHT!r})",
        "check()",
        "print(check().score)",
    )


def test_three_cells_give_the_first_score(from_a_file: list[Shown]) -> None:
    assert [shown.error for shown in from_a_file[:3]] == ["", "", ""]
    assert "65 / 100" in from_a_file[2].text
    assert "65 / 100" in from_a_file[2].html


def test_the_page_is_shown_once_and_in_a_frame(from_a_file: list[Shown]) -> None:
    assert from_a_file[2].html.count("<iframe srcdoc=") == 1
    assert from_a_file[2].text.count("65 / 100") == 1


def test_nothing_is_printed_beside_it(from_a_file: list[Shown]) -> None:
    assert [shown.printed for shown in from_a_file[:5]] == [""] * 5


def test_a_changed_file_is_graded_and_named(from_a_file: list[Shown]) -> None:
    assert "100 / 100" in from_a_file[4].text
    assert "layers.py has changed since it was imported" in from_a_file[4].text


def test_the_score_can_be_used(from_a_file: list[Shown]) -> None:
    assert from_a_file[5].printed == "100.0\n"


@pytest.fixture(scope="module")
def from_cells(tmp_path_factory: pytest.TempPathFactory) -> list[Shown]:
    return run(
        tmp_path_factory.mktemp("cells"),
        "%load_ext grader",
        "%grade",
        WRONG,
        "%grade",
        RIGHT,
        "%grade conv_forward_naive conv_backward_naive --seed 3",
        "get_ipython().push({'helper': __import__('numpy').pad})",
        RIGHT.replace("np.pad", "helper"),
        "%grade",
        "def conv_forward_naive(x, w, b, conv_param):\n    raise ValueError(x.shape)",
        "%grade",
        "%grade --seed tomorrow",
        "%grade conv_forward_naive backwards",
    )


@pytest.mark.thorough
def test_the_magic_says_what_it_misses(from_cells: list[Shown]) -> None:
    assert from_cells[1].error.startswith("NotebookError: no function")
    assert "\n" not in from_cells[1].error


@pytest.mark.thorough
def test_the_magic_grades_what_the_cells_define(from_cells: list[Shown]) -> None:
    assert "65 / 100" in from_cells[3].text
    assert "Works here" not in from_cells[3].text


@pytest.mark.thorough
def test_a_cell_that_runs_again_counts_as_it_is_now(from_cells: list[Shown]) -> None:
    assert "100 / 100" in from_cells[5].text
    assert "more than once" not in from_cells[5].text


@pytest.mark.thorough
def test_what_no_cell_defines_exists_only_here(from_cells: list[Shown]) -> None:
    told = " ".join(from_cells[8].text.split())
    assert "Works here, fails when handed in: `helper` exists only in this" in told


@pytest.mark.thorough
def test_a_line_of_a_cell_is_quoted(from_cells: list[Shown]) -> None:
    assert "In[10]" in from_cells[10].text
    assert "raise ValueError" in from_cells[10].text


@pytest.mark.thorough
def test_a_wrong_option_is_one_sentence(from_cells: list[Shown]) -> None:
    assert "--seed" in from_cells[11].error
    assert "'backwards', which is not defined here" in from_cells[12].error


@pytest.mark.thorough
def test_what_is_saved_is_graded_where_the_server_tells(tmp_path: Path) -> None:
    saved = tmp_path / "homework.ipynb"
    helper = "def helper(*a):\n    return np.pad(*a)\n"
    dependent = RIGHT.replace("np.pad", "helper")
    save(saved, dependent)
    shown = run(
        tmp_path,
        "import numpy as np",
        helper,
        dependent,
        "from grader import check\ncheck()",
        saved_as=saved,
    )[3]
    assert "`helper` exists only in this kernel" in shown.text
    assert "homework.ipynb" in shown.text


ANSWER = "execute_reply"
ENDLESS = """
import time
def conv_forward_naive(x, w, b, conv_param):
    while True:
        pass
def conv_backward_naive(dout, cache):
    pass
from grader import check
print("checking", flush=True)
check()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
@pytest.mark.parametrize(
    "seconds",
    [0.4, *(pytest.param(s, marks=pytest.mark.nightly) for s in (0.0, 0.2, 0.8, 1.5))],
)
def test_an_interrupt_ends_a_check_and_leaves_no_process(
    seconds: float, tmp_path: Path
) -> None:
    manager = KernelManager()
    manager.start_kernel(cwd=str(tmp_path))
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=120)
        client.execute(ENDLESS)
        while client.get_iopub_msg(timeout=120)["msg_type"] != "stream":
            pass
        time.sleep(seconds)
        manager.interrupt_kernel()
        while (reply := client.get_shell_msg(timeout=60))["msg_type"] != ANSWER:
            pass
        assert reply["content"]["ename"] == "KeyboardInterrupt"
        assert children(manager) == []
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def children(manager: KernelManager) -> list[psutil.Process]:
    assert isinstance(manager.provisioner, LocalProvisioner)
    kernel = psutil.Process(manager.provisioner.pid)
    left = kernel.children(recursive=True)
    return psutil.wait_procs(left, timeout=5)[1]
