"""Tell the student's own code from everybody else's, and name its places."""

from __future__ import annotations

import linecache
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import reference

#: Where code lies that no student has written; ours, and what is installed.
NOT_THEIRS: Final = tuple(
    str(Path(folder).resolve())
    for folder in (
        Path(__file__).parents[1],
        Path(reference.__file__).parent,
        sysconfig.get_path("stdlib"),
        sysconfig.get_path("platstdlib"),
    )
)
INSTALLED: Final = frozenset({"site-packages", "dist-packages"})


def is_students(file: str) -> bool:
    """Whether code with this file name is neither a library's nor ours."""
    if file.startswith(("<frozen", "<__array_function__")):
        return False
    return not (file.startswith(NOT_THEIRS) or INSTALLED & set(Path(file).parts))


def is_cell(file: str) -> bool:
    """Whether the code was typed into a notebook or a console, and is no file."""
    if _cell_name(file):
        return True
    return file.startswith("<") or not Path(file).is_file()


def shown(file: str) -> str:
    """Return how a student calls the place: "In[3]", or the name of the file."""
    return _cell_name(file) or Path(file).name


def _cell_name(file: str) -> str:
    """Return the cell's name as tracebacks print it; blank if it is none."""
    compiler = getattr(shell(), "compile", None)
    known = getattr(compiler, "format_code_name", lambda _: None)(file)
    return known[1] if known is not None and known[0] == "Cell" else ""


def shell() -> object:
    """Return the running IPython, None without one."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython is not None else None


class Sources(Mapping[str, tuple[str, ...]]):
    """The lines of every file of the student's, looked up when a traceback names it."""

    def __contains__(self, file: object) -> bool:
        return isinstance(file, str) and is_students(file)

    def __getitem__(self, file: str) -> tuple[str, ...]:
        if file not in self:
            raise KeyError(file)
        return tuple(linecache.getlines(file))

    def __iter__(self) -> Iterator[str]:
        return iter(())  # nobody can list them

    def __len__(self) -> int:
        return 0
