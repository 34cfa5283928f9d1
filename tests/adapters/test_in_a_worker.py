"""Shipped adapters run where submissions run: in a worker, behind its walls."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import run_here
from conventions import DEEPLEARNING_AI, STATEFUL

DEEP = """\
[[exercise]]
layer = "conv2d"
adapter = "deeplearning_ai"
remainder = "floor"
[exercise.domain]
square_kernels = true
"""
STATE = '[[exercise]]\nlayer = "conv2d"\nadapter = "stateful_class"\n'


@pytest.mark.parametrize(
    ("toml", "source"), [(DEEP, DEEPLEARNING_AI), (STATE, STATEFUL)]
)
def test_a_shipped_adapter_runs_in_a_worker(
    toml: str, source: str, tmp_path: Path
) -> None:
    (tmp_path / "layers.py").write_text(source, encoding="utf-8")
    assignment = tmp_path / "assignment.toml"
    assignment.write_text(toml, encoding="utf-8")
    ran = run_here(["check", tmp_path / "layers.py", "--assignment", assignment])
    assert ran.code == 0, ran.out + ran.err
