"""The benchmarks are run by hand and at night; here only what gathers their figures."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks"
PRINTED = """\
12 ms for nothing
large forward: 1.20 of one GEMM (at most 1.4)
convgrade --help: 0.15 s CPU (target 1 s), 1.3 times NumPy's import
  not held against torch: it is not installed
"""


@pytest.fixture
def everything(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = spec_from_file_location("everything", FOLDER / "everything.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "everything", module)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def scripts(
    everything: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    (tmp_path / "a.py").write_text("import absent", encoding="utf-8")
    (tmp_path / "b.py").write_text(f"print({PRINTED!r})", encoding="utf-8")
    page = tmp_path / "page.md"
    page.write_text(f"a\n{everything.BEGIN}\nold\n{everything.END}\nb\n", "utf-8")
    monkeypatch.setattr(everything, "HERE", tmp_path)
    monkeypatch.setattr(everything, "PAGE", page)
    return tmp_path


def test_every_line_with_an_aim_is_a_figure(everything: ModuleType) -> None:
    found = list(everything.figures(PRINTED, script="x.py"))
    assert [(figure.what, figure.measured, figure.aim) for figure in found] == [
        ("large forward", "1.20 of one GEMM", "at most 1.4"),
        ("convgrade --help", "0.15 s CPU", "target 1 s"),
    ]


def test_a_benchmark_that_fails_keeps_none_from_running(
    everything: ModuleType, scripts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert everything.main() == 1
    printed = capsys.readouterr().out
    assert "| large forward | 1.20 of one GEMM | at most 1.4 | `b.py` |" in printed
    assert printed.endswith("failed, or an aim is missed: a.py\n")
    assert "old" in (scripts / "page.md").read_text("utf-8")


def test_the_page_gets_the_figures_and_keeps_all_else(
    everything: ModuleType, scripts: Path
) -> None:
    for _ in range(2):
        everything.main("--page")
        page = (scripts / "page.md").read_text("utf-8")
        assert page.count("large forward") == page.count(everything.BEGIN) == 1
        assert "old" not in page
        assert (page[:2], page[-2:]) == ("a\n", "b\n")


def test_the_documentation_has_a_place_for_them(everything: ModuleType) -> None:
    page = everything.PAGE.read_text("utf-8")
    assert "| x |" in everything.written(page, "| x |")
    with pytest.raises(SystemExit, match="no place for figures"):
        everything.written("", "| x |")


@pytest.mark.parametrize("wrong", [["--smal"], ["--small", "--page"]])
def test_figures_that_mean_nothing_get_on_no_page(
    wrong: list[str], everything: ModuleType
) -> None:
    with pytest.raises(SystemExit, match="--page"):
        everything.main(*wrong)
