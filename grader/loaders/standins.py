"""Small stand-ins for modules without which a program computes the same.

Bridges between Python 2 and 3, which the course's own starter code imports; progress
bars and compilers, which change how a loop looks and how fast it is. A student's use of
them is no mistake. A stand-in is told in a note, never used in silence.
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
PACKAGES: Final = frozenset({"autograd", "past", "future", "six", "tqdm"})
MARK: Final = "(stand-in)"


def stand_in(dotted: str) -> SourceFile | None:
    """Return the stand-in for a module, if there is one."""
    source = STAND_INS.get(dotted)
    if source is None:
        return None
    tail = "/__init__.py" if dotted in PACKAGES else ".py"
    name = f"{dotted.replace('.', '/')}{tail} {MARK}"
    return SourceFile(name=name, units=(Unit(name=name, source=source),))
