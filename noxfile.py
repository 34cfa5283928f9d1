"""Run any part of the build by its name: `nox`, or `nox -s lint`."""

from __future__ import annotations

import nox

nox.options.default_venv_backend = "venv"
PYTHONS = ("3.11", "3.12", "3.13")


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run the default tests under branch coverage."""
    session.install(".[test]")
    arguments = session.posargs or ["-n", "auto"]
    session.run("python", "-P", "-m", "coverage", "run", "-m", "pytest", *arguments)
    session.run("coverage", "combine", "--quiet")
    session.run("coverage", "report")


@nox.session
def adequacy(session: nox.Session) -> None:
    """Judge every right and every wrong program there is."""
    session.install(".[test]")
    each = ("--dist", "worksteal", "-m", "adequacy_full")
    session.run("pytest", *each, *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation into `site/`, and try everything that is in it."""
    session.install(".[test,docs]")
    session.run("sphinx-build", "-q", "-W", "--keep-going", "docs", "site")
    session.run("pytest", "-m", "docs", *session.posargs)


@nox.session
def platforms(session: nox.Session) -> None:
    """Grade as Gradescope, Classroom 50 and GitHub do; fetches what is installed."""
    session.install(".[test]")
    session.run("pytest", "-m", "network", *session.posargs)


@nox.session(default=False)
def nightly(session: nox.Session) -> None:
    """Search longer than a change can wait for."""
    session.install(".[test]")
    session.run("pytest", "-m", "nightly", *session.posargs)


@nox.session(default=False)
def benchmarks(session: nox.Session) -> None:
    """Measure everything that is promised of speed; as root, on an idle machine."""
    session.install(".[dev,browser]", "torch")
    session.run("python", "-P", "benchmarks/everything.py", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check lint, format, types and levels."""
    session.install("-e", ".[dev]")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("mypy")
    session.run("lint-imports")


@nox.session
def package(session: nox.Session) -> None:
    """Build wheel and sdist as they would be published."""
    session.install("build", "twine")
    folder = session.create_tmp()
    session.run("python", "-m", "build", "--outdir", folder)
    session.run("python", "-m", "twine", "check", "--strict", f"{folder}/*")
