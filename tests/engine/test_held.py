from __future__ import annotations

from dataclasses import replace

import pytest
from judging import corpus_of, engine_of
from programs import RIGHT, changed

from grader.engine import held
from grader.engine.grade import Judged
from grader.engine.held import Held
from grader.engine.protocol import CaseRun
from grader.records import Status

WRONG = changed("+ b", "+ b * (x.sum() > 0)")


def judged(source: str) -> Judged:
    return engine_of(source, on=corpus_of()).grade()


def a_run() -> CaseRun:
    return judged(RIGHT).runs[0]


def test_what_was_right_before_makes_nothing_wrong_right() -> None:
    first = judged(WRONG).verdicts
    judged(RIGHT)
    assert judged(WRONG).verdicts == first
    assert all(v.status is Status.PASSED for v in judged(RIGHT).verdicts)


def test_only_these_very_observations_are_known() -> None:
    known, run = Held(), a_run()
    verdicts = judged(RIGHT).verdicts[:7]
    known.note(run, verdicts)
    assert known.verdicts(run) is verdicts
    assert known.verdicts(replace(run, again=None)) is None
    assert known.verdicts(replace(run, backward=run.backward[::-1])) is None
    assert known.verdicts(replace(run, entry=corpus_of().entries[1])) is None


def test_what_is_wrong_is_judged_again() -> None:
    known, run = Held(), a_run()
    wrong = [v for v in judged(WRONG).verdicts if v.status is Status.FAILED]
    known.note(run, (*judged(RIGHT).verdicts[:3], wrong[0]))
    assert known.verdicts(run) is None


def test_no_more_is_kept_than_that(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held, "MOST", 2)
    known, verdicts = Held(), judged(RIGHT).verdicts[:7]
    runs = judged(RIGHT).runs[:3]
    for run in runs:
        known.note(run, verdicts)
    assert [known.verdicts(run) is not None for run in runs] == [False, True, True]
