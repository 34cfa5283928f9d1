from __future__ import annotations

import ast
import json
import re
import tomllib
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
import yaml

from grader.assignment import parse_assignment
from grader.assignment.read import KEYS
from grader.course import repository
from grader.course.archive import File
from grader.course.repository import Plan, Platform
from grader.exercise import Exercise
from grader.exercises import EXERCISES, load_exercise
from grader.loaders.unfilled import is_unfilled

HIDDEN_KEY = re.compile(r"^# (?=[\"\w.]+ = |\[[\w.]+\])", re.MULTILINE)
KEY = re.compile(r"^(?:# )?([\w\"]+) = |^(?:# )?\[\[?([\w.]+)\]", re.MULTILINE)
LANGUAGES = ("en", "ko")


def texts(files: tuple[File, ...]) -> dict[str, str]:
    return {f.path: f.content.decode() for f in files if not f.path.endswith(".whl")}


def test_the_assignment_of_a_new_course_is_accepted_as_it_is(plan: Plan) -> None:
    text = texts(repository.for_students(plan))["assignment.toml"]
    read = parse_assignment(text.encode(), source="it", folder=Path())
    assert read.name == plan.name
    assert [graded.layer for graded in read.exercises] == ["conv2d"]


def test_every_key_that_there_is_is_explained(plan: Plan) -> None:
    text = texts(repository.for_students(plan))["assignment.toml"]
    found = {key or table.rpartition(".")[2] for key, table in KEY.findall(text)}
    for keys in KEYS.values():
        assert set(keys) <= found


def test_every_key_that_is_hidden_can_be_uncovered(plan: Plan, tmp_path: Path) -> None:
    text = texts(repository.for_students(plan))["assignment.toml"]
    uncovered, count = HIDDEN_KEY.subn("", text)
    assert count > 10
    parse_assignment(uncovered.encode(), source="it", folder=tmp_path)


def test_what_is_written_out_are_the_defaults(plan: Plan) -> None:
    text = texts(repository.for_students(plan))["assignment.toml"]
    read = parse_assignment(text.encode(), source="it", folder=Path())
    bare = parse_assignment(b"", source="it", folder=Path())
    assert read.limits == bare.limits
    assert read.feedback == bare.feedback
    conv2d = load_exercise("conv2d")
    assert read.exercises[0].points_for(conv2d) == bare.exercises[0].points_for(conv2d)


@pytest.fixture
def strange(monkeypatch: pytest.MonkeyPatch) -> Exercise:
    """A layer that has no templates of its own, and no options."""
    exercise = replace(
        load_exercise("conv2d"),
        name="strange",
        forward="strange_forward",
        backward="strange_backward",
        options_name=None,
        gradients=("dx",),
        unfilled={},
    )
    known = {"conv2d": load_exercise("conv2d"), "strange": exercise}
    monkeypatch.setattr(repository, "load_exercise", known.__getitem__)
    return exercise


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_layer_without_templates_gets_plain_ones(
    language: str, plan: Plan, strange: Exercise
) -> None:
    both = replace(plan, language=language, layers=("conv2d", "strange"))
    made = texts(repository.for_students(both))
    functions = {
        node.name: node
        for node in ast.parse(made["layers.py"]).body
        if isinstance(node, ast.FunctionDef)
    }
    assert {strange.forward, strange.backward} <= functions.keys()
    assert all(map(is_unfilled, functions.values()))
    arguments = [a.arg for a in functions[strange.forward].args.args]
    assert arguments == list(strange.arrays)
    assert f"- `{strange.forward}`" in made["README.md"]
    second = tomllib.loads(made["assignment.toml"])["exercise"][1]
    assert second["layer"] == "strange"
    assert second["points"] == {c.name: c.points for c in strange.criteria}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("layer", EXERCISES)
def test_a_course_with_any_layer_works_at_once(
    layer: str, language: str, plan: Plan
) -> None:
    wanted = replace(plan, language=language, layers=(layer,))
    made = texts(repository.for_students(wanted))
    text = made["assignment.toml"].encode()
    [graded] = parse_assignment(text, source="it", folder=Path()).exercises
    assert graded.layer == layer
    functions = [n for n in ast.parse(made["layers.py"]).body if hasattr(n, "name")]
    assert len(functions) == 2
    assert all(map(is_unfilled, functions))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_templates_are_unfilled_in_both_files(language: str, plan: Plan) -> None:
    made = texts(repository.for_students(replace(plan, language=language)))
    notebook = json.loads(made["layers.ipynb"])
    cells = [
        "".join(c["source"]) for c in notebook["cells"] if "def " in c["source"][0]
    ]
    for source in (made["layers.py"], "\n".join(cells)):
        functions = [
            node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)
        ]
        names = [function.name for function in functions]
        assert names == ["conv_forward_naive", "conv_backward_naive"]
        assert all(map(is_unfilled, functions))


def test_the_notebook_is_one(plan: Plan) -> None:
    text = texts(repository.for_students(plan))["layers.ipynb"]
    read = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(read)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("platform", Platform)
def test_no_place_stays_open(platform: Platform, language: str, plan: Plan) -> None:
    wanted = replace(plan, platform=platform, language=language)
    for compose in (repository.for_students, repository.for_grading):
        for text in texts(compose(wanted)).values():
            assert re.findall(r"@[A-Z_]+@", text) == []


def test_every_version_is_pinned(plan: Plan) -> None:
    made = texts(repository.for_students(plan))
    pinned = [line for line in made["requirements.txt"].splitlines() if line[0] != "#"]
    assert pinned == [f"./wheels/{plan.wheel.name}", f"numpy=={plan.pins.numpy}"]
    assert made[".python-version"] == f"{plan.pins.python}\n"


@pytest.mark.parametrize("compose", [repository.for_students, repository.for_grading])
def test_workflows_are_yaml_that_asks_for_few_rights(compose: type, plan: Plan) -> None:
    [workflow] = [
        text for p, text in texts(compose(plan)).items() if p.endswith(".yml")
    ]
    read = yaml.safe_load(workflow)
    assert read["permissions"] == {"contents": "read"}
    assert all("timeout-minutes" in job for job in read["jobs"].values())


def test_classroom50_brings_its_own_workflow(plan: Plan) -> None:
    made = texts(repository.for_students(replace(plan, platform=Platform.CLASSROOM50)))
    assert not [path for path in made if path.startswith(".github")]


def test_gradescopes_container_holds_what_a_submission_may_use(plan: Plan) -> None:
    made = texts(repository.for_students(replace(plan, platform=Platform.GRADESCOPE)))
    text = made["assignment.toml"].encode()
    assert parse_assignment(text, source="it", folder=Path()).limits.memory_mb == 512
