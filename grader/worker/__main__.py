"""Start from this folder alone: `python -I -S -B FOLDER MODE ARGUMENTS`."""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys

NAME = "convgrade_worker"


def as_package(folder: str) -> None:
    """Make this folder importable under a name that no submission uses."""
    spec = importlib.util.spec_from_file_location(
        NAME,
        os.path.join(folder, "__init__.py"),
        submodule_search_locations=[folder],
    )
    if spec is None or spec.loader is None:
        raise ImportError(f"{folder!r} is no worker folder")
    package = importlib.util.module_from_spec(spec)
    sys.modules[NAME] = package
    spec.loader.exec_module(package)


def main(arguments: list[str]) -> None:
    """Hand over to the mode: `cold` serves one program, `server` forks workers."""
    folder = os.path.dirname(os.path.abspath(__file__))
    # Python has put the folder itself on the path; its modules belong to the package.
    sys.path[:] = [entry for entry in sys.path if entry != sys.argv[0]]
    as_package(folder)
    mode, *rest = arguments
    importlib.import_module(f"{NAME}.{mode}").main(rest)


if __name__ == "__main__":
    main(sys.argv[1:])
