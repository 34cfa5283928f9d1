"""A notebook's commands are taken out, and Python is left as it was."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.loaders.magics import clean


@pytest.mark.parametrize(
    ("cell", "left"),
    [
        ("%matplotlib inline\nx = 1", "\nx = 1"),
        ("!pip install numpy\nx = 1", "\nx = 1"),
        ("!pip install \\\n  numpy \\\n  scipy\nx = 1", "\n\n\nx = 1"),
        ("x = 1\n%time y = f(x)", "x = 1\ny = f(x)"),
        ("%timeit f(x)", ""),
        ("if x:\n    %time y = 1\n", "if x:\n    y = 1\n"),
        ("for i in x:\n    !ls\n", "for i in x:\n    pass\n"),
        ("files = !ls", ""),
        ("t = %timeit -o f(x)", ""),
        ("np.pad?\n?np.pad\nnp.pad??", "\n\n"),
        ("%run layers.py", "from layers import *"),
        ("%run -i ./cs231n/layers", "from cs231n.layers import *"),
        ("%%time\nx = 1", "\nx = 1"),
        ("\n%%capture out\n!ls\nx = 1", "\n\n\nx = 1"),
        ("%%bash\nls", ""),
        ("%%html\n<b>x</b>", ""),
        ("%%cython\ncdef int x", ""),
        ("%%timeit\nx = 1", ""),
        ("%%\nx", "\nx"),
        ("    x = 1\n    y = 2", "x = 1\ny = 2"),
        ("  %matplotlib inline\n  x = 1", "\nx = 1"),
        ("'''\n%not a command\n'''\n%magic", "'''\n%not a command\n'''\n"),
        ("x = (y\n% z)\n%magic", "x = (y\n% z)\n"),
        ("x = y \\\n% z\n%magic", "x = y \\\n% z\n"),
        ("s = '%d' % x", "s = '%d' % x"),
        ("# what is this?\nx = 1", "# what is this?\nx = 1"),
        ("print('really?')", "print('really?')"),
        ("x = 'it\\'s'; y = \"?\"\n%magic", "x = 'it\\'s'; y = \"?\"\n"),
        ("d[k] = !ls", ""),
        ("x = 5 if a != b else 3", "x = 5 if a != b else 3"),
        ("])\n%magic", "])\n"),
        ("'unended\n%magic", "'unended\n"),
    ],
)
def test_commands_are_taken_out(cell: str, left: str) -> None:
    assert clean(cell).source == left


@pytest.mark.parametrize("head", ["%%writefile", "%%file", "%%writefile -a"])
def test_a_written_file_is_told_apart(head: str) -> None:
    cell = clean(f"{head} cs231n/im2col.py\nx = 1\n")
    assert (cell.file, cell.source) == ("cs231n/im2col.py", "x = 1\n")


@given(
    st.lists(
        st.sampled_from(["x = 1", "%m", "!s", "a?", "'''", "(", ")", "# \\", "\\"])
    )
)
def test_lines_keep_their_numbers(lines: list[str]) -> None:
    assert clean("\n".join(lines)).source.count("\n") == max(0, len(lines) - 1)


@given(
    st.lists(st.sampled_from(["x = 1", "if x:", "    y = x", "'a' % x", "('%',", "1)"]))
)
def test_what_is_python_stays_as_it_is(lines: list[str]) -> None:
    source = "\n".join(lines)
    try:
        ast.parse(source)
    except SyntaxError:
        return
    assert clean(source).source == source
