"""Fetch the wheels of everything that convgrade needs on Gradescope's machines."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from importlib.metadata import requires
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.course.archive import File
from grader.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.course.own_wheel import Wheel
    from grader.course.pins import Pins

#: Wheels for glibc 2.31 and older: Ubuntu 20.04, Debian 11 and all that came later.
PLATFORMS: Final = (
    *(f"manylinux_2_{minor}_x86_64" for minor in range(31, 16, -1)),
    *(f"manylinux{name}_x86_64" for name in ("2014", "2010", "1")),
)


def fetched(wheel: Wheel, pins: Pins) -> tuple[File, ...]:
    """Return convgrade's wheel and, from pip's index, those of all that it needs.

    Raises:
        UsageError: pip is missing, or finds no wheel for one of them.
    """
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder) / wheel.name
        own.write_bytes(wheel.content)
        found = Path(folder) / "found"
        wanted = [str(own), f"numpy=={pins.numpy}", *_on_linux()]
        _download(wanted, found, pins=pins)
        return tuple(
            File(path=f"wheels/{path.name}", content=path.read_bytes())
            for path in sorted(found.iterdir())
        )


def _on_linux() -> list[str]:
    """Return what we need on Linux only.

    pip evaluates such conditions for this machine, not for the one that it is told.
    """
    conditional = (line.partition(";") for line in requires("convgrade") or ())
    return [
        requirement.strip()
        for requirement, _, condition in conditional
        if "linux" in condition and "extra" not in condition
    ]


def _download(requirements: Sequence[str], folder: Path, *, pins: Pins) -> None:
    command = [
        *(sys.executable, "-I", "-m", "pip", "download", "--quiet", "--no-input"),
        *("--disable-pip-version-check", "--dest", str(folder)),
        *("--only-binary=:all:", "--implementation", "cp"),
        *("--python-version", pins.python),
        *(part for name in PLATFORMS for part in ("--platform", name)),
        *requirements,
    ]
    done = subprocess.run(  # noqa: S603 (our own pip, with names of our own)
        command, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = [li for li in done.stderr.splitlines() if li.startswith("ERROR")]
        told = "; ".join(said) or done.stderr.strip() or "pip said nothing"
        raise UsageError(
            f"cannot fetch the wheels for Python {pins.python} on Linux: {told}"
        )
