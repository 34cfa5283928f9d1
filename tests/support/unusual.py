"""Programs as students really hand them in: odd ones that run, and dead ends.

`RUNS` has the files of each by name: a teaching assistant could run every one without
editing it. `DEAD_ENDS` has such files and what is said of them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from textwrap import indent
from typing import Final

Files = Mapping[str, str | bytes]

NP: Final = "import numpy as np\n"
HEAD: Final = "def conv_forward_naive(x, w, b, conv_param):\n"
FORWARD_BODY: Final = """\
    s, p = conv_param['stride'], conv_param['pad']
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    Ho, Wo = 1 + (H + 2*p - HH) // s, 1 + (W + 2*p - WW) // s
    out = np.zeros((N, F, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            win = xp[:, :, i*s:i*s+HH, j*s:j*s+WW]
            out[:, :, i, j] = np.tensordot(win, w, ((1, 2, 3), (1, 2, 3))) + b
    return out, (x, w, b, conv_param)
"""
BACKWARD_BODY: Final = """\
    x, w, b, conv_param = cache
    s, p = conv_param['stride'], conv_param['pad']
    HH, WW = w.shape[2:]
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    dxp, dw = np.zeros_like(xp), np.zeros_like(w)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            g = dout[:, :, i, j]
            rows, cols = slice(i*s, i*s+HH), slice(j*s, j*s+WW)
            dw += np.tensordot(g, xp[:, :, rows, cols], (0, 0))
            dxp[:, :, rows, cols] += np.tensordot(g, w, (1, 0))
    dx = dxp[:, :, p:p+x.shape[2], p:p+x.shape[3]]
    return dx, dw, dout.sum(axis=(0, 2, 3))
"""
F: Final = HEAD + FORWARD_BODY
B: Final = "def conv_backward_naive(dout, cache):\n" + BACKWARD_BODY
BOTH: Final = F + B
R: Final = NP + BOTH
PADDED: Final = "np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))"
PAD4: Final = "def pad4(x, p):\n    return " + PADDED + "\n"
END: Final = "    return out, (x, w, b, conv_param)\n"


def swapped(old: str, new: str, *, text: str = BOTH) -> str:
    """Return the functions with one text in another's place."""
    assert old in text, old
    return text.replace(old, new)


def ending(lines: str) -> str:
    """Return the functions with these lines before forward's return."""
    return swapped(END, indent(lines, "    ") + END)


def inside(text: str) -> str:
    """Return the text one level further in."""
    return indent(text, "    ")


def notebook(*cells: str, version: int = 4, language: str = "") -> str:
    """Return a notebook of these code cells."""
    if version == 3:
        old = [_cell(cell) | {"input": cell, "language": "python"} for cell in cells]
        sheets = [{"cells": old, "metadata": {}}]
        made = {"metadata": {}, "nbformat": 3, "nbformat_minor": 0}
        return json.dumps(made | {"worksheets": sheets})
    kernel = {"kernelspec": {"language": language, "name": language}}
    made = {"metadata": kernel if language else {}, "nbformat": 4, "nbformat_minor": 4}
    return json.dumps(made | {"cells": [_cell(c) | {"source": c} for c in cells]})


def _cell(text: str) -> dict[str, object]:
    del text
    about: dict[str, object] = {"metadata": {}, "outputs": [], "execution_count": None}
    return {"cell_type": "code", **about}


def one(text: str) -> Files:
    """Return a single layers.py."""
    return {"layers.py": text}


def cells(*texts: str, version: int = 4) -> Files:
    """Return a single notebook."""
    return {"conv.ipynb": notebook(*texts, version=version)}


HELPED: Final = swapped(PADDED, "pad4(x, p)")

IMPORTS: Final[dict[str, Files]] = {
    "numba_in_a_try": one(
        "try:\n    from numba import njit\nexcept ImportError:\n"
        "    def njit(f): return f\n" + NP + "@njit\n" + BOTH
    ),
    "numba_that_is_not_here": one(
        "from numba import njit, prange, float64\n"
        + NP
        + "@njit\n"
        + F
        + "@njit(float64(float64), cache=True)\n"
        + swapped("range(dout.shape[2])", "prange(dout.shape[2])", text=B)
        + "conv_forward_naive = njit(conv_forward_naive)\n"
    ),
    "progress_bars": one(
        "import tqdm\nfrom tqdm.notebook import tqdm_notebook as bar\n"
        + NP
        + swapped("range(Ho)", "bar(range(Ho))", text=F)
        + swapped("range(dout.shape[3])", "tqdm.trange(dout.shape[3])", text=B)
    ),
    "cython_that_was_never_built": one(
        NP + "try:\n  from cs231n.im2col_cython import col2im_cython\n"
        "except ImportError:\n  print('python setup.py build_ext --inplace')\n"
        "from cs231n.im2col import *\n" + BOTH
    ),
    "relative_stars_of_what_is_not_here": one(
        "from builtins import range\n" + NP + "from ..im2col import *\n"
        "from .layers import *\nfrom .layer_utils import *\n" + BOTH
    ),
    "plots_at_the_top": one(
        NP + "import matplotlib.pyplot as plt\n"
        "plt.rcParams['figure.figsize'] = (10.0, 8.0)\nplt.style.use('seaborn')\n"
        + BOTH
        + "plt.imshow(np.zeros((3, 3))); plt.show()\n"
    ),
    "plots_in_a_debug_branch": one(
        NP
        + "import matplotlib.pyplot as plt\nDEBUG = False\n"
        + ending("if DEBUG:\n    plt.imshow(out); plt.show()\n")
    ),
    "unused_frameworks": one(
        "import pandas as pd\nimport torch.nn as nn\n"
        + R
        + "class Net(nn.Module):\n    pass\n"
    ),
    "types_of_a_framework": one(
        "import torch\nfrom jaxtyping import Float\n"
        + NP
        + swapped(
            "(x, w, b, conv_param):",
            "(x: Float[np.ndarray, 'N C'], w: torch.Tensor | None, b, conv_param)"
            " -> torch.Tensor:",
        )
    ),
    "numpy_of_autograd": one("import autograd.numpy as np\n" + BOTH),
    "checked_types": one(
        "from typeguard import typechecked as t\n" + NP + "@t\n" + BOTH
    ),
    "sys_path": one(
        "import sys, os\nsys.path.append('..')\n"
        "sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))\n" + R
    ),
    "bridges_from_python_2": one(
        "from __future__ import print_function, division, unicode_literals\n"
        "from past.builtins import xrange\nimport six.moves.cPickle as pickle\n"
        "from future import standard_library\nstandard_library.install_aliases()\n"
        + R.replace("range(", "xrange(")
    ),
    "either_python": one(
        "try:\n    xrange\nexcept NameError:\n    xrange = range\n"
        + R.replace("range(", "xrange(")
    ),
    "stars": one(
        "from numpy import *\nfrom math import *\nfrom typing import *\n" + NP + BOTH
    ),
    "numpy_without_alias": one("import numpy\n" + BOTH.replace("np.", "numpy.")),
    "numpy_inside": one(
        BOTH.replace("    s, p =", "    import numpy as np\n    s, p =")
    ),
    "numpy_below": one(BOTH + NP),
    "itself": one("from layers import *\nimport layers\n" + PAD4 + NP + HELPED),
    "named_like_what_it_imports": {
        "tqdm.py": "from tqdm import tqdm\n"
        + NP
        + swapped("range(Ho)", "tqdm(range(Ho))")
    },
    "named_like_a_module": {
        "logging.py": "import logging\nlogger = logging.getLogger(__name__)\n"
        + NP
        + ending("logger.info('done')\n")
    },
}
DEFINITIONS: Final[dict[str, Files]] = {
    "under_if": one(NP + "if True:\n" + inside(F) + inside(B)),
    "under_a_condition": one(
        NP + "FAST = True\nif FAST:\n" + inside(F) + "else:\n"
        "    def conv_forward_naive(x, w, b, conv_param):\n"
        "        raise NotImplementedError\n" + B
    ),
    "under_the_main_guard": one(
        NP + "if __name__ == '__main__':\n" + inside(BOTH) + "    print('ready')\n"
    ),
    "beside_the_main_guard": one(
        R + "if __name__ == '__main__':\n    from scipy.misc import imread\n"
        "    conv_forward_naive(imread('kitten.jpg'), 1, 2, 3)\n"
    ),
    "as_a_lambda": one(
        NP
        + BOTH.replace("conv_forward_naive", "fwd")
        + "conv_forward_naive = lambda x, w, b, conv_param: fwd(x, w, b, conv_param)\n"
    ),
    "as_a_partial": one(
        "import functools\n"
        + NP
        + swapped("conv_forward_naive(x", "fwd(debug, x")
        + "conv_forward_naive = functools.partial(fwd, False)\n"
    ),
    "made_by_a_factory": one(
        NP
        + "def make():\n"
        + inside(F.replace("conv_forward_naive", "inner"))
        + "    return inner\nconv_forward_naive = make()\n"
        + B
    ),
    "put_into_globals": one(
        NP
        + "def make():\n"
        + inside(F.replace("conv_forward_naive", "inner"))
        + "    return inner\nglobals()['conv_forward_naive'] = make()\n"
        + B
    ),
    "executed_from_a_text": one(NP + f"exec({BOTH!r})\n"),
    "static_in_a_class": one(
        NP
        + "class Layers:\n    @staticmethod\n"
        + inside(F)
        + "    @staticmethod\n"
        + inside(B)
        + "conv_forward_naive = Layers.conv_forward_naive\n"
        "conv_backward_naive = Layers.conv_backward_naive\n"
    ),
    "methods_of_an_object": one(
        NP
        + "class Conv:\n    def f(self, x, w, b, conv_param):\n"
        + inside(FORWARD_BODY)
        + "    def g(self, dout, cache):\n"
        + inside(BACKWARD_BODY)
        + "conv = Conv()\nconv_forward_naive, conv_backward_naive = conv.f, conv.g\n"
    ),
    "a_callable_object": one(
        NP
        + "class Forward:\n    def __call__(self, x, w, b, conv_param):\n"
        + inside(FORWARD_BODY)
        + "conv_forward_naive = Forward()\n"
        + B
    ),
    "decorated": one(
        "import functools, time\n" + NP + "def timed(f):\n    @functools.wraps(f)\n"
        "    def g(*a, **k):\n        t = time.time(); r = f(*a, **k); return r\n"
        "    return g\n@timed\n" + F + "@timed\n" + B
    ),
    "defined_twice": one(NP + HEAD + "    pass\n" + BOTH),
    "an_old_version_in_a_string": one(
        NP + "'''\ndef conv_forward_naive(x):\n  return 0\n'''\n" + BOTH
    ),
    "counting_its_calls": one(
        NP
        + ending("conv_forward_naive.calls += 1\n")
        + "conv_forward_naive.calls = 0\n"
    ),
    "remembering_in_a_global": one(
        NP + "memo = {}\n" + ending("global last\nlast = out\nmemo['x'] = x\n")
    ),
}
HELPERS: Final[dict[str, Files]] = {
    "constants_made_by_functions": one(
        NP
        + "def axes():\n    return (1, 2, 3)\nPAIR = (axes(), axes())\n"
        + swapped("((1, 2, 3), (1, 2, 3))", "PAIR")
    ),
    "a_helper_from_exec": one(NP + f"exec({PAD4!r})\n" + HELPED),
    "a_helper_by_its_name": one(
        NP + PAD4 + swapped(PADDED, "globals().get('pad4')(x, p)")
    ),
    "a_helper_of_this_module": one(
        "import sys\n" + NP + PAD4 + swapped(PADDED, "sys.modules[__name__].pad4(x, p)")
    ),
    "a_helper_in_eval": one(NP + PAD4 + swapped(PADDED, "eval('pad4(x, p)')")),
    "a_helper_that_is_deleted": one(
        NP + PAD4 + "alias = pad4\ndel pad4\n" + swapped(PADDED, "alias(x, p)")
    ),
    "helpers_that_call_each_other": one(
        NP
        + "def up(i, n):\n    return [] if i == n else [i] + on(i + 1, n)\n"
        + "def on(i, n):\n    return up(i, n)\n"
        + swapped("range(Ho)", "up(0, Ho)")
    ),
    "a_cached_helper": one(
        "from functools import lru_cache\n"
        + NP
        + "@lru_cache(maxsize=None)\ndef axes(n):\n    return (1, 2, 3)\n"
        + swapped("((1, 2, 3), (1, 2, 3))", "(axes(0), axes(1))")
    ),
    "a_cache_of_its_own_class": one(
        "from dataclasses import dataclass\n"
        + NP
        + "@dataclass\nclass Cache:\n    all: tuple\n"
        + swapped(
            "cache\n    s, p",
            "cache.all\n    s, p",
            text=swapped(END, END.replace("(x, w, b", "Cache((x, w, b")[:-1] + ")\n"),
        )
    ),
    "a_named_tuple": one(
        "from collections import namedtuple\n"
        + NP
        + "Cache = namedtuple('Cache', 'x w b p')\n"
        + swapped(END, END.replace("(x, w, b", "Cache(x, w, b"))
    ),
    "a_registry": one(
        NP
        + "REGISTRY = {}\ndef register(name):\n    def wrap(f):\n"
        + "        REGISTRY[name] = f\n        return f\n    return wrap\n"
        + "@register('pad4')\n"
        + PAD4
        + "HOOKS = []\nHOOKS.append(pad4)\n"
        + swapped(PADDED, "REGISTRY['pad4'](x, p)", text=F)
        + swapped(PADDED, "HOOKS[0](x, p)", text=B)
    ),
    "a_table_filled_by_loops": one(
        NP
        + "TABLE, AX = {}, ()\nfor k in range(3):\n    TABLE[k] = k + 1\n"
        + "while len(AX) < 3:\n    AX += (len(AX) + 1,)\n"
        + swapped("((1, 2, 3), (1, 2, 3))", "(tuple(TABLE.values()), AX)")
    ),
    "settings_in_an_object": one(
        NP
        + "class Config:\n    pass\ncfg = Config()\ncfg.axes = (1, 2, 3)\n"
        + "setattr(cfg, 'more', (1, 2, 3))\n"
        + swapped("((1, 2, 3), (1, 2, 3))", "(cfg.axes, cfg.more)")
    ),
    "a_base_class": one(
        NP
        + "class Base:\n    def f(self, x, w, b, conv_param):\n"
        + inside(FORWARD_BODY)
        + "class Conv(Base):\n    def f(self, *a):\n        return super().f(*a)\n"
        + "layer = Conv()\n"
        + HEAD
        + "    return layer.f(x, w, b, conv_param)\n"
        + B
    ),
    "where_it_lies": one(
        "from pathlib import Path\nHERE = Path(__file__).resolve().parent\n"
        + NP
        + ending("assert HERE / 'x'\n")
    ),
    "a_logger": one(
        "import logging\nlogger = logging.getLogger(__name__)\n"
        "logging.basicConfig(filename='log.txt')\n" + NP + ending("logger.info('x')\n")
    ),
}
WRITING: Final[dict[str, Files]] = {
    "walrus": one(
        NP
        + swapped("    N, C, H, W", "    if (n := x.ndim) == 4: pass\n    N, C, H, W")
    ),
    "nested_f_strings": one(
        NP + ending("m = f\"{'x'!r:>{10}} { {'a': f'{s:>{p+1}}'}['a'] }\"\n")
    ),
    "a_match_statement": one(
        NP + ending("match conv_param:\n    case {'stride': n, **rest}: pass\n")
    ),
    "types": one(
        "from typing import Dict, Tuple\nimport numpy.typing as npt\n"
        + NP
        + swapped(
            "(x, w, b, conv_param):",
            "(x: npt.NDArray, w: np.ndarray, b, conv_param: Dict[str, int]) -> Tuple:",
        )
    ),
    "semicolons": one("import numpy as np; import os; n = 1\n" + BOTH),
    "tabs": one(R.replace("    ", "\t")),
    "a_line_that_goes_on": one(NP + swapped("// s, 1 +", "// s, \\\n        1 +")),
    "names_in_another_script": one(NP + swapped("win", "창")),
    "escapes_that_are_none": one(NP + ending("t = '\\d \\s'\n")),
    "comparing_with_is": one(NP + ending("if p is 0: pass\n")),
    "lists_for_tuples": one(
        NP + swapped("return dx, dw, dout.sum(axis=(0, 2, 3))",
                     "return [dx, dw, dout.sum(axis=(0, 2, 3))]")
    ),
    "more_arguments": one(NP + swapped("b, conv_param):", "b, conv_param, *a, **k):")),
    "whole_division_by_int": one(
        NP + swapped("1 + (H + 2*p - HH) // s", "int(1 + (H + 2*p - HH) / s)")
    ),
    "windows_lines": one(R.replace("\n", "\r\n")),
    "old_mac_lines": one(R.replace("\n", "\r")),
    "a_byte_order_mark": one("\ufeff" + R),
    "utf_16": {"layers.py": R.encode("utf-16")},
    "korean_without_saying_so": {"layers.py": f"# 합성곱\n{R}".encode("cp949")},
    "korean_that_says_so": {
        "layers.py": f"# -*- coding: cp949 -*-\n# 합성곱\n{R}".encode("cp949")
    },
}  # fmt: skip
RUNNING: Final[dict[str, Files]] = {
    "trials_below": one(
        R + "x = np.random.randn(2, 3, 4, 4)\n"
        "out, cache = conv_forward_naive(x, x, x, {'stride': 1, 'pad': 1})\n"
        "print(out.shape); input('press enter')\n"
    ),
    "a_failure_below": one(R + "x = np.load('data.npz')\nraise SystemExit(1)\n"),
    "a_failure_above": one(NP + "data = np.load('data.npz')\nprint(data)\n" + BOTH),
    "its_own_arguments": one(
        "import argparse\nparser = argparse.ArgumentParser()\n"
        "parser.add_argument('--lr', required=True)\nargs = parser.parse_args()\n" + R
    ),
    "its_own_tests": one(
        "import unittest\n" + R + "class T(unittest.TestCase):\n"
        "    def test_a(self):\n        self.assertTrue(conv_forward_naive)\n"
        "unittest.main()\n"
    ),
    "exit_at_the_end": one(R + "exit()\n"),
    "seeds_and_print_options": one(
        NP + "np.random.seed(231)\nnp.set_printoptions(precision=3)\n" + BOTH
    ),
    "exported_from_jupyter": one(
        "# coding: utf-8\n\n# In[1]:\n\n" + NP + "get_ipython().run_line_magic("
        "'matplotlib', 'inline')\nget_ipython().magic(u'load_ext autoreload')\n"
        "# In[2]:\n" + BOTH + "get_ipython().system('ls')\nconv_forward_naive(1, 2)\n"
    ),
}
NOTEBOOKS: Final[dict[str, Files]] = {
    "magics": cells(
        "%matplotlib inline\n%load_ext autoreload\n%autoreload 2\n"
        + NP
        + "import matplotlib.pyplot as plt\n",
        "!pip install numpy\nfiles = !ls\nt = %timeit -o 1\n",
        F,
        "# by hand\n\n%%time\n" + B,
        "?np.pad\nnp.pad??\n%debug\n%timeit -n 1 \\\n  1 + 1\n",
    ),
    "colab": cells(
        "from google.colab import drive\ndrive.mount('/content/drive')\n"
        "FOLDERNAME = None\nassert FOLDERNAME is not None, '[!] Enter the name.'\n"
        "import sys\nsys.path.append('/content/drive/My Drive/{}'.format(FOLDERNAME))\n"
        "%cd drive/My\\ Drive/$FOLDERNAME\n!bash get_datasets.sh\n",
        NP,
        F,
        B,
    ),
    "magics_in_blocks": cells(
        "try:\n  %tensorflow_version 2.x\nexcept Exception:\n  pass\n"
        "if True:\n    !ls\n    %cd x\n" + NP,
        swapped(END, "    %timeit 1+1\n    !echo hi\n" + END, text=F),
        B,
    ),
    "asking_for_ipython": cells(
        "from IPython.display import Image, display\nfrom IPython import get_ipython\n"
        "get_ipython().run_line_magic('matplotlib', 'inline')\n" + NP,
        "if 'google.colab' in str(get_ipython()):\n    import google.colab\n",
        F,
        B,
        "display(Image('x.png'))",
    ),
    "cells_that_fail": cells(
        NP, "data = load_CIFAR10('x')", "this is no python", F, B, "1 / 0"
    ),
    "a_cell_that_never_ends": cells(NP, F, B, "while True: pass"),
    "asking_the_user": cells("n = int(input())", NP, F, B, "_ + 1\nOut[3]\nIn[2]"),
    "cells_of_other_languages": cells(
        "%%html\n<b>hi</b>", "%%bash\nls\n", "%%latex\n$x$", "%%capture out\n" + R
    ),
    "written_to_a_file": cells("%%writefile layers.py\n" + R, "from layers import *\n"),
    "the_last_definition": cells(NP, HEAD + "    return None\n", F, B),
    "between_delimiters": cells(
        NP,
        HEAD + "    ### BEGIN SOLUTION\n" + FORWARD_BODY + "    ### END SOLUTION\n",
        B + "    raise NotImplementedError()\n",
    ),
    "a_class_in_a_cell": cells(
        NP,
        "class Solution:\n    @staticmethod\n" + inside(F),
        "conv_forward_naive = Solution.conv_forward_naive\n" + B,
    ),
    "an_indented_cell": cells(inside(NP) + inside("n = 1\n"), inside(F), B),
    "a_pasted_session": cells(
        "In [1]: import numpy as np\n   ...: n = 1\n",
        "".join(
            f"{'...' if n else '>>>'} {line}\n" for n, line in enumerate(F.splitlines())
        ),
        B,
    ),
    "running_a_file": {
        "hw.ipynb": notebook(NP, "%run helper.py\n", HELPED),
        "helper.py": NP + PAD4,
    },
    "nbformat_3": cells(NP + "%pylab inline\n", F, B, version=3),
    "a_name_taken_by_a_later_trial": cells(
        NP, PAD4, HELPED, "pad4 = 7\n", "for np in range(3): pass\n"
    ),
    "without_metadata": {
        "conv.ipynb": json.dumps({"cells": [{"cell_type": "code", "source": R}]})
    },
    "utf_16_notebook": {"conv.ipynb": notebook(R).encode("utf-16")},
    "a_notebook_called_py": {"conv.py": notebook(R)},
    "python_called_ipynb": {"conv.ipynb": R},
}
FOLDERS: Final[dict[str, Files]] = {
    "a_package": {
        "a2/cs231n/__init__.py": "",
        "a2/cs231n/layers.py": NP + "from .im2col import pad4\n" + HELPED,
        "a2/cs231n/im2col.py": NP + PAD4,
        "a2/Conv.ipynb": notebook("from cs231n.layers import *"),
    },
    "absolute_and_in_circles": {
        "cs231n/layers.py": "from cs231n.im2col import *\n"
        "from cs231n.fast_layers import fast\n" + NP + HELPED,
        "cs231n/im2col.py": NP + PAD4,
        "cs231n/fast_layers.py": "from cs231n.layers import *\n"
        "import cs231n.im2col_cython\ndef fast(): pass\n",
    },
    "an_attribute_of_a_module": {
        "layers.py": "import tools.padding as tools\n"
        + NP
        + swapped(PADDED, "tools.pad4(x, p)"),
        "tools/padding.py": NP + PAD4,
    },
    "a_module_that_needs_more_than_is_here": {
        "layers.py": "from lib import pad4\n" + NP + HELPED,
        "lib.py": "import torch, cv2\n"
        + NP
        + PAD4.replace("x, p)", "x: torch.Tensor, p)", 1)
        + "def other(): return cv2.imread('x')\n",
    },
    "other_letters_in_the_name": {
        "layers.py": "from Helper import pad4\n" + NP + HELPED,
        "helper.py": NP + PAD4,
    },
    "two_halves": {"forward.py": NP + F, "backward.ipynb": notebook(NP, B)},
    "reexported": {
        "mylib/__init__.py": "from .conv import *\nfrom .back import *\n",
        "mylib/conv.py": NP + F,
        "mylib/back.py": NP + B,
    },
    "imported_by_a_notebook": {
        "hw.ipynb": notebook("from mine import conv_forward_naive", "x = 1"),
        "mine.py": R,
    },
    "reloaded": {
        "layers.py": "import importlib\nimport helper\nimportlib.reload(helper)\n"
        "from helper import pad4\n" + NP + HELPED,
        "helper.py": NP + PAD4,
    },
    "imported_by_a_text": {
        "layers.py": "import importlib\nhelper = importlib.import_module('helper')\n"
        + NP
        + swapped(PADDED, "helper.pad4(x, p)", text=F)
        + swapped(PADDED, "__import__('helper').pad4(x, p)", text=B),
        "helper.py": NP + PAD4,
    },
    "names_with_blanks": {
        "my layers.py": "from my_helper import pad4\n" + NP + HELPED,
        "my_helper.py": NP + PAD4,
    },
    "a_template_beside_the_solution": {
        "conv.ipynb": notebook(NP, F, B),
        "layers.py": NP + HEAD + "    out = None\n    return out, None\n",
    },
}
RUNS: Final[dict[str, Files]] = {
    **IMPORTS,
    **DEFINITIONS,
    **HELPERS,
    **WRITING,
    **RUNNING,
    **NOTEBOOKS,
    **FOLDERS,
}

DEAD_ENDS: Final[dict[str, tuple[Files, str]]] = {
    "print": (one(NP + ending("print 'done'\n")), "print is a function now"),
    "xrange": (one(R.replace("range(", "xrange(")), "xrange is range now"),
    "division": (one(R.replace("// s", "/ s")), "Ho is a float because of /"),
    "except": (
        one(R + "try:\n    pass\nexcept Exception, e:\n    pass\n"),
        "write except ... as ... now",
    ),
    "tabs_and_spaces": (
        one(NP + swapped("    N, C, H, W", "\tN, C, H, W")),
        "mixes tabs and spaces",
    ),
    "a_framework_that_is_used": (
        one("from scipy.signal import correlate2d as c\n" + NP + ending("c(x, w)\n")),
        "c comes from scipy.signal",
    ),
    "a_framework_in_a_default": (
        one("import torch\n" + NP + swapped("conv_param):", "conv_param, d=torch.f):")),
        "torch comes from torch",
    ),
    "no_import": (one(BOTH), "`import numpy as np` is missing"),
    "gone_from_numpy": (
        one(NP + swapped("np.zeros((N", "np.lib.pad((N")),
        "np.lib.pad is gone from NumPy; use np.pad",
    ),
    "a_magic_in_a_py": (one("%matplotlib inline\n" + R), "is a notebook command"),
    "a_merge_conflict": (one("<<<<<<< HEAD\n" + R), "left over from a merge conflict"),
    "curly_quotes": (one(R.replace("'pad'", "\u2018pad\u2019")), "invalid character"),
    "blanks_of_a_web_page": (one(R.replace("    s, p", "\u00a0   s, p")), "U+00A0"),
    "unfinished": (one(R + "def unfinished(\n"), "was never closed"),
    "a_broken_notebook": (
        {"conv.ipynb": notebook(R)[:-20]},
        "open it in Jupyter, save it",
    ),
    "a_template": (
        one(NP + HEAD + "    pass\n" + B),
        "conv_forward_naive is still the unfilled template",
    ),
    "no_return": (one(NP + swapped(END, "    done = out\n")), "`return` is missing"),
    "another_name": (
        one(R.replace("_naive", "_mine")),
        "it defines conv_forward_mine, conv_backward_mine",
    ),
    "only_imported": (
        one("from nndl.layers import conv_forward_naive, conv_backward_naive\n"),
        "hand in the file that defines it",
    ),
    "one_half_lost_and_the_rest_of_the_file_fails": (
        one(NP + "data = np.load('x.npz')\n" + swapped("np.pad", "nopad", text=F) + B),
        "backward is right in all",
    ),
}
