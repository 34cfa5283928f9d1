"""The tier is what a canary has observed, whatever was asked for."""

from __future__ import annotations

import socket
import sys
from types import SimpleNamespace

import pytest

from grader.errors import SandboxError, UsageError
from grader.isolation import canary
from grader.isolation.canary import (
    ATTEMPTS,
    BROKEN,
    FORBIDDEN,
    HIDDEN,
    STRONG_LAYERS,
    Observed,
    observe,
)
from grader.isolation.choose import best, open_sandbox
from grader.isolation.doctor import examine
from grader.isolation.layers import Layers
from grader.isolation.linux_sandbox import LinuxSandbox
from grader.isolation.subprocess_sandbox import SubprocessSandbox
from grader.messages import LANGUAGES, render
from grader.records import Tier

linux = pytest.mark.skipif(sys.platform != "linux", reason="walls of Linux's")
ALL = tuple(sorted(STRONG_LAYERS))


def observed(*through: str, layers: tuple[str, ...] = ALL) -> Observed:
    return Observed(got_through={n: n in through for n in ATTEMPTS}, layers=layers)


def test_strong_is_where_nothing_got_through_all_layers() -> None:
    assert observed().tier is Tier.STRONG


@pytest.mark.parametrize("name", HIDDEN)
def test_what_can_be_seen_makes_it_medium(name: str) -> None:
    assert observed(name).tier is Tier.MEDIUM


@pytest.mark.parametrize("layer", ALL)
def test_a_missing_layer_makes_it_medium(layer: str) -> None:
    layers = tuple(each for each in ALL if each != layer)
    assert observed(layers=layers).tier is Tier.MEDIUM


@pytest.mark.parametrize("name", FORBIDDEN)
def test_anything_forbidden_makes_it_weak(name: str) -> None:
    assert observed(name).tier is Tier.WEAK


@linux
def test_a_machine_without_any_network_is_none_to_fail_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    names = ("AF_INET", "SOCK_STREAM", "SOCK_DGRAM")
    theirs = SimpleNamespace(socket=refuse, **{n: getattr(socket, n) for n in names})
    monkeypatch.setattr(canary, "socket", theirs)
    sandbox = SubprocessSandbox()
    try:
        assert observe(sandbox).got_through["sends_tcp"] is False
    finally:
        sandbox.close()


def tier_with(layers: Layers) -> tuple[Tier, list[str]]:
    sandbox = LinuxSandbox(layers)
    try:
        seen = observe(sandbox, layers=sandbox.applied)
    finally:
        sandbox.close()
    through = [name for name, got in seen.got_through.items() if got]
    return seen.tier, through


@linux
def test_without_namespaces_it_is_medium() -> None:
    tier, through = tier_with(Layers(namespaces=False))
    assert tier is Tier.MEDIUM
    assert through == ["sees_a_file", "sees_its_parent"]


@linux
def test_without_landlock_and_namespaces_files_are_read() -> None:
    tier, through = tier_with(Layers(namespaces=False, landlock=False))
    assert tier is Tier.WEAK
    assert "reads_a_file" in through
    assert "writes_a_file" not in through
    assert "sends_udp" not in through


@linux
def test_without_a_filter_a_process_is_started() -> None:
    tier, through = tier_with(Layers(seccomp=False))
    assert tier is Tier.WEAK
    assert "starts_a_process" in through


def test_a_plain_process_is_weak_and_limits_memory() -> None:
    seen = observe(SubprocessSandbox())
    assert seen.tier is Tier.WEAK
    assert not seen.got_through["takes_too_much_memory"]
    assert not seen.got_through["writes_a_file"]
    assert not seen.got_through["reads_the_environment"]
    assert not seen.got_through[BROKEN]


@linux
def test_the_fork_server_is_never_within_reach() -> None:
    sandbox = best(Layers(seccomp=False, namespaces=False))
    assert isinstance(sandbox, SubprocessSandbox)
    assert sandbox.tier is Tier.WEAK


@linux
def test_the_best_sandbox_knows_its_tier() -> None:
    sandbox = best(Layers(namespaces=False))
    sandbox.close()
    assert isinstance(sandbox, LinuxSandbox)
    assert sandbox.tier is Tier.MEDIUM
    assert sandbox.observed is not None


def test_a_tier_that_is_not_there_can_be_required_in_vain(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("grader.isolation.choose.best", SubprocessSandbox)
    with pytest.raises(UsageError, match="isolation here is 'weak', 'strong' is"):
        open_sandbox(Tier.STRONG)
    assert open_sandbox(Tier.WEAK).tier is Tier.WEAK


def test_where_nothing_starts_the_plain_process_is_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(layers: Layers) -> None:
        raise SandboxError(str(layers))

    monkeypatch.setattr("grader.isolation.choose.LinuxSandbox", refuse)
    assert isinstance(best(), SubprocessSandbox)


def test_a_canary_that_stays_away_is_the_sandboxes_fault() -> None:
    sandbox = SubprocessSandbox()
    with pytest.raises(SandboxError, match="did not come back"):
        observe(Swapped(sandbox))  # type: ignore[arg-type]


class Swapped:
    """A sandbox that runs something else instead."""

    def __init__(self, sandbox: SubprocessSandbox) -> None:
        self._sandbox = sandbox

    def open(self, program: object, limits: object) -> object:
        from worker_programs import program as other  # noqa: PLC0415

        del program
        return self._sandbox.open(other("1 / 0"), limits)  # type: ignore[arg-type]


def test_the_doctor_tells_the_tier_and_every_attempt() -> None:
    told = examine()
    assert told[0].id.startswith("doctor.tier.")
    assert sum(m.id in {"doctor.blocked", "doctor.possible"} for m in told) == (
        len(ATTEMPTS) - 1
    )
    for message in told:
        for language in LANGUAGES:
            assert render(message, language)


@pytest.mark.parametrize("layer", ["namespaces", "landlock", "seccomp", "nobody"])
def test_there_is_advice_for_every_layer(layer: str) -> None:
    for templates in LANGUAGES.values():
        assert "{reason}" in templates[f"doctor.advice.{layer}"]


def test_a_layer_that_does_not_exist_is_refused() -> None:
    with pytest.raises(AttributeError, match="'moat' is no layer"):
        Layers().without("moat")
