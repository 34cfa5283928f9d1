"""Small stand-ins for modules without which a program computes the same.

Bridges between Python 2 and 3, which the course's own starter code imports; progress
bars and compilers, which change how a loop looks and how fast it is; plots, which show
what is computed anyway. A student's use of them is no mistake. A stand-in is told in a
note, never used in silence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.loaders.records import SourceFile
from grader.records import Unit

if TYPE_CHECKING:
    from collections.abc import Mapping

OLD_NAMES: Final = """\
from functools import cmp_to_key, reduce
xrange = range
basestring = str
unicode = str
long = int
unichr = chr
raw_input = input
intern = __import__("sys").intern
def execfile(path): raise NotImplementedError("execfile")
"""
NEW_NAMES: Final = """\
from builtins import *
from builtins import (
    bytes, chr, dict, filter, hex, input, int, isinstance, list, map, max, min, next,
    object, oct, open, ord, pow, range, round, str, super, zip,
)
"""
ITERATION: Final = """\
def iteritems(mapping): return iter(mapping.items())
def itervalues(mapping): return iter(mapping.values())
def iterkeys(mapping): return iter(mapping.keys())
def viewitems(mapping): return mapping.items()
def viewvalues(mapping): return mapping.values()
def viewkeys(mapping): return mapping.keys()
PY2 = False
PY3 = True
string_types = (str,)
integer_types = (int,)
text_type = str
def with_metaclass(meta, *bases): return meta("with_metaclass", bases, {})
"""
#: An expression for what stands for anything that an annotation or signature names.
ANYTHING: Final = (
    'type("Anything", (), {"__getattr__": lambda self, name: self, "__getitem__":'
    ' lambda self, key: self, "__call__": lambda self, *given, **options: self,'
    ' "__or__": lambda self, other: self, "__ror__": lambda self, other: self})()'
)
PLAIN_NUMBA: Final = f"""\
types = void = boolean = {ANYTHING}
def jit(*given, **options):
    if given and callable(given[0]) and given[0] is not types:
        return given[0]
    return lambda function: function
njit = generated_jit = jit
prange = range
int8 = int16 = int32 = int64 = intp = uint8 = uint32 = uint64 = types
float32 = float64 = f4 = f8 = i4 = i8 = complex64 = complex128 = types
def set_num_threads(count): pass
"""
BARS: Final = """\
class tqdm:
    def __init__(self, iterable=(), *given, **options):
        self.iterable, self.n = iterable, 0
        self.total = options.get("total")
    def __iter__(self): return iter(self.iterable)
    def __len__(self): return len(self.iterable)
    def __enter__(self): return self
    def __exit__(self, *error): pass
    def update(self, count=1): self.n += count
    def close(self): pass
    reset = refresh = clear = display = close
    def set_description(self, *given, **options): pass
    set_postfix = set_postfix_str = set_description_str = set_description
    def write(*given, **options): pass
def trange(*given, **options): return tqdm(range(*given))
tqdm_notebook, tnrange, bar = tqdm, trange, tqdm
"""
#: Whatever is asked of it shows nothing and gives no number.
SHOWS_NOTHING: Final = """\
class Nothing:
    def __getattr__(self, name): return self
    def __getitem__(self, key): return self
    def __setitem__(self, key, value): pass
    def __setattr__(self, name, value): pass
    def __call__(self, *given, **options): return self
    def __iter__(self): return iter(())
    def __enter__(self): return self
    def __exit__(self, *error): pass
nothing = Nothing()
pyplot = cm = animation = patches = colors = nothing
figure = imshow = show = plot = title = axis = subplot = savefig = close = nothing
xlabel = ylabel = legend = colorbar = grid = hist = scatter = gcf = gca = nothing
tight_layout = suptitle = pause = ion = ioff = clf = matshow = bar = nothing
rcParams = rc = style = use = nothing
display = clear_output = HTML = Image = Markdown = Math = Latex = nothing
def subplots(*given, **options): return nothing, nothing
def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return nothing
"""
NUMPY_AGAIN: Final = """\
from numpy import *
from numpy import abs, all, any, linalg, max, min, random, round, sum
"""
PASSING: Final = """\
def {name}(function=None, **options):
    return function if function is not None else lambda function: function
"""
MOVES: Final = "from builtins import filter, input, map, range, zip\n"

STAND_INS: Final[Mapping[str, str]] = {
    "past": "",
    "past.builtins": OLD_NAMES,
    "past.utils": "def old_div(a, b): return a // b if isinstance(a, int) and"
    " isinstance(b, int) else a / b\n",
    "future": "",
    "future.builtins": NEW_NAMES,
    "future.standard_library": "def install_aliases(): pass\n",
    "future.utils": ITERATION,
    "six": ITERATION,
    "six.moves": MOVES + "from functools import reduce\nxrange = range\n",
    "matplotlib": SHOWS_NOTHING,
    "matplotlib.pyplot": SHOWS_NOTHING,
    "pylab": SHOWS_NOTHING,
    "IPython": "",
    "IPython.display": SHOWS_NOTHING,
    "autograd": "",
    "autograd.numpy": NUMPY_AGAIN,
    "typeguard": PASSING.format(name="typechecked"),
    "beartype": PASSING.format(name="beartype"),
    "line_profiler": PASSING.format(name="profile"),
    "memory_profiler": PASSING.format(name="profile"),
    "numba": PLAIN_NUMBA,
    "tqdm": BARS,
    "tqdm.auto": BARS,
    "tqdm.autonotebook": BARS,
    "tqdm.notebook": BARS,
}
PACKAGES: Final = frozenset(
    {"IPython", "autograd", "future", "matplotlib", "past", "six", "tqdm"}
)
MARK: Final = "(stand-in)"


def shows_nothing(dotted: str) -> bool:
    """Tell whether the stand-in leaves out what the module would show."""
    return STAND_INS.get(dotted) is SHOWS_NOTHING


def stand_in(dotted: str) -> SourceFile | None:
    """Return the stand-in for a module, if there is one."""
    source = STAND_INS.get(dotted)
    if source is None:
        return None
    tail = "/__init__.py" if dotted in PACKAGES else ".py"
    name = f"{dotted.replace('.', '/')}{tail} {MARK}"
    return SourceFile(name=name, units=(Unit(name=name, source=source),))
