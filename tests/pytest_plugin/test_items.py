from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias
from xml.etree import ElementTree as ET

import pytest
from programs import RIGHT, changed

from grader import session
from grader.errors import SandboxError
from grader.isolation.sandbox import Sandbox
from grader.pytest_plugin.grading import Grading

Tests: TypeAlias = Callable[..., pytest.RunResult]
WRONG = changed(" + b\n", "\n")
WRONG_WITHOUT_PADDING = changed(
    "p:p+x.shape[2], p:p+x.shape[3]]", "p:-p, p:-p] if p else dxp[:, :, 0:0]"
)
RAISING = changed("    N, C", "    raise ValueError\n    N, C")
CRITERIA, KINDS = 7, 8


def test_a_right_program_passes_every_criterion_in_every_kind(tests: Tests) -> None:
    ran = tests(RIGHT)
    ran.assert_outcomes(passed=CRITERIA * KINDS)
    ran.stdout.fnmatch_lines(["convgrade: layers.py, seed *", "layers.py: 100 / 100"])


def test_a_wrong_one_fails_where_it_is_wrong(tests: Tests) -> None:
    ran = tests(WRONG_WITHOUT_PADDING, "-k", "backward.dx")
    ran.assert_outcomes(passed=KINDS // 2, failed=KINDS // 2)
    assert "FAILED layers.py::backward.dx::stride-1/no-padding/square" in str(
        ran.stdout
    )


def test_the_first_failure_may_end_it(tests: Tests) -> None:
    ran = tests("def conv_forward_naive(", "-x")
    ran.assert_outcomes(failed=1)
    assert "stopping after 1 failures" in str(ran.stdout)


def test_tests_are_chosen_by_words_and_by_name(tests: Tests) -> None:
    tests(RIGHT, "-k", "backward.dx and rectangular").assert_outcomes(
        passed=4, deselected=CRITERIA * KINDS - 4
    )
    one = "layers.py::backward.dx::stride-1/padding/square"
    tests(RIGHT, one).assert_outcomes(passed=1)


def test_the_submission_is_never_imported(tests: Tests) -> None:
    ran = tests(f"{RIGHT}\nraise SystemExit('run')\n", "layers.py", "--collect-only")
    assert f"{CRITERIA * KINDS} tests collected" in str(ran.stdout)
    assert "SystemExit" not in str(ran.stdout)


def test_nothing_is_graded_before_a_test_runs(
    tests: Tests, monkeypatch: pytest.MonkeyPatch
) -> None:
    def graded(*_: object, **__: object) -> None:
        raise AssertionError("graded")

    monkeypatch.setattr(session, "grade_path", graded)
    ran = tests(WRONG, "--collect-only", "-q")
    assert f"{CRITERIA * KINDS} tests collected" in str(ran.stdout)


def test_it_is_graded_once(tests: Tests, monkeypatch: pytest.MonkeyPatch) -> None:
    real, paths = session.grade_path, []

    def counted(path: Path, *rest: session.Setting, **named: object) -> object:
        paths.append(path.name)
        return real(path, *rest, **named)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(session, "grade_path", counted)
    tests(RIGHT)
    assert paths == ["layers.py"]


def test_junit_xml_holds_the_counterexamples(tests: Tests, tmp_path: Path) -> None:
    tests(WRONG, f"--junitxml={tmp_path}/junit.xml", "-k", "forward")
    root = ET.parse(tmp_path / "junit.xml").getroot()  # noqa: S314 (pytest wrote it)
    assert len(root.findall(".//testcase")) == 2 * KINDS
    failures = root.findall(".//failure")
    assert len(failures) == KINDS
    told = str(failures[0].text)
    assert "Smallest case for forward.value" in told
    assert "out, cache = conv_forward_naive(x, w, b, conv_param)" in told
    scores = {each.get("value") for each in root.findall(".//property")}
    assert scores == {"65 / 100"}


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("def conv_forward_naive(", "is not Python"),
        ("print('nothing')", "conv_forward_naive"),
    ],
)
def test_what_cannot_be_read_fails_with_its_reason(
    source: str, told: str, tests: Tests
) -> None:
    ran = tests(source, "-k", "forward.shape")
    ran.assert_outcomes(failed=KINDS, deselected=(CRITERIA - 1) * KINDS)
    assert told in str(ran.stdout)


class Broken:
    """A sandbox that is at fault, always."""

    tier = "weak"

    def open(self, *_: object) -> object:
        raise SandboxError("no process starts")

    def close(self) -> None:
        pass


def test_what_is_not_judged_is_an_error_and_no_failure(
    tests: Tests, monkeypatch: pytest.MonkeyPatch
) -> None:
    from grader.batch import setting  # noqa: PLC0415 (the fixture has put its own)

    run = tests
    monkeypatch.setattr(setting, "open_sandbox", lambda _: Broken())
    ran = run(RIGHT, "-k", "forward.shape")
    ran.assert_outcomes(errors=KINDS, deselected=(CRITERIA - 1) * KINDS)
    assert "no process starts" in str(ran.stdout)


def test_a_sandbox_that_does_not_start_is_an_error_too(
    tests: Tests, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: object) -> Sandbox:
        raise SandboxError("Python cannot be started")

    from grader.batch import setting  # noqa: PLC0415 (the same)

    monkeypatch.setattr(setting, "open_sandbox", refused)
    ran = tests(RIGHT, "-k", "backward.db and padding and square")
    assert ran.parseoutcomes()["errors"] == 4
    assert "not judged: Python cannot be started" in str(ran.stdout)


def test_an_assignment_is_followed(tests: Tests, pytester: pytest.Pytester) -> None:
    pytester.path.joinpath("assignment.toml").write_text(
        'seed = 5\n[[exercise]]\nname = "first"\n[exercise.domain]\npads = [1]\n'
        '[[exercise]]\nname = "second"\n[exercise.domain]\npads = [1]\n',
        "utf-8",
    )
    ran = tests(RIGHT, "--assignment", "assignment.toml", "-k", "forward.value", "-v")
    ran.assert_outcomes(passed=KINDS, deselected=(CRITERIA - 1) * KINDS)
    told = str(ran.stdout)
    assert "layers.py, seed 5" in told
    assert "second.forward.value::stride-1/padding/square" in told


def test_what_the_assignment_hides_is_in_no_failure(
    tests: Tests, pytester: pytest.Pytester
) -> None:
    hides = "[feedback]\nboundaries = false\ncounterexamples = false\n"
    pytester.path.joinpath("assignment.toml").write_text(hides, "utf-8")
    ran = tests(RAISING, "--assignment", "assignment.toml", "-k", "forward.value")
    ran.assert_outcomes(failed=KINDS, deselected=(CRITERIA - 1) * KINDS)
    assert "Smallest case" not in str(ran.stdout)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--submission", "nowhere.py"], "--submission is *nowhere.py*"),
        (["--assignment", "nowhere.toml"], "*nowhere.toml*"),
    ],
)
def test_a_wrong_option_is_one_sentence(
    options: list[str], told: str, tests: Tests
) -> None:
    ran = tests(RIGHT, *options)
    assert ran.ret == pytest.ExitCode.USAGE_ERROR
    ran.stderr.fnmatch_lines([f"ERROR: {told}"])


def test_the_same_seed_is_told_to_every_process(tmp_path: Path) -> None:
    (tmp_path / "layers.py").write_text(RIGHT, "utf-8")
    path = tmp_path / "layers.py"
    one = Grading.of(path, assignment=None, seed=None)
    other = Grading.of(path, assignment=None, seed=one.seed)
    assert one.corpora[0].digest == other.corpora[0].digest
