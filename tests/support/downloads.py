"""Bulk downloads as platforms give them, made of a few files of text."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

Files = Mapping[str, str | bytes]

METADATA: Final = """\
---
submission_11:
  :submitters:
  - :name: Kim, Min-su
    :sid: '20260001'
    :email: kim@example.org
  :created_at: 2026-09-01 10:00:00.000000000 Z
  :score: 10.0
  :results: !ruby/object:Gem::Installer
    i: x
  :history:
  - :id: 7
submission_12: !ruby/hash:ActiveSupport::HashWithIndifferentAccess
  :submitters:
  - :name: Lee Yuna
    :sid: "20260002"
  - :name: "Park \\"Jiho\\""
    :sid: "20260003"
  :lateness: '01:30:00'
"""


def write(folder: Path, files: Files) -> Path:
    """Write the files below the folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_bytes(content))
    return folder


def zipped(path: Path, files: Files) -> Path:
    """Write a zip of the files."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def tarred(path: Path, files: Files) -> Path:
    """Write a .tar.gz of the files."""
    with tarfile.open(path, "w:gz") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(_bytes(content))
            archive.addfile(info, io.BytesIO(_bytes(content)))
    return path


def canvas(code: str) -> Files:
    """Return a flat download, one late and one handed in again."""
    return {
        "kimminsu_101_2001_layers.py": code,
        "leeyuna_LATE_102_2003_layers-1.py": code,
        "leeyuna_LATE_102_2002_layers.py": "x = 1\n",
        "parkjiho_103_2004_work.zip": b"PK broken",
    }


def moodle(code: str) -> Files:
    """Return a download with folders, and one student whose file lies flat."""
    return {
        "Min-su Kim_501_assignsubmission_file/layers.py": code,
        "Yuna Lee_502_assignsubmission_file_/cs231n/layers.py": code,
        "Jiho Park_503_assignsubmission_file_layers.py": code,
    }


def gradescope(code: str) -> Files:
    """Return an export with its metadata: one alone, a group that is late."""
    return {
        "assignment_9_export/submission_metadata.yml": METADATA,
        "assignment_9_export/submission_11/layers.py": code,
        "assignment_9_export/submission_12/cs231n/layers.py": code,
    }


def nbgrader(notebook: str) -> Files:
    """Return a course folder with what was collected of two students."""
    return {
        "course/submitted/kim/a2/conv.ipynb": notebook,
        "course/submitted/lee/a2/conv.ipynb": notebook,
        "course/release/a2/conv.ipynb": notebook,
    }


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content
