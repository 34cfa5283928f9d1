"""Pack the convgrade that runs here as a wheel, so that a course keeps it."""

from __future__ import annotations

import base64
import hashlib
import importlib.util
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.course.archive import File, zipped
from grader.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from importlib.metadata import Distribution

PACKAGES: Final = ("grader", "reference")
WHEEL: Final = """\
Wheel-Version: 1.0
Generator: convgrade
Root-Is-Purelib: true
Tag: py3-none-any
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wheel:
    """A wheel's name, which installers read, and its bytes."""

    name: str
    content: bytes


def own_wheel() -> Wheel:
    """Return a wheel of both packages as they are on the disk, whoever installed them.

    Raises:
        UsageError: convgrade runs from a checkout that was never installed.
    """
    try:
        installed = distribution("convgrade")
    except PackageNotFoundError as error:
        raise UsageError(
            "convgrade is not installed here, so its version is not known; "
            "wanted 'pip install' first"
        ) from error
    stem = f"convgrade-{installed.version}"
    info = f"{stem}.dist-info"
    files = [*_sources(), *_information(installed, info)]
    files.append(File(path=f"{info}/RECORD", content=_record(files, info)))
    return Wheel(name=f"{stem}-py3-none-any.whl", content=zipped(files))


def _sources() -> Iterator[File]:
    for package in PACKAGES:
        spec = importlib.util.find_spec(package)
        if spec is None or spec.origin is None:
            raise UsageError(
                f"package {package!r} is missing; wanted it beside 'grader'"
            )
        folder = Path(spec.origin).parent
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                name = path.relative_to(folder.parent).as_posix()
                yield File(path=name, content=path.read_bytes())


def _information(installed: Distribution, info: str) -> Iterator[File]:
    """Yield what pip reads of a wheel, taken from what it has noted of ours."""
    for name in ("METADATA", "entry_points.txt", "licenses/LICENSE"):
        text = installed.read_text(name)
        if text is not None:
            yield File(path=f"{info}/{name}", content=text.encode("utf-8"))
    yield File(path=f"{info}/WHEEL", content=WHEEL.encode("utf-8"))


def _record(files: Iterable[File], info: str) -> bytes:
    lines = [
        f"{file.path},{_digest(file.content)},{len(file.content)}" for file in files
    ]
    return "\n".join([*lines, f"{info}/RECORD,,", ""]).encode("utf-8")


def _digest(content: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest())
    return "sha256=" + digest.rstrip(b"=").decode()
