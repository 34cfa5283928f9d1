"""Notebooks of every version are read cell by cell, and broken ones are refused."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys

import pytest
from handed_in import (
    BACKWARD,
    BOTH,
    FORWARD,
    extraction,
    kept,
    notebook,
    notes,
    submission,
    told,
)
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import SubmissionError
from grader.loaders.from_notebook import read


def cells(text: str) -> list[tuple[str, str]]:
    file, *_ = read(text.encode(), "a.ipynb")
    return [(unit.name, unit.source) for unit in file.units]


def refusal(content: str | bytes) -> str:
    content = content.encode() if isinstance(content, str) else content
    with pytest.raises(SubmissionError) as caught:
        read(content, "a.ipynb")
    assert told(caught.value, "ko")
    return told(caught.value)


def old(*sources: str) -> str:
    made = [
        {"cell_type": "code", "input": source, "language": "python", "outputs": [{}]}
        for source in sources
    ]
    sheet = {"cells": [{"cell_type": "markdown", "source": "x"}, *made]}
    return json.dumps({"nbformat": 3, "nbformat_minor": 0, "worksheets": [sheet]})


def test_cells_are_named_by_their_place_among_all_cells() -> None:
    found = json.loads(notebook("x = 1", "y = 2"))
    found["cells"].insert(1, {"cell_type": "markdown", "source": "text"})
    assert cells(json.dumps(found)) == [
        ("a.ipynb, cell 1", "x = 1"),
        ("a.ipynb, cell 3", "y = 2"),
    ]


def test_a_notebook_of_version_3_is_read() -> None:
    assert cells(old("x = 1", "y = 2")) == [
        ("a.ipynb, cell 2", "x = 1"),
        ("a.ipynb, cell 3", "y = 2"),
    ]


@pytest.mark.parametrize("source", ["x = 1\ny = 2", ["x = 1\n", "y = 2"]])
def test_a_source_is_a_text_or_a_list_of_lines(source: str | list[str]) -> None:
    cell = {"cell_type": "code", "source": source}
    found = json.dumps({"nbformat": 4, "cells": [cell]})
    assert cells(found) == [("a.ipynb, cell 1", "x = 1\ny = 2")]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        '{"nbformat": 4}',
        '{"nbformat": 4, "cells": {}}',
        '{"nbformat": 3, "worksheets": 3}',
        '{"nbformat": 2}',
        '{"nbformat": "x", "worksheets": [{"cells": [3]}]}',
        "print('not a notebook')",
        notebook(BOTH)[:-40],
        "[" * 100_000,
        '{"cells":' * 50_000,
        '{"nbformat": ' + "9" * 5_000 + "}",
    ],
    ids=range(15),
)
def test_a_broken_notebook_is_refused(content: str) -> None:
    assert "a.ipynb" in refusal(content)


def test_a_merge_conflict_is_named() -> None:
    text = notebook("x = 1").replace('"cells"', '\n<<<<<<< HEAD\n"cells"')
    assert "left over from a merge conflict" in refusal(text)


@pytest.mark.parametrize(
    "found",
    [
        notebook(),
        notebook("%matplotlib inline", ""),
        json.dumps({"nbformat": 4, "cells": [3, {"cell_type": "code", "source": 3}]}),
    ],
)
def test_a_notebook_without_code_is_refused(found: str) -> None:
    assert "has no code in any cell" in refusal(found)


def test_a_notebook_over_the_limit_is_refused() -> None:
    assert "larger than 20 MB" in refusal(b" " * (20 * 1024 * 1024 + 1))


def test_more_things_than_memory_holds_are_refused() -> None:
    assert "larger than" in refusal('{"cells": [' + "[]," * 500_000 + "[]]}")


def test_many_numbers_in_an_output_are_no_reason_to_refuse() -> None:
    output = {"output_type": "stream", "text": "[1, 2], " * 200_000}
    cell = {"cell_type": "code", "source": "x = 1", "outputs": [output]}
    assert cells(json.dumps({"nbformat": 4, "cells": [cell]}))


def test_more_code_than_anyone_writes_is_refused() -> None:
    assert "256 kB" in refusal(notebook(*["x = 1\n" * 10_000] * 5))


def test_outputs_are_passed_over() -> None:
    image = base64.b64encode(os.urandom(30_000)).decode()
    output = {"output_type": "display_data", "data": {"image/png": image}}
    found = json.loads(notebook("x = 1"))
    found["cells"][0]["outputs"] = [output] * 30
    assert cells(json.dumps(found)) == [("a.ipynb, cell 1", "x = 1")]


def test_the_last_definition_in_force_is_graded() -> None:
    found = submission(
        a_ipynb=notebook(FORWARD, BACKWARD, FORWARD.replace("x, w\n", "w, x\n"))
    )
    assert "return w, x" in kept(found)
    assert "return x, w" not in kept(found)
    assert "loading.note.redefined" in notes(extraction(found))


def test_a_cell_that_cannot_run_does_no_harm_where_it_is_not_needed() -> None:
    broken = "import torch\nmodel = torch.nn.Linear(3, 3)"
    found = submission(a_ipynb=notebook("print 'x'", broken, "1 +", BOTH, "stop here"))
    assert kept(found) == BOTH


def test_a_broken_cell_with_the_function_is_told() -> None:
    broken = "def conv_forward_naive(x, w, b, conv_param):\n    print 'x'"
    with pytest.raises(SubmissionError) as caught:
        extraction(submission(a_ipynb=notebook("x = 1", broken)))
    assert "cell 2, line 2 " in told(caught.value)
    assert "is Python 2" in told(caught.value)


def test_what_another_cell_imports_is_found() -> None:
    function = FORWARD.replace("x, w\n", "np.pad(x, 1), w\n")
    found = submission(
        a_ipynb=notebook("%matplotlib inline\nimport numpy as np", function, BACKWARD)
    )
    units = extraction(found).program.units
    assert [unit.name for unit in units] == [f"a.ipynb, cell {n}" for n in (1, 2, 3)]
    assert units[0].source == "\nimport numpy as np\n"


def test_solutions_between_delimiters_are_code_like_any() -> None:
    solution = (
        "def conv_forward_naive(x, w, b, conv_param):\n    ### BEGIN SOLUTION\n"
        "    return x, w\n    ### END SOLUTION\n"
    )
    tests = "### BEGIN HIDDEN TESTS\nassert conv_forward_naive(1, 2, 3, 4)\n"
    found = submission(a_ipynb=notebook(solution, tests, BACKWARD))
    code = [line for line in solution.split("\n") if "END" not in line]
    assert kept(found) == "\n".join(code) + BACKWARD


def test_a_file_that_a_cell_writes_is_a_file_of_the_submission() -> None:
    written = f"%%writefile layers.py\n{BOTH}"
    found = submission(a_ipynb=notebook(written, "%run layers.py", "print(1)"))
    cut = extraction(found)
    assert cut.file == "layers.py"
    assert cut.program.units[0].source == f"\n{BOTH}"


def test_a_file_that_several_cells_write_holds_all_of_them() -> None:
    cells = ("%%writefile layers.py\nx = 1", f"%%writefile -a layers.py\n{BOTH}")
    cut = extraction(submission(a_ipynb=notebook(*cells, "import layers")))
    assert cut.program.units[0].name == "layers.py"
    assert cut.program.units[0].source == f"\n{BOTH}"


def test_a_file_that_is_written_again_holds_the_last_cell_only() -> None:
    cells = ("%%writefile layers.py\nx = (", f"%%writefile layers.py\n{BOTH}")
    assert extraction(submission(a_ipynb=notebook(*cells))).file == "layers.py"


def test_only_an_old_notebook_imports_nbformat() -> None:
    code = (
        "import sys; from grader.loaders.from_notebook import read;"
        f"read({notebook('x = 1').encode()!r}, 'a.ipynb');"
        "print('nbformat' in sys.modules);"
        f"read({old('x = 1').encode()!r}, 'a.ipynb');"
        "print('nbformat' in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == ["False", "True"]


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "cells",
                    "nbformat",
                    "worksheets",
                    "cell_type",
                    "source",
                    "input",
                    "code",
                ]
            ),
            inner,
        )
    ),
)


@given(json_like)
def test_any_json_is_read_or_refused(found: object) -> None:
    try:
        read(json.dumps(found).encode(), "a.ipynb")
    except SubmissionError as error:
        assert told(error)  # noqa: PT017 (both endings are right)
