from __future__ import annotations

import pytest
from programs import RIGHT

INERT = """
import sys

def test_nothing_heavy_is_loaded():
    assert "grader.pytest_plugin" in sys.modules
    assert not {"numpy", "hypothesis", "rich", "grader.session"} & set(sys.modules)
"""


def test_without_the_option_nothing_is_loaded(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(INERT)
    ran = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    ran.assert_outcomes(passed=1)


@pytest.mark.thorough
def test_two_processes_share_the_tests_and_the_data(pytester: pytest.Pytester) -> None:
    pytester.path.joinpath("layers.py").write_text(RIGHT, "utf-8")
    options = ("-n", "2", "-k", "forward", "-p", "no:cacheprovider")
    ran = pytester.runpytest_subprocess("--submission", "layers.py", *options)
    ran.assert_outcomes(passed=16)
    ran.stdout.fnmatch_lines(["layers.py: 100 / 100"])
