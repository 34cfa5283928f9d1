from __future__ import annotations

from pathlib import Path

import pytest

from grader.course.named_files import gathered
from grader.errors import UsageError


def written(folder: Path, text: str, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x = 1\n", encoding="utf-8")
    file = folder / "a2.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_every_file_that_is_named_comes_along_once(tmp_path: Path) -> None:
    text = """
        [[exercise]]
        adapter = "course/own.py"
        [[exercise]]
        layer = "course.layers:Affine"
        adapter = "course/own.py"
        [[exercise]]
        adapter = "stateful_class"
        [provided]
        files = ["im2col.py"]
    """
    names = ("course/own.py", "course/layers.py", "im2col.py")
    file = written(tmp_path, text, *names)
    assert {f.path for f in gathered(file)} == {"assignment.toml", *names}
    assert len(gathered(file)) == 4


def test_the_file_itself_is_packed_byte_by_byte(tmp_path: Path) -> None:
    file = written(tmp_path, '\ufeffname = "é"\n')
    assert gathered(file)[0].content == file.read_bytes()


@pytest.mark.parametrize("name", ["../im2col.py", "/im2col.py", "a/../../b.py"])
def test_a_file_elsewhere_is_refused(name: str, tmp_path: Path) -> None:
    file = written(tmp_path, f'[provided]\nfiles = ["{name}"]\n')
    with pytest.raises(UsageError, match="wanted a file in its own folder"):
        gathered(file)


def test_a_layer_of_ones_own_brings_what_it_imports(tmp_path: Path) -> None:
    text = '[[exercise]]\nlayer = "course.layers:Mine"\n'
    file = written(tmp_path, text, "course/tables/sizes.py", "course/alone.py")
    (tmp_path / "course" / "tables" / "__init__.py").write_text("import words\n")
    (tmp_path / "course" / "words.py").write_text("import layers, json\n")
    source = "import numpy as np\nfrom tables.sizes import SIZES\n"
    (tmp_path / "course" / "layers.py").write_text(source, "utf-8")
    names = {"layers.py", "tables/__init__.py", "tables/sizes.py", "words.py"}
    wanted = {"assignment.toml", *(f"course/{name}" for name in names)}
    assert {found.path for found in gathered(file)} == wanted
