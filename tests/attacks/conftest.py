"""What attacks are tried on: the world around them, and the strongest wall here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from attacking import World
from walls import Wall, wall
from watching import children, survivors

from grader.explain.explanation import Explainer, Explanation


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Files, servers and processes that no attack may reach."""
    with World(tmp_path_factory.mktemp("world")) as opened:
        yield opened


@pytest.fixture(scope="module")
def strongest() -> Iterator[Wall]:
    """The best sandbox of this machine; nothing of it is left when it is closed."""
    before = children()
    with wall("strong") as opened:
        if opened is None:
            pytest.skip("this machine reaches no strong tier")
        yield opened
    assert survivors() == []
    assert children() <= before


@pytest.fixture
def unexplained(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out what takes most of the time and decides no points."""
    monkeypatch.setattr(Explainer, "explain", lambda _: Explanation(summary=()))
