"""What one submission leaves, the next one does not find."""

from __future__ import annotations

import sys

import pytest
from attacking import BOAST, World, attacks, graded, setting
from walls import Wall

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="walls of Linux's")

BY_NAME = {attack.name: attack for attack in attacks()}
LEAVES = BY_NAME["stealing/leaves_something_for_others"]
LOOKS = BY_NAME["stealing/looks_for_what_others_left"]


@pytest.mark.usefixtures("unexplained")
def test_nothing_is_left_for_the_next_submission(strongest: Wall, world: World) -> None:
    given = setting(strongest.sandbox, every=24)
    for attack in (LEAVES, LOOKS, LEAVES, LOOKS):
        path = world.hand_in(attack, strongest.tier)
        report = strongest.call(graded, path, given)
        assert BOAST not in report.output, attack.name
    assert world.hits() == []
