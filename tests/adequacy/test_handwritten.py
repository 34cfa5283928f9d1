from __future__ import annotations

from collections import Counter
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Final

import pytest
from judging import corpus_of, judge, lost, total
from surviving import lost_by, outcomes
from wrong_backwards import WRONG_BACKWARDS
from wrong_forwards import WRONG_FORWARDS
from wrong_rarely import WRONG_NUMBERS, WRONG_RARELY
from wrong_states import WRONG_STATES

from grader.calls import Raised
from grader.exercises.conv2d import CONV2D
from grader.explain.diagnose import diagnose
from grader.misconceptions import misconceptions_of
from grader.records import Status

if TYPE_CHECKING:
    from handwritten import Wrong

    from grader.engine.grade import Judged

WRONG: Final = WRONG_FORWARDS + WRONG_BACKWARDS + WRONG_RARELY + WRONG_STATES
CRITERIA: Final = {
    "out": "forward.value",
    "dx": "backward.dx",
    "dw": "backward.dw",
    "db": "backward.db",
}
EACH = pytest.mark.parametrize("wrong", WRONG, ids=attrgetter("name"))
EACH_BY_NUMBERS = pytest.mark.parametrize(
    "wrong", WRONG_NUMBERS, ids=attrgetter("name")
)
# Every third of them in the default run.
THIRD: Final = WRONG[::3]
EACH_THIRD = pytest.mark.parametrize("wrong", THIRD, ids=attrgetter("name"))
SOME_BY_NUMBERS = pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(each, marks=pytest.mark.adequacy_full if n % 3 else ())
        for n, each in enumerate(WRONG_NUMBERS)
    ],
    ids=attrgetter("name"),
)


def diagnoses(judged: Judged) -> dict[str, set[str]]:
    """Return what each wrong tensor is said to be: a misconception and its twins."""
    found = {}
    for tensor, criterion in CRITERIA.items():
        failed = frozenset(
            v.case
            for v in judged.verdicts
            if v.criterion == criterion and v.status is Status.FAILED
        )
        if failed and (
            diagnosis := diagnose(
                judged.corpus.exercise, tensor, runs=judged.runs, failed=failed
            )
        ):
            found[tensor] = {diagnosis.misconception, *diagnosis.twins}
    return found


@cache
def judged(name: str, *, seed: int) -> Judged:
    (source,) = (wrong.source for wrong in WRONG if wrong.name == name)
    return judge(source, on=corpus_of(seed=seed, remainder="floor"))


def named_rightly(wrong: Wrong, *, seed: int) -> bool:
    """Has each of its tensors its name, or none where there are only exceptions?"""
    program = judged(wrong.name, seed=seed)
    found = diagnoses(program)
    return all(
        name in found[tensor] if tensor in found else only_raises(program, tensor)
        for tensor, name in wrong.named.items()
    )


def only_raises(program: Judged, tensor: str) -> bool:
    """Is every case right or without numbers that could be compared?"""
    failed = {
        v.case
        for v in program.verdicts
        if v.criterion == CRITERIA[tensor] and v.status is Status.FAILED
    }
    return all(
        isinstance((run.forward if tensor == "out" else run.backward)[0], Raised)
        for run in program.runs
        if run.entry.case.name in failed
    )


def test_their_names_are_their_own() -> None:
    assert max(Counter(wrong.name for wrong in WRONG).values()) == 1


def test_the_misconceptions_they_hold_are_in_the_list() -> None:
    known = {m.name: m.tensors for m in misconceptions_of(CONV2D)}
    held = [(name, tensor) for w in WRONG for tensor, name in w.named.items()]
    assert all(tensor in known.get(name, ()) for name, tensor in held)


@EACH_THIRD
def test_a_wrong_program_loses_points(wrong: Wrong) -> None:
    assert lost(judged(wrong.name, seed=2))


def test_nearly_all_leave_numbers_that_can_be_named() -> None:
    bare = [
        wrong.name
        for wrong in THIRD
        for tensor in wrong.named
        if only_raises(judged(wrong.name, seed=2), tensor)
    ]
    assert len(bare) <= 0.05 * len(THIRD), bare


@EACH_THIRD
def test_its_mistake_is_called_by_its_name(wrong: Wrong) -> None:
    assert named_rightly(wrong, seed=2)


def test_nearly_all_misconceptions_of_the_list_are_held_by_a_real_program() -> None:
    held = {name for wrong in WRONG for name in wrong.named.values()}
    assert len(held) >= 0.6 * len(misconceptions_of(CONV2D))


@pytest.mark.adequacy_full
@EACH
def test_its_score_and_its_name_are_the_same_on_every_seed(wrong: Wrong) -> None:
    assert len({lost_by(judged(wrong.name, seed=seed)) for seed in (10, 11)}) == 1
    assert lost_by(judged(wrong.name, seed=11))
    assert named_rightly(wrong, seed=11)


def scores(wrong: Wrong, *, seeds: range) -> set[float]:
    return {total(judge(wrong.source, on=corpus_of(seed=seed))) for seed in seeds}


@SOME_BY_NUMBERS
def test_what_is_done_to_some_numbers_costs_points_and_always_as_many(
    wrong: Wrong,
) -> None:
    (score,) = scores(wrong, seeds=range(10, 13))
    assert score < 100


@pytest.mark.nightly
@EACH_BY_NUMBERS
def test_what_is_done_to_some_numbers_costs_as_many_on_fifty_seeds(
    wrong: Wrong,
) -> None:
    assert len(scores(wrong, seeds=range(100, 150))) == 1


@pytest.mark.nightly
@EACH
def test_its_score_is_the_same_on_fifty_seeds(wrong: Wrong) -> None:
    assert len(outcomes(wrong.source, seeds=range(100, 150))) == 1
