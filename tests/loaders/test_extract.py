"""What a submission's files give: which one is graded, and what travels with it."""

from __future__ import annotations

from dataclasses import replace

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
from in_process import InProcessSandbox

from grader.assignment import DEFAULT, Assignment, GradedExercise
from grader.calls import Loaded
from grader.errors import SubmissionError
from grader.loaders import Extraction
from grader.records import Limits, Unit

TEMPLATE = BOTH.replace("return x, w", "out = None\n    return out, None").replace(
    "return dout, dout, dout", "pass"
)
IM2COL = (
    "import numpy as np\nimport nndl\nSIZE = 3\n\ndef columns(x):\n    return SIZE\n"
)


def refusal(*args: object, **files: str) -> str:
    with pytest.raises(SubmissionError) as caught:
        extraction(submission(**files), *args)  # type: ignore[arg-type]  # an assignment or nothing
    assert told(caught.value, "ko")
    return told(caught.value)


def loads(found: Extraction) -> bool:
    """Tell whether the program really runs where students' code runs."""
    sandbox = InProcessSandbox()
    with sandbox.open(found.program, Limits()) as worker:
        return worker.load() == Loaded()


def using(line: str, call: str = "columns(x)") -> str:
    return f"{line}\n{FORWARD.replace('return x', f'return {call}')}" + BACKWARD


def graded(**keys: object) -> Assignment:
    exercise = GradedExercise(**keys)  # type: ignore[arg-type]  # tests give what fits
    return replace(DEFAULT, exercises=(exercise,))


class TestChoosing:
    def test_the_file_that_defines_the_functions_is_graded(self) -> None:
        found = submission(solver_py="x = 1\n", cs231n__layers_py=BOTH, a_py="y = 1\n")
        assert extraction(found).file == "cs231n/layers.py"

    def test_a_filled_file_wins_over_a_template(self) -> None:
        found = submission(layers_py=TEMPLATE, work_ipynb=notebook(BOTH))
        assert extraction(found).file == "work.ipynb"

    def test_a_notebook_that_only_imports_is_not_graded(self) -> None:
        cells = notebook("from layers import conv_forward_naive, conv_backward_naive")
        found = submission(layers_py=BOTH, work_ipynb=cells)
        assert extraction(found).file == "layers.py"

    def test_a_choice_among_several_is_reported(self) -> None:
        found = extraction(submission(layers_py=BOTH, old_py=BOTH))
        assert found.file == "layers.py"
        assert notes(found) == ["loading.note.candidates"]

    @pytest.mark.parametrize(
        "beside",
        [
            "test_layers.py",
            "Copy of layers.py",
            "layers_old.py",
            "layers (1).py",
            "build/lib/layers.py",
            "a/tests/layers.py",
            "backup/layers.py",
        ],
    )
    def test_what_lies_beside_the_program_is_not_graded(self, beside: str) -> None:
        found = submission(**{beside: BOTH, "hw/cs231n/layers.py": BOTH})
        assert extraction(found).file == "hw/cs231n/layers.py"

    @pytest.mark.parametrize("pattern", ["old.py", "*/old.py", "o*.py", "x/old.py"])
    def test_the_assignment_s_pattern_decides(self, pattern: str) -> None:
        assignment = replace(DEFAULT, file=pattern)
        found = submission(assignment, layers_py=BOTH, x__old_py=BOTH)
        assert extraction(found).file == "x/old.py"

    def test_a_pattern_that_fits_nothing_is_told(self) -> None:
        assignment = replace(DEFAULT, file="conv.py")
        with pytest.raises(SubmissionError) as caught:
            extraction(submission(assignment, layers_py=BOTH))
        assert "'conv.py'; there is: layers.py" in told(caught.value)

    def test_what_is_wrong_with_the_wanted_file_is_told(self) -> None:
        assignment = replace(DEFAULT, file="layers.py")
        with pytest.raises(SubmissionError, match="empty"):
            extraction(submission(assignment, layers_py="", other_py=BOTH))

    def test_a_broken_file_beside_a_good_one_does_no_harm(self) -> None:
        found = submission(layers_py=BOTH, old_py=BOTH + "def broken(:\n")
        assert extraction(found).file == "layers.py"

    def test_a_broken_file_alone_is_told(self) -> None:
        assert "layers.py, line 5" in refusal(layers_py=BOTH + "def broken(:\n")

    def test_the_nearest_names_are_told(self) -> None:
        source = BOTH.replace("conv_forward_naive", "conv_forward").replace(
            "conv_backward_naive", "conv_back"
        )
        sentence = refusal(layers_py=source)
        assert "conv_forward_naive" in sentence
        assert "it defines conv_forward, conv_back" in sentence

    def test_a_file_without_functions_is_told(self) -> None:
        assert "defines no function at all" in refusal(layers_py="x = 1\n")

    def test_functions_inside_a_class_are_told(self) -> None:
        inside = "class Conv:\n" + "\n".join(f"    {line}" for line in BOTH.split("\n"))
        assert "Conv.conv_forward_naive inside a class" in refusal(layers_py=inside)

    def test_a_notebook_alone_that_imports_all_is_told(self) -> None:
        cells = notebook("from cs231n.layers import *", "print(1)")
        sentence = refusal(work_ipynb=cells)
        assert "from cs231n.layers, which is not part of the submission" in sentence

    def test_a_name_from_a_missing_module_is_told(self) -> None:
        names = "conv_forward_naive, conv_backward_naive"
        cells = notebook(f"from cs231n.layers import {names}", "print(1)")
        assert "from cs231n.layers, which is not part" in refusal(work_ipynb=cells)

    def test_two_files_with_a_function_each_are_both_used(self) -> None:
        found = extraction(submission(forward_py=FORWARD, backward_py=BACKWARD))
        assert notes(found) == ["loading.note.two_files"]
        assert loads(found)

    def test_two_notebooks_with_a_function_each_are_both_used(self) -> None:
        found = submission(a_ipynb=notebook(FORWARD), b_ipynb=notebook(BACKWARD))
        assert loads(extraction(found))

    def test_one_function_alone_is_judged_and_the_other_told(self) -> None:
        found = extraction(FORWARD)
        (hint,) = found.hints
        assert hint.kind == "absent"
        assert hint.message.id == "loading.note.no_function"

    def test_names_that_are_bound_otherwise_count(self) -> None:
        source = "def a(x, w, b, p): return x\nconv_forward_naive = a\n" + BACKWARD
        assert loads(extraction(source))


class TestOwnModules:
    @pytest.mark.parametrize(
        "line",
        [
            "from .im2col import columns",
            "from .im2col import *",
            "from cs231n.im2col import columns",
            "from cs231n.im2col import *",
            "from im2col import columns",
            "from im2col import *",
        ],
    )
    @pytest.mark.parametrize("folder", ["", "cs231n__", "my__cs231n__", "code__"])
    def test_siblings_travel_with_the_functions(self, line: str, folder: str) -> None:
        files = {f"{folder}layers_py": using(line), f"{folder}im2col_py": IM2COL}
        found = extraction(submission(**files))
        assert loads(found)
        (module,) = (m for m in found.program.modules if m.unit.source)
        assert "nndl" not in module.unit.source
        assert "import numpy" not in module.unit.source

    @pytest.mark.parametrize(
        ("line", "call"),
        [
            ("import im2col", "im2col.columns(x)"),
            ("import im2col as other", "other.columns(x)"),
            ("from . import im2col", "im2col.columns(x)"),
            ("from . import im2col as i", "i.columns(x)"),
            ("import cs231n.im2col", "cs231n.im2col.columns(x)"),
            ("from cs231n import im2col", "im2col.columns(x)"),
            ("import im2col\nalias = im2col", "alias.columns(x)"),
        ],
    )
    def test_modules_are_cut_to_the_names_that_are_read(
        self, line: str, call: str
    ) -> None:
        source = IM2COL + "def unused(): return 1\n"
        found = extraction(submission(layers_py=using(line, call), im2col_py=source))
        assert loads(found)
        text = found.program.modules[-1].unit.source
        assert "def columns" in text
        assert ("def unused" in text) == ("alias" in line)

    def test_imports_inside_functions_are_followed(self) -> None:
        call = "columns(x)"
        body = f"from .im2col import columns\n    return {call}, w"
        source = FORWARD.replace("return x, w", body) + BACKWARD
        found = extraction(submission(layers_py=source, im2col_py=IM2COL))
        assert found.program.modules[0].dotted_name.endswith("im2col")

    def test_modules_follow_their_own_imports(self) -> None:
        found = extraction(
            submission(
                layers_py=using("from .a import columns"),
                a_py="from .b import *\n",
                b_py="from c import columns\n",
                c_py="columns = len\n",
            )
        )
        assert len(found.program.modules) == 3
        assert loads(found)

    def test_circles_of_imports_end(self) -> None:
        found = extraction(
            submission(
                layers_py=using("from a import *\nEPS = 1"),
                a_py="from layers import EPS\nfrom b import *\n",
                b_py="from a import *\ndef columns(x): return x\n",
            )
        )
        assert found.program.modules

    def test_a_package_s_init_is_cut_too(self) -> None:
        found = extraction(
            submission(
                **{
                    "layers.py": using("from lib import columns"),
                    "lib/__init__.py": "import torch\nfrom .im2col import columns\n",
                    "lib/im2col.py": IM2COL,
                }
            )
        )
        assert loads(found)

    def test_what_all_lists_is_kept(self) -> None:
        source = (
            "__all__ = ['columns', '_b']\ndef columns(x): return _b\n_b = 1\nc = 2\n"
        )
        found = extraction(
            submission(layers_py=using("from im2col import *"), im2col_py=source)
        )
        assert loads(found)
        assert "c = 2" not in found.program.modules[0].unit.source

    def test_a_broken_module_is_told(self) -> None:
        files = {"layers_py": using("from .im2col import *"), "im2col_py": "def (:\n"}
        assert "im2col.py, line 1" in refusal(**files)

    def test_a_foreign_package_is_not_taken_for_the_student_s_own(self) -> None:
        line = "from keras.layers import columns"
        found = extraction(submission(work_py=using(line), layers_py="columns = 1\n"))
        assert [each.module for each in found.missing] == ["keras.layers"]

    def test_a_file_s_own_name_does_not_hide_numpy(self) -> None:
        source = using("import numpy as np", "np.pad(x, 1)")
        found = extraction(submission(layers_py=source, numpy_py="pad = 3\n"))
        assert loads(found)

    def test_the_whole_program_takes_whole_modules(self) -> None:
        files = {"layers_py": using("import im2col"), "im2col_py": IM2COL + "b = 1\n"}
        found = extraction(submission(**files), whole=True)
        assert "b = 1" in found.program.modules[0].unit.source


class TestMissingModules:
    def test_unused_ones_do_not_matter(self) -> None:
        found = extraction("import torch\nfrom nndl.layers import *\n" + BOTH)
        assert (found.missing, found.notes) == ((), ())
        assert loads(found)

    def test_used_ones_are_left_out_and_told(self) -> None:
        found = extraction(using("from nndl.im2col import columns"))
        (missing,) = found.missing
        assert (missing.module, missing.name, missing.line) == (
            "nndl.im2col",
            "columns",
            1,
        )
        assert notes(found) == ["loading.note.missing_module"]
        assert loads(found)

    def test_guarded_ones_are_kept_as_they_are(self) -> None:
        guarded = "try:\n    import torch\nexcept ImportError:\n    torch = None\n"
        found = extraction(using(guarded, "torch"))
        assert found.missing == ()
        assert loads(found)

    @pytest.mark.parametrize(
        "line",
        [
            "from past.builtins import xrange as columns",
            "from six.moves import xrange as columns",
            "from future.utils import iteritems as columns",
            "from past.utils import old_div as columns",
            "from future.builtins import range as columns",
            "import six as columns",
        ],
    )
    def test_bridges_from_python_2_have_stand_ins(self, line: str) -> None:
        found = extraction(using(line, "columns"))
        assert notes(found) == ["loading.note.stand_in"]
        assert loads(found)

    @pytest.mark.parametrize(
        "line",
        [
            "import matplotlib.pyplot as columns",
            "from matplotlib import pyplot as columns",
            "from IPython.display import display as columns",
        ],
    )
    def test_what_only_shows_is_left_out_and_said(self, line: str) -> None:
        found = extraction(using(line, "(columns, x)[1]"))
        assert set(notes(found)) == {"loading.note.shows_nothing"}
        assert loads(found)

    def test_the_standard_bridge_needs_none(self) -> None:
        found = extraction(using("from builtins import range as columns", "columns(3)"))
        assert found.notes == ()
        assert loads(found)


class TestProvidedFiles:
    COURSE = replace(
        DEFAULT, provided=(Unit(name="im2col.py", source="def columns(x): return 7\n"),)
    )

    @pytest.mark.parametrize("line", ["from .im2col import *", "import cs231n.im2col"])
    def test_they_win_over_the_student_s_copy(self, line: str) -> None:
        call = "cs231n.im2col.columns(x)" if "import cs" in line else "columns(x)"
        files = {"cs231n__layers_py": using(line, call), "cs231n__im2col_py": IM2COL}
        found = extraction(submission(self.COURSE, **files), self.COURSE)
        assert found.program.modules[0].unit.source == "def columns(x): return 7\n"
        assert loads(found)

    def test_a_replaced_copy_is_told(self) -> None:
        found = submission(self.COURSE, layers_py=BOTH, im2col_py=IM2COL)
        assert notes(found) == ["loading.note.provided"]

    def test_they_are_not_graded_themselves(self) -> None:
        course = replace(DEFAULT, provided=(Unit(name="layers.py", source=BOTH),))
        with pytest.raises(SubmissionError, match="no_functions"):
            extraction(submission(course, other_py="x = 1\n"), course)


class TestConventions:
    def test_other_names_are_found(self) -> None:
        assignment = graded(forward="conv_f", backward="conv_b")
        source = BOTH.replace("conv_forward_naive", "conv_f")
        found = extraction(source.replace("conv_backward_naive", "conv_b"), assignment)
        assert found.program.convention.forward == "conv_f"

    def test_functions_in_classes_are_found(self) -> None:
        methods = BOTH.replace("def conv_", "    @staticmethod\n    def conv_")
        source = "import torch\nclass Conv:\n" + methods.replace(
            "    return", "     return"
        )
        assignment = graded(
            forward="Conv.conv_forward_naive", backward="Conv.conv_backward_naive"
        )
        found = extraction(source, assignment)
        assert loads(found)
        assert "torch" not in found.program.units[0].source

    def test_a_class_without_the_method_is_a_template(self) -> None:
        assignment = graded(forward="Conv.forward", backward="Conv.backward")
        found = submission(assignment, a_py="class Conv:\n    pass\n")
        assert extraction(found, assignment).file == "a.py"


class TestHints:
    @pytest.mark.parametrize(
        ("body", "kind"),
        [
            ("pass", "unfilled"),
            ("...", "unfilled"),
            ("out = None\n    return out, None", "unfilled"),
            ("'''doc'''\n    raise NotImplementedError()", "unfilled"),
            ("raise NotImplementedError", "unfilled"),
            ("out, cache = None, None\n    return out, cache", "unfilled"),
            (
                "out = None\n    cache = (x, w, b, conv_param)\n    return out, cache",
                "unfilled",
            ),
            ("stride = conv_param['stride']\n    return None", "unfilled"),
            ("out: object = None\n    return out", "unfilled"),
            ("print(x)", "no_return"),
            ("def inner():\n        return 1\n    inner()", "no_return"),
            ("if x is None:\n        return\n    print(x)", "no_return"),
        ],
    )
    def test_what_reading_shows_is_told(self, body: str, kind: str) -> None:
        source = FORWARD.replace("return x, w", body) + BACKWARD
        (hint,) = extraction(source).hints
        assert (hint.function, hint.kind) == ("conv_forward_naive", kind)

    @pytest.mark.parametrize("body", ["return x, w", "yield 1", "return x.sum(), None"])
    def test_of_a_filled_function_nothing_is_said(self, body: str) -> None:
        assert not extraction(FORWARD.replace("return x, w", body) + BACKWARD).hints

    def test_methods_are_read_too(self) -> None:
        source = "class Conv:\n    def f(self): pass\n    def b(self): pass\n"
        found = extraction(source, graded(forward="Conv.f", backward="Conv.b"))
        assert [hint.kind for hint in found.hints] == ["unfilled", "unfilled"]


def test_of_a_file_that_defines_a_function_twice_the_last_counts() -> None:
    found = extraction(FORWARD.replace("x, w\n", "w, x\n") + BOTH)
    assert notes(found) == ["loading.note.redefined"]
    assert kept(FORWARD.replace("x, w\n", "w, x\n") + BOTH) == BOTH


def test_a_star_import_of_the_file_itself_takes_nothing_away() -> None:
    found = extraction("import numpy as np\nfrom .layers import *\n" + BOTH)
    kept_lines = found.program.units[0].source.split("\n")
    assert kept_lines[0] == ""
    used = FORWARD.replace("return x", "return np.pad(x)")
    source = "import numpy as np\nfrom .layers import *\n" + used + BACKWARD
    assert extraction(source).program.units[0].source.startswith("import numpy as np")
