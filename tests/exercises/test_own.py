from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from judging import corpus_of

from grader.assignment import Assignment, load_assignment
from grader.batch import corpora, rubrics
from grader.errors import UsageError
from grader.loaders.extract import asked_names

OWN = """
from dataclasses import replace
from grader.exercise import Answer, Criterion
from grader.exercises.affine import AFFINE

def scaled(arrays, options, dout):
    right = AFFINE.oracle(arrays, options, dout)
    gradients = {name: 2 * each for name, each in right.gradients.items()}
    return Answer(out=2 * right.out, gradients=gradients)

Doubled = replace(AFFINE, name="doubled", forward="doubled", oracle=scaled)
"""
TOML = '[[exercise]]\nlayer = "my_layers:Doubled"\n'


def assignment(folder: Path, own: str = OWN, toml: str = TOML) -> Assignment:
    (folder / "my_layers.py").write_text(textwrap.dedent(own), encoding="utf-8")
    (folder / "assignment.toml").write_text(toml, encoding="utf-8")
    return load_assignment(folder / "assignment.toml")


def refused(folder: Path, own: str = OWN, toml: str = TOML) -> str:
    with pytest.raises(UsageError) as caught:
        assignment(folder, own, toml)
    (line,) = str(caught.value).splitlines()
    return line


def test_an_own_layer_is_graded_by_its_own_reference(tmp_path: Path) -> None:
    known = assignment(tmp_path)
    (corpus,) = corpora.build(known, seed=1)
    ours = corpus_of("affine", seed=1)
    for own, shipped in zip(corpus.entries, ours.entries, strict=True):
        assert (own.first.expected.out == 2 * shipped.first.expected.out).all()
    assert asked_names(known) == ("doubled", "affine_backward")
    assert list(rubrics.of(known)) == ["Doubled"]


def test_it_is_run_once_and_another_text_is_another_layer(tmp_path: Path) -> None:
    known, again = assignment(tmp_path), assignment(tmp_path)
    graded = known.exercises[0]
    assert known.exercise_of(graded) is again.exercise_of(graded)
    other = assignment(tmp_path, OWN + "# changed\n")
    assert other.exercise_of(graded) is not known.exercise_of(graded)
    assert other.digest != known.digest


def test_modules_beside_it_can_be_imported(tmp_path: Path) -> None:
    (tmp_path / "beside_own_layer.py").write_text("NAME = 'doubled'\n")
    known = assignment(tmp_path, "import beside_own_layer\n" + OWN)
    assert known.exercise_of(known.exercises[0]).name == "doubled"


def test_a_module_in_a_folder_is_named_with_a_dot(tmp_path: Path) -> None:
    (tmp_path / "layers").mkdir()
    (tmp_path / "layers" / "mine.py").write_text(OWN, encoding="utf-8")
    toml = '[[exercise]]\nlayer = "layers.mine:Doubled"\n'
    known = assignment(tmp_path, "", toml)
    assert known.exercises[0].title == "Doubled"


def test_it_stands_beside_layers_of_ours(tmp_path: Path) -> None:
    toml = TOML + '[[exercise]]\nlayer = "affine"\n[[exercise]]\nlayer = "max_pool"\n'
    known = assignment(tmp_path, OWN, toml)
    assert list(rubrics.of(known)) == ["Doubled", "affine", "max_pool"]
    assert len({c.digest for c in corpora.build(known, seed=1)}) == 3


BROKEN = [
    ("x = (", "wanted a Python file in UTF-8"),
    ("import no_such_module_at_all", "raises ModuleNotFoundError: No module named"),
    ("raise SystemExit(3)", "running it raises SystemExit: 3"),
    ("Other = 1", "'Doubled' is not there; wanted a grader.exercise.Exercise"),
    ("Doubled = 1", "'Doubled' is int; wanted a grader.exercise.Exercise"),
    ("Doubled = replace(AFFINE, criteria=())", "wanted 'forward.shape' among them"),
    (
        "c = AFFINE.criteria; Doubled = replace(AFFINE, criteria=(*c[:-2], c[-1]))",
        "its criteria are for the gradients ['dx', 'dw']; wanted one for each of",
    ),
    (
        (
            "c = Criterion(name='style', points=5)\n"
            "Doubled = replace(AFFINE, criteria=(*AFFINE.criteria, c))"
        ),
        "its criterion 'style' names no gradient; wanted one",
    ),
    ("Doubled = replace(AFFINE, gradient_of={})", "gradient_of is {}; wanted every"),
    (
        "Doubled = replace(AFFINE, published=lambda domain: ())",
        "it publishes no cases; wanted at least one",
    ),
    ("Doubled = replace(AFFINE, regimes=())", "is in no regime but 'rows'; wanted one"),
    (
        "Doubled = replace(AFFINE, arrays=('x', 'w'))",
        "shapes names ['b', 'dout', 'w', 'x']; wanted ['x', 'w']",
    ),
    (
        "Doubled = replace(AFFINE, output_shape=lambda axes: (axes['M'], axes['N']))",
        "fill gives arrays of shapes",
    ),
    (
        (
            "bad = lambda _, __, dout: Answer(out=dout[0], gradients={})\n"
            "Doubled = replace(AFFINE, oracle=bad)"
        ),
        "the oracle answers with shapes {'out': (4,)}; wanted {'out': (3, 4)",
    ),
    (
        "Doubled = replace(AFFINE, oracle=lambda *given: 1 / 0)",
        "asking it for a case raises ZeroDivisionError: division by zero",
    ),
]


@pytest.mark.parametrize(("line", "told"), BROKEN)
def test_what_is_wrong_with_it_is_one_sentence(
    tmp_path: Path, line: str, told: str
) -> None:
    head, _, _ = OWN.rpartition("Doubled")
    found = refused(tmp_path, f"{head}\n{line}\n")
    assert "exercise[1].layer is 'my_layers:Doubled'; " in found
    assert told in found


def test_a_file_that_is_not_there_is_named_with_the_reason(tmp_path: Path) -> None:
    toml = '[[exercise]]\nlayer = "nowhere:Doubled"\n'
    told = refused(tmp_path, OWN, toml)
    assert "layer is 'nowhere:Doubled'; wanted a file beside the assignment" in told


def test_a_layer_that_nobody_knows_is_told_how_to_name_an_own_one(
    tmp_path: Path,
) -> None:
    told = refused(tmp_path, OWN, '[[exercise]]\nlayer = "conv3d"\n')
    assert "'affine' or 'conv2d' or 'max_pool', or one of your own" in told


def test_real_data_needs_bounds_that_the_layer_has_not(tmp_path: Path) -> None:
    told = refused(tmp_path, OWN, '[[exercise]]\nlayer = "affine"\ndata = "real"\n')
    assert "data is 'real'; affine has no bounds for real data" in told
