from __future__ import annotations

import pytest

from grader.batch import pacing
from grader.batch.pacing import Occasionally


def test_what_was_just_written_waits_and_what_takes_long_waits_longer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 0.0
    monkeypatch.setattr("grader.batch.pacing.time.monotonic", lambda: now)
    written: list[float] = []

    def write() -> None:
        nonlocal now
        written.append(now)
        now += 1.0

    table = Occasionally(write, written=0.0)
    table.write_if_due()
    assert not written
    now = 2.5
    table.write_if_due()
    assert written == [2.5]
    assert table.pause == 1.0 / pacing.SHARE_OF_TIME
    now = 20.0
    table.write_if_due()
    assert written == [2.5]
