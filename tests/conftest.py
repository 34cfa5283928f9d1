"""How a run goes: what is compiled once, how long Hypothesis searches, how many run."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Iterator

import pytest

# Thousands of tests are collected and none of them is rubbish: who looks for rubbish
# meanwhile, and looks through all of them again and again later, takes a twentieth of
# the time.
gc.disable()

# Some environments forbid to keep what was compiled. Then each of some hundred
# processes compiles the same modules, and each worker of pytest rewrites all tests.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# A shell's background jobs ignore an interrupt, and so would all that a test starts.
signal.signal(signal.SIGINT, signal.default_int_handler)

from hypothesis import HealthCheck, settings  # noqa: E402 (what it imports, as well)

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


def pytest_collection_finish() -> None:
    """Look for rubbish again, and never among what was collected."""
    gc.freeze()
    gc.enable()


@pytest.fixture
def untraced() -> Iterator[None]:
    """Let no coverage look: a thousand cases cover nothing that a few do not."""
    trace = sys.gettrace()
    sys.settrace(None)
    yield
    sys.settrace(trace)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One process more than cores, since many a test waits for a limit to be over."""
    del config
    return (os.cpu_count() or 1) + 1
