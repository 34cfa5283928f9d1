"""Every attack of the table, tried; see outcomes.txt."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from attacking import (
    BOAST,
    SUBMISSIONS,
    Attack,
    World,
    attacks,
    graded,
    said,
    setting,
)
from walls import WALLS, Wall, wall
from watching import survivors

from grader.messages import LANGUAGES
from grader.report import Outcome, Report
from grader.reports import RENDERERS, renderer

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="the walls are Linux's, and so are the attacks"
)

ATTACKS = attacks()
#: A hang takes seconds; these stand for the others where there is little time.
HANGS_TRIED = {"exhausting/holds_the_lock", "exhausting/loop_that_ignores_signals"}
QUICK = [
    attack
    for attack in ATTACKS
    if attack.says != "call.timed_out" or attack.name in HANGS_TRIED
]
#: To explain takes most of the time, most of all where each death costs a new Python.
#: The strongest wall explains every attack; the others one of each kind that a student
#: is told of, and the rest at night.
ONE_OF_EACH = {attack.says: attack.name for attack in ATTACKS}.values()
TRIED = [(wall, attack) for wall in WALLS for attack in ATTACKS]
EXPLAINED = [
    (wall, attack)
    for wall, attack in TRIED
    if wall == "strong" or attack.name in ONE_OF_EACH
]
LEFT = [each for each in TRIED if each not in EXPLAINED]


def name(tried: Attack | str) -> str:
    return tried if isinstance(tried, str) else tried.name


def boasts(report: Report) -> list[str]:
    return [line for line in report.output.split("\n") if BOAST in line]


def tried(attack: Attack, at: Wall, world: World, *, every: int) -> Report:
    if at.tier not in attack.only:
        pytest.skip(f"would do harm in the tier {at.tier!r}")
    path = world.hand_in(attack, at.tier)
    return at.call(graded, path, setting(at.sandbox, every=every))


def check(report: Report, attack: Attack, at: Wall, world: World) -> None:
    assert report.outcome is not Outcome.UNDECIDED
    assert report.score == attack.score
    assert at.tier in attack.through or boasts(report) == []
    hits = world.hits()
    assert at.tier == "weak" or hits == []


def test_every_submission_is_in_the_table() -> None:
    files = {
        f"{path.parent.name}/{path.stem}"
        for path in SUBMISSIONS.glob("*/*.py")
        if path.parent.name != "bases"
    }
    assert files == {attack.name for attack in ATTACKS}


@pytest.mark.usefixtures("unexplained")
@pytest.mark.parametrize("attack", QUICK, ids=name)
def test_an_attack_gains_nothing_and_reaches_nobody(
    attack: Attack, strongest: Wall, world: World
) -> None:
    report = tried(attack, strongest, world, every=24)
    check(report, attack, strongest, world)


@pytest.fixture(scope="module")
def at(request: pytest.FixtureRequest) -> Iterator[Wall]:
    with wall(request.param) as opened:
        if opened is None:
            pytest.skip(f"this machine does not reach {request.param!r}")
        yield opened
    assert survivors() == []


@pytest.fixture(scope="module")
def around(at: Wall, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """What this wall alone keeps from attacks: the weak one does not keep all of it."""
    del at
    with World(tmp_path_factory.mktemp("world")) as opened:
        yield opened


def every(at: Wall) -> int:
    return 24 if at.tier == "weak" else 12


def check_told(attack: Attack, at: Wall, world: World) -> None:
    report = tried(attack, at, world, every=every(at))
    check(report, attack, at, world)
    assert any(message.startswith(attack.says) for message in said(report))
    for kind in RENDERERS:
        for language in LANGUAGES:
            assert "\x1b" not in renderer(kind)(report, language=language)


@pytest.mark.attacks_full
@pytest.mark.usefixtures("unexplained")
@pytest.mark.parametrize(("at", "attack"), LEFT, indirect=["at"], ids=name)
def test_an_attack_fails_in_every_tier(attack: Attack, at: Wall, around: World) -> None:
    check(tried(attack, at, around, every=every(at)), attack, at, around)


@pytest.mark.attacks_full
@pytest.mark.parametrize(("at", "attack"), EXPLAINED, indirect=["at"], ids=name)
def test_an_attack_fails_and_its_student_is_told(
    attack: Attack, at: Wall, around: World
) -> None:
    check_told(attack, at, around)


@pytest.mark.nightly
@pytest.mark.parametrize(("at", "attack"), LEFT, indirect=["at"], ids=name)
def test_the_student_of_every_attack_is_told_in_every_tier(
    attack: Attack, at: Wall, around: World
) -> None:
    check_told(attack, at, around)


@pytest.mark.nightly
@pytest.mark.parametrize("attack", ATTACKS, ids=name)
def test_an_attack_fails_on_every_published_case(
    attack: Attack, strongest: Wall, world: World
) -> None:
    report = tried(attack, strongest, world, every=1)
    check(report, attack, strongest, world)
