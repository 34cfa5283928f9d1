"""How long Hypothesis searches: a little by default, long at night."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["pytester"]  # runs pytest inside of a test, for the plugin

# Busy machines are slow, not wrong: no deadline, and no complaint about slow data.
settings.register_profile(
    "default",
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("nightly", settings.get_profile("default"), max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One process more than cores, since many a test waits for a limit to be over."""
    del config
    return (os.cpu_count() or 1) + 1
