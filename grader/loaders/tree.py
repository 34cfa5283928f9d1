"""Find the file of the submission that an import means."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.loaders.records import SourceFile

INSTALLED: Final = frozenset({"numpy"})  # in a worker, beside the standard library
# Never taken for a course's own package: keras.layers is not the student's layers.py.
FOREIGN: Final = frozenset(
    {
        "caffe",
        "chainer",
        "cupy",
        "cv2",
        "cython",
        "future",
        "h5py",
        "imageio",
        "jax",
        "keras",
        "librosa",
        "matplotlib",
        "mxnet",
        "nltk",
        "numba",
        "paddle",
        "pandas",
        "past",
        "PIL",
        "plotly",
        "requests",
        "scipy",
        "seaborn",
        "six",
        "skimage",
        "sklearn",
        "sympy",
        "tensorflow",
        "theano",
        "torch",
        "torchvision",
        "tqdm",
        "transformers",
        "yaml",
    }
)
OUR_PACKAGE: Final = "handed_in"  # of files that lie in no folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """The Python files of one submission by path, as its main file sees them."""

    files: Mapping[str, SourceFile]
    home: PurePosixPath  # the folder of the main file
    main: str = ""
    by_name: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, files: tuple[SourceFile, ...], main: SourceFile) -> Tree:
        """Return the tree of these files; notebooks cannot be imported."""
        python = {file.name: file for file in files if not file.is_notebook}
        by_name: dict[str, tuple[str, ...]] = {}
        for name in python:
            base = PurePosixPath(name).name
            by_name[base] = (*by_name.get(base, ()), name)
        home = PurePosixPath(main.name).parent
        return cls(files=python, home=home, main=main.name, by_name=by_name)

    @property
    def package(self) -> str:
        """The package that the main file's relative imports start from."""
        parts = [part for part in self.home.parts if part.isidentifier()]
        if not parts or is_installed(parts[0]):
            parts.insert(0, OUR_PACKAGE)
        return ".".join(parts)

    def find(self, dotted: str) -> str | None:
        """Return the path of the module of that name, or None.

        The main file's folder and those above it are searched as Python would search
        them; then, for what is neither installed nor standard, any folder.
        """
        parts = dotted.split(".")
        # A file called logging.py that imports logging never means itself.
        never = self.main if is_known_elsewhere(dotted) else None
        for folder in (self.home, *self.home.parents):
            path = self._at(folder, parts)
            if path and path != never:
                return path
        if is_installed(dotted):
            return None
        shortest = 1 if parts[0] in FOREIGN else len(parts)
        for start in range(shortest):
            path = self._anywhere(parts[start:])
            if path and path != never:
                return path
        return self._in_other_letters(parts)

    def is_folder(self, dotted: str) -> bool:
        """Tell whether a folder of the submission bears the name of this package."""
        wanted = "/".join(dotted.split("."))
        return any(f"/{name}".find(f"/{wanted}/") >= 0 for name in self.files)

    def _at(self, folder: PurePosixPath, parts: list[str]) -> str | None:
        for tail in (f"{parts[-1]}.py", f"{parts[-1]}/__init__.py"):
            path = str(folder.joinpath(*parts[:-1], tail))
            if path in self.files:
                return path
        return None

    def _in_other_letters(self, parts: list[str]) -> str | None:
        """Return the one file that Windows and macOS would take: helper for Helper."""
        if parts[0] in FOREIGN:
            return None
        tail = "/".join(parts).casefold()
        endings = (f"/{tail}.py", f"/{tail}/__init__.py")
        found = [p for p in self.files if f"/{p.casefold()}".endswith(endings)]
        return found[0] if len(found) == 1 else None

    def _anywhere(self, parts: list[str]) -> str | None:
        tail = "/".join(parts)
        for name in (f"{tail}.py", f"{tail}/__init__.py"):
            base = name.rpartition("/")[2]
            found = [
                p for p in self.by_name.get(base, ()) if f"/{p}".endswith(f"/{name}")
            ]
            if found:
                return min(found, key=lambda path: (path.count("/"), path))
        return None


def is_known_elsewhere(dotted: str) -> bool:
    """Tell whether there is a well-known module of this name."""
    return is_installed(dotted) or dotted.partition(".")[0] in FOREIGN


def is_installed(dotted: str) -> bool:
    """Tell whether a worker has this module: NumPy or the standard library."""
    top = dotted.partition(".")[0]
    return top in sys.stdlib_module_names or top in INSTALLED
