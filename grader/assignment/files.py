"""Read the files that an assignment names: provided ones and adapters."""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace
from importlib import resources
from typing import TYPE_CHECKING, Final

from grader.assignment.faults import Fault, unknown
from grader.records import Unit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from grader.assignment.tables import AssignmentTable

MAX_BYTES: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedFiles:
    """The texts of all files that one assignment names, and what is wrong there."""

    provided: tuple[Unit, ...]
    adapters: Mapping[str, Unit]
    layers: Mapping[str, Unit]
    faults: tuple[Fault, ...]

    @classmethod
    def read(cls, table: AssignmentTable, folder: Path) -> NamedFiles:
        """Read every named file once; what cannot be read is a fault."""
        faults: list[Fault] = []
        provided: list[Unit] = []
        adapters: dict[str, Unit] = {}
        for position, name in enumerate(table.provided.files):
            found = _read(name, folder, path=("provided", "files", position))
            (provided if isinstance(found, Unit) else faults).append(found)  # type: ignore[arg-type]  # one list a type
        for position, graded in enumerate(table.exercise):
            if graded.adapter is None or graded.adapter in adapters:
                continue
            found = _adapter(graded.adapter, folder, ("exercise", position, "adapter"))
            if isinstance(found, Unit):
                adapters[graded.adapter] = found
            else:
                faults.append(found)
        layers = _own_layers(table, folder)
        faults += [each for each in layers.values() if isinstance(each, Fault)]
        return cls(
            provided=tuple(provided),
            adapters=adapters,
            layers={k: unit for k, unit in layers.items() if isinstance(unit, Unit)},
            faults=tuple(faults),
        )


def shipped_adapters() -> dict[str, Unit]:
    """Return the adapters that come with convgrade, by name."""
    folder = resources.files("grader") / "adapters"
    return {
        entry.name.removesuffix(".py"): Unit(
            name=f"adapter {entry.name}", source=entry.read_text(encoding="utf-8")
        )
        for entry in folder.iterdir()
        if entry.name.endswith(".py") and not entry.name.startswith("_")
    }


def _own_layers(table: AssignmentTable, folder: Path) -> dict[str, Unit | Fault]:
    """Return the file of every layer of the instructor's own, named by its path."""
    from grader.exercises.own import file_of  # noqa: PLC0415 (NumPy, not for --help)

    found: dict[str, Unit | Fault] = {}
    for position, graded in enumerate(table.exercise):
        name = file_of(graded.layer)
        if name and graded.layer not in found:
            read = _read(name, folder, path=("exercise", position, "layer"))
            if isinstance(read, Unit):
                read = replace(read, name=str((folder / name).resolve()))
            else:
                read = replace(read, value=graded.layer)
            found[graded.layer] = read
    return found


def _adapter(name: str, folder: Path, path: tuple[str | int, ...]) -> Unit | Fault:
    if name.endswith(".py"):
        return _read(name, folder, path=path)
    shipped = shipped_adapters()
    return shipped[name] if name in shipped else unknown_adapter(name, path, shipped)


def unknown_adapter(
    name: str, path: tuple[str | int, ...], shipped: Mapping[str, Unit]
) -> Fault:
    """Return the fault of a name that is neither shipped nor a Python file."""
    fault = unknown((name,), name, [*shipped, "FILE.py"])
    return Fault(path=path, value=name, wanted=fault.wanted)


def _read(name: str, folder: Path, *, path: tuple[str | int, ...]) -> Unit | Fault:
    try:
        content = (folder / name).read_bytes()
        if len(content) > MAX_BYTES:
            reason = f"the file has {len(content)} bytes; wanted at most {MAX_BYTES}"
            return Fault(path=path, value=name, wanted=reason)
        text = content.decode("utf-8-sig")
        ast.parse(text)
    except OSError as error:
        reason = f"wanted a file beside the assignment ({error.strerror})"
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        reason = f"wanted a Python file in UTF-8 ({error})"
    else:
        return Unit(name=name, source=text)
    return Fault(path=path, value=name, wanted=reason)
