"""The layers of the Linux wall, each of which may be missing on a machine."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """Which layers to build; `nobody` is the unprivileged uid where one is root.

    Limits on memory, CPU time, files and processes are always set.
    """

    namespaces: bool = True
    landlock: bool = True
    seccomp: bool = True
    nobody: bool = True

    def without(self, layer: str) -> Layers:
        """Return the rest; AttributeError if there is no such layer."""
        if layer not in {field.name for field in fields(self)}:
            raise AttributeError(f"{layer!r} is no layer")
        return replace(self, **{layer: False})
