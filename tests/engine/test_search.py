from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from judging import corpus_of, engine_of
from programs import RIGHT, changed

from grader.engine.search import Searched, search
from grader.errors import SandboxError
from grader.records import Status

if TYPE_CHECKING:
    from grader.engine.grade import Engine

RARE = changed("+ b", "+ b * (1 + (N * C * F == 1 and p == 0))")


def searched(source: str, *, count: int = 60) -> Searched:
    return search(engine_of(source, on=corpus_of()), count=count)


def test_a_right_program_is_right_on_every_case_that_is_found() -> None:
    found = searched(RIGHT, count=40)
    assert (found.found, found.case) == (None, None)
    assert 30 <= found.count <= 40


def test_a_mistake_beyond_the_published_cases_is_found() -> None:
    engine = engine_of(RARE, on=corpus_of())
    assert all(v.status is Status.PASSED for v in engine.grade().verdicts)
    found = search(engine, count=60)
    assert found.found is not None
    assert found.case is not None
    assert any(v.status is Status.FAILED for v in found.found.verdicts)


def test_a_search_is_replayed_from_the_seed() -> None:
    one, two = searched(RARE), searched(RARE)
    assert (one.case, one.count) == (two.case, two.count)


class Broken:
    """A worker that breaks at once."""

    def run(self, _: object) -> None:
        raise SandboxError("gone")


@pytest.mark.parametrize("source", [RIGHT, RARE])
def test_where_the_sandbox_breaks_the_search_ends(source: str) -> None:
    engine: Engine = engine_of(source, on=corpus_of())
    engine.attempts.worker = Broken()  # type: ignore[assignment]
    found = search(engine, count=9)
    assert found == Searched(count=0)
