"""Say what decides a submission's points: the same key, the same report."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from grader.assignment import Feedback

if TYPE_CHECKING:
    from grader.batch.records import Setup


def key(setup: Setup, digest: str) -> str:
    """Return the digest of a submission and of all that it is graded with.

    Feedback and language change pages and no points, so they are not part of it,
    and neither are the names of things.
    """
    from pydantic_core import to_json  # noqa: PLC0415 (not needed to show help)

    decides = replace(
        setup.assignment,
        name="",
        path="",
        digest="",
        seed=None,
        tier=None,
        same_code=False,
        feedback=Feedback(),
    )
    known = hashlib.sha256(to_json(decides))
    known.update(f"\0{setup.corpus}\0{digest}".encode())
    return known.hexdigest()
