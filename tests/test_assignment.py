"""What the assignment file may say, and how it is refused."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.assignment import DEFAULT, Assignment, load_assignment, parse_assignment
from grader.errors import UsageError
from grader.exercises import load_exercise
from grader.messages import LANGUAGES
from grader.records import Tier

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLE: Final = """
name = "cs231n-a2-conv"
file = "layers.py"
seed = 7
[[exercise]]
layer = "conv2d"
forward = "conv_forward_naive"
remainder = "floor"
search = 100
points_step = 0.5
adapter = "mine.py"
[exercise.domain]
square_kernels = true
strides = [1, 2]
[exercise.points]
"forward.value" = 50
[provided]
files = ["im2col.py"]
[rules]
forbidden = ["np.convolve"]
[limits]
call_seconds = 2
tier = "medium"
[feedback]
language = "ko"
"""


def read(text: str, folder: Path) -> Assignment:
    return parse_assignment(text.encode(), source="assignment.toml", folder=folder)


def refusal(text: str, folder: Path) -> str:
    with pytest.raises(UsageError) as caught:
        read(text, folder)
    return str(caught.value)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "im2col.py").write_text("COURSE = 1\n", encoding="utf-8")
    (tmp_path / "mine.py").write_text("def forward(): ...\n", encoding="utf-8")
    return tmp_path


def test_every_key_arrives(folder: Path) -> None:
    assignment = read(EXAMPLE, folder)
    graded = assignment.exercises[0]
    assert (assignment.name, assignment.file, assignment.seed) == (
        "cs231n-a2-conv",
        "layers.py",
        7,
    )
    assert (graded.remainder, graded.search, graded.points_step) == ("floor", 100, 0.5)
    assert graded.points == {"forward.value": 50}
    assert assignment.limits.call_seconds == 2
    assert assignment.tier is Tier.MEDIUM
    assert assignment.feedback.language == "ko"


def test_named_files_are_read_into_the_assignment(folder: Path) -> None:
    assignment = read(EXAMPLE, folder)
    adapter = assignment.adapter_of(assignment.exercises[0])
    assert [unit.source for unit in assignment.provided] == ["COURSE = 1\n"]
    assert adapter is not None
    assert adapter.source == "def forward(): ...\n"


def test_the_digest_follows_the_named_files(folder: Path) -> None:
    before = read(EXAMPLE, folder).digest
    (folder / "im2col.py").write_text("COURSE = 2\n", encoding="utf-8")
    assert read(EXAMPLE, folder).digest != before


def test_an_empty_file_is_the_default(folder: Path) -> None:
    assignment = read("", folder)
    assert replace(assignment, path="", digest="") == DEFAULT


def test_a_byte_order_mark_is_no_fault(folder: Path) -> None:
    assert read("\ufeffname = 'x'", folder).name == "x"


def test_the_default_needs_neither_pydantic_nor_numpy() -> None:
    code = (
        "import sys, grader.assignment;"
        "print(sorted({'pydantic', 'numpy', 'hypothesis'} & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("name = 3", "name is 3; wanted text in quotes"),
        ("sed = 4", "there is no 'sed' here; did you mean 'seed'?"),
        ("seed = -1", "seed is -1; wanted a number >= 0"),
        ("seed = true", "seed is True; wanted a whole number"),
        ("name = 2020-01-01", "wanted text in quotes"),
        ("exercise = []", "exercise is []; wanted at least one"),
        ("exercise = 3", "exercise is 3; wanted a list"),
        ("exercise = [3]", "exercise[1] is 3; wanted a table"),
        ("[limits]\ncall_seconds = nan", "limits.call_seconds is nan; wanted a finite"),
        ("[limits]\ncall_seconds = 0", "wanted a number > 0"),
        ("[limits]\ncall_seconds = '1'", "is '1'; wanted a number"),
        ("[limits]\ncall_seconds = 99", "wanted at most submission_seconds, 60.0"),
        ("[limits]\ntier = 'storng'", "wanted 'strong', 'medium' or 'weak'"),
        ("[limits]\nsecond = 1", "there is no 'second' here"),
        ("[feedback]\nlanguage = 'fr'", "feedback.language is 'fr'; wanted 'en' or"),
        (
            "[provided]\nfiles = ['no.py']",
            "provided.files[1] is 'no.py'; wanted a file",
        ),
        ("[provided]\nfiles = ['']", "provided.files[1] is ''; wanted some text"),
        ("[[exercise]]\nadapter = 'no.py'", "exercise[1].adapter is 'no.py'"),
        ("[[exercise]]\nadapter = 'deeplerning'", "there is no 'deeplerning' here"),
        ("[[exercise]]\n[[exercise]]", "exercise[2].name is 'conv2d'; another"),
        ("[[exercise]]\npoints_step = 0", "points_step is 0; wanted a number > 0"),
        ("a = ", "'assignment.toml' is not TOML"),
    ],
)
def test_a_fault_names_key_value_and_what_is_allowed(
    text: str, wanted: str, folder: Path
) -> None:
    assert wanted in refusal(text, folder)


def test_all_faults_are_told_at_once(folder: Path) -> None:
    text = "name = 1\nsed = 2\n[provided]\nfiles = ['no.py']\n[limits]\ntier = 'x'"
    told = refusal(text, folder)
    assert all(key in told for key in ("name", "sed", "files[1]", "limits.tier"))


def test_an_own_sentence_must_replace_one(folder: Path) -> None:
    told = refusal("[feedback.messages]\n'no.such.sentence' = 'x'", folder)
    assert "there is no 'no.such.sentence' here" in told


def test_a_file_of_other_bytes_is_refused(folder: Path) -> None:
    with pytest.raises(UsageError, match="is not UTF-8 text: byte 0"):
        parse_assignment(b"\xff", source="a.toml", folder=folder)


def test_a_provided_file_that_is_no_python_is_refused(folder: Path) -> None:
    (folder / "im2col.py").write_text("print 'x'\n", encoding="utf-8")
    assert "wanted a Python file in UTF-8" in refusal(EXAMPLE, folder)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        load_assignment(tmp_path / "assignment.toml")


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "assignment.toml"
    path.write_bytes(b"#" * 1_000_001)
    with pytest.raises(UsageError, match="1000001 bytes"):
        load_assignment(path)


toml_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)


@given(
    key=st.sampled_from([field.name for field in fields(DEFAULT.exercises[0])]),
    value=toml_like,
)
def test_any_value_of_any_key_is_taken_or_refused(
    key: str, value: object, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = f"[[exercise]]\n{key} = {value!r}".replace("True", "true")
    try:
        read(text.replace("False", "false"), tmp_path_factory.getbasetemp())
    except UsageError as error:
        assert "assignment.toml" in str(error)  # noqa: PT017 (both endings are right)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("layer = 'conv3d'", "exercise[1].layer is 'conv3d'"),
        ("points = {'forward.valeu' = 3}", "did you mean 'forward.value'?"),
        ("keywords = {y = 'A'}", "there is no 'y' here; known: b, conv_param, w, x"),
        ("option_names = {strid = 's'}", "did you mean 'stride'?"),
        ("arguments = ['x', 'w', 'b']", "wanted each of x, w, b, conv_param once"),
        ("domain = {square_kernel = true}", "did you mean 'square_kernels'?"),
        ("domain = {square_kernels = [1]}", "wanted true or false"),
        ("domain = {strides = 3}", "wanted a list of whole numbers"),
        ("domain = {H = [1], HH = [2], pads = [0]}", "leaves at least one published"),
    ],
)
def test_an_exercise_is_checked_against_its_layer(
    text: str, wanted: str, folder: Path
) -> None:
    assert wanted in refusal(f"[[exercise]]\n{text}", folder)


def test_some_points_must_be_left(folder: Path) -> None:
    names = [criterion.name for criterion in load_exercise("conv2d").criteria]
    none = ", ".join(f"'{name}' = 0" for name in names)
    told = refusal(f"[[exercise]]\npoints = {{{none}}}", folder)
    assert "more than 0 points" in told


def test_points_not_listed_keep_their_default(folder: Path) -> None:
    points = read(EXAMPLE, folder).exercises[0].points_for(load_exercise("conv2d"))
    assert (points["forward.value"], points["backward.dx"]) == (50, 20)


def test_a_domain_becomes_flags_and_axes(folder: Path) -> None:
    domain = read(EXAMPLE, folder).exercises[0].domain_for(load_exercise("conv2d"))
    assert domain.flags == {"square_kernels"}
    assert domain.allowed == {"stride": {1, 2}}
    assert domain.remainder == "floor"


def test_the_convention_is_the_exercises_own_by_default() -> None:
    convention = DEFAULT.exercises[0].convention_for(load_exercise("conv2d"))
    assert convention.forward == "conv_forward_naive"
    assert convention.arguments == ("x", "w", "b", "conv_param")


def test_an_own_sentence_takes_the_place_of_ours(folder: Path) -> None:
    name = next(iter(LANGUAGES["en"]))
    text = f"[feedback.messages]\n{name!r} = 'Ask me after class.'"
    assert read(text, folder).feedback.messages == {name: "Ask me after class."}


@pytest.mark.parametrize("sentence", ["{no_such_value}", "{", "{0}"])
def test_an_own_sentence_shows_what_ours_shows_at_most(
    sentence: str, folder: Path
) -> None:
    name = next(iter(LANGUAGES["en"]))
    told = refusal(f"[feedback.messages]\n{name!r} = '{sentence}'", folder)
    assert f'feedback.messages."{name}"' in told
