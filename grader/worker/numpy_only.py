"""Find NumPy, and nothing else that lies beside it."""

from __future__ import annotations

import os
import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import PathFinder
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

# Workers are many and their arrays small: BLAS threads would only cost.
ONE_THREAD: Final = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


class NumPyFinder(MetaPathFinder):
    """Serves the one name `numpy` from the folder that holds it."""

    def __init__(self, folder: str) -> None:
        self._folder = [folder]

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        """Return NumPy's spec; parts of NumPy are found through NumPy itself."""
        del path
        if fullname != "numpy":
            return None
        return PathFinder.find_spec(fullname, self._folder, target)


def prepare(folder: str) -> None:
    """Make NumPy importable with one BLAS thread, and leave no trace of it."""
    sys.meta_path.append(NumPyFinder(folder))
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    import numpy.random  # noqa: F401, PLC0415 (after its threads are limited)

    for name in ONE_THREAD:
        del os.environ[name]
