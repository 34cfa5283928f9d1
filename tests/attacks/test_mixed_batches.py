"""Hostile submissions among honest ones, and processes that end at random moments."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest
from attacking import Attack, World, attacks, graded, points, setting
from walls import Wall, wall
from watching import children, descriptors, resident

from grader.records import Limits
from grader.report import Report
from grader.session import Setting

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="walls of Linux's")

EXAMPLES: Final = Path(__file__).parents[2] / "submissions"
HONEST: Final = sorted(
    path
    for path in EXAMPLES.iterdir()
    if path.name.startswith(("correct_", "wrong_")) and path.suffix == ".py"
)
#: What hangs or eats costs time and shows nothing new here.
HOSTILE: Final = [
    attack
    for attack in attacks()
    if not attack.says.startswith("call.timed_out") and "strong" in attack.only
]
GROWTH: Final = 24 << 20  # bytes of this process's memory, for a whole batch

Scores = Mapping[str, Mapping[str, float | None]]


def alone(every: int) -> Scores:
    """The points of every honest program, before anything hostile came."""
    with wall("strong") as opened:
        if opened is None:
            pytest.skip("this machine reaches no strong tier")
        given = setting(opened.sandbox, every=every)
        return {p.name: points(opened.call(graded, p, given)) for p in HONEST}


def mixed(world: World, *, count: int, seed: int) -> list[tuple[Path, Attack | None]]:
    """Two honest submissions for each hostile one, in random order."""
    chance = random.Random(seed)  # noqa: S311 (an order, no secret)
    chosen: list[tuple[Path, Attack | None]] = []
    for number in range(count):
        if number % 3 == 2:
            attack = HOSTILE[number // 3 * 7 % len(HOSTILE)]
            chosen.append((world.hand_in(attack, "strong"), attack))
        else:
            chosen.append((HONEST[number % len(HONEST)], None))
    chance.shuffle(chosen)
    return chosen


def grade_all(
    strongest: Wall, world: World, given: Setting, *, count: int
) -> Iterator[tuple[Path, Attack | None, Report]]:
    for path, attack in mixed(world, count=count, seed=count):
        yield path, attack, strongest.call(graded, path, given)


def check_batch(strongest: Wall, world: World, *, count: int, every: int) -> None:
    expected = alone(every)
    given = setting(strongest.sandbox, every=every)
    graded(HONEST[0], given)
    before = children(), descriptors(), resident()
    for path, attack, report in grade_all(strongest, world, given, count=count):
        if attack is None:
            assert points(report) == expected[path.name], path.name
        else:
            assert report.score == attack.score, attack.name
    assert (children(), descriptors()) == before[:2]
    assert resident() - before[2] < GROWTH
    assert world.hits() == []


@pytest.mark.usefixtures("unexplained")
def test_hostile_submissions_change_no_honest_score(
    strongest: Wall, world: World
) -> None:
    check_batch(strongest, world, count=30, every=12)


@pytest.mark.nightly
def test_a_hundred_hostile_submissions_change_no_honest_score(
    strongest: Wall, world: World
) -> None:
    check_batch(strongest, world, count=300, every=3)


class Killer:
    """Ends one process of the sandbox after a while."""

    def __init__(self, chance: random.Random, *, latest: float) -> None:
        self._chance = chance
        self._timer = threading.Timer(chance.uniform(0, latest), self._kill)

    def _kill(self) -> None:
        found = sorted(children())
        if found:
            victim = self._chance.choice(found)
            with contextlib.suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._timer.join()


def check_kills(strongest: Wall, *, times: int, every: int) -> None:
    # Nothing hangs here: what runs out of time does so since the machine is busy.
    given = setting(strongest.sandbox, every=every, limits=Limits())
    program = HONEST[len(HONEST) // 2]
    undisturbed = graded(program, given)
    chance = random.Random(times)  # noqa: S311 (moments, no secret)
    for _ in range(times):
        with Killer(chance, latest=2 * undisturbed.provenance.seconds):
            report = graded(program, given)
        assert (report.score, points(report)) == (
            undisturbed.score,
            points(undisturbed),
        )


@pytest.mark.usefixtures("unexplained")
def test_an_end_at_any_moment_changes_no_score(strongest: Wall) -> None:
    check_kills(strongest, times=8, every=6)


@pytest.mark.nightly
def test_a_hundred_ends_at_any_moment_change_no_score(strongest: Wall) -> None:
    check_kills(strongest, times=100, every=2)
