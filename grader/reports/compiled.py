"""Keep compiled templates where, and as, Python keeps its compiled modules."""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import jinja2
from jinja2.bccache import BytecodeCache

if TYPE_CHECKING:
    from jinja2.bccache import Bucket

FOLDER: Final = Path(__file__).parent / "templates" / "__pycache__"


class Compiled(BytecodeCache):
    """Reads and writes a file a template; where that cannot be, it is compiled again.

    Compiling takes longer than writing ten pages. What is kept is of one Python, one
    Jinja, one text of the template and one text of the module that sets Jinja up.
    """

    def __init__(self, setting_up: bytes, *, folder: Path = FOLDER) -> None:
        self._folder = folder
        by = hashlib.sha256(setting_up).hexdigest()[:16]
        self._tag = f"{sys.implementation.cache_tag}.jinja-{jinja2.__version__}.{by}"

    def _place(self, bucket: Bucket) -> Path:
        return self._folder / f"{bucket.key}.{self._tag}"

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket if what is kept is of this very template."""
        # What a full disk has cut short is no code, and compiled again.
        unusable = (OSError, EOFError, ValueError, TypeError, pickle.UnpicklingError)
        with contextlib.suppress(*unusable), self._place(bucket).open("rb") as file:
            bucket.load_bytecode(file)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write it down, whole or not at all."""
        if sys.dont_write_bytecode:
            return
        with contextlib.suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._folder)
            with os.fdopen(handle, "wb") as file:
                bucket.write_bytecode(file)
            Path(name).replace(self._place(bucket))
