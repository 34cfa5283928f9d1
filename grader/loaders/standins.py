"""Small stand-ins for modules that bridge Python 2 and 3.

The course's own starter code imports them; a student's use of them is no mistake.
A stand-in is told in a note, never used in silence.
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
}
MARK: Final = "(stand-in)"


def stand_in(dotted: str) -> SourceFile | None:
    """Return the stand-in for a module, if there is one."""
    source = STAND_INS.get(dotted)
    if source is None:
        return None
    tail = "/__init__.py" if dotted in {"past", "future", "six"} else ".py"
    name = f"{dotted.replace('.', '/')}{tail} {MARK}"
    return SourceFile(name=name, units=(Unit(name=name, source=source),))
