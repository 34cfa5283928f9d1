from __future__ import annotations

import pytest
from commands import Run

from grader.cli import doctor
from grader.records import Tier


def test_versions_and_the_observed_tier_are_shown(convgrade: Run) -> None:
    ran = convgrade(["doctor"])
    assert ran.code == 0
    assert "numpy" in ran.out
    assert any(f"isolation is {tier.value}" in ran.out for tier in Tier)


def test_what_is_not_installed_is_said_so(
    convgrade: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "PACKAGES", ("no-such-package",))
    assert "no-such-package not installed" in convgrade(["doctor"]).out
