"""Explain the text of a submission in this process, for tests."""

from __future__ import annotations

import contextlib
import io
import sys
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING

from in_process import InProcessSandbox
from judging import corpus_of

from grader.assignment import DEFAULT
from grader.loaders import load_bytes
from grader.messages import render
from grader.report import Identity
from grader.session import Setting, grade

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.corpus import Corpus
    from grader.isolation.sandbox import Sandbox
    from grader.report import ExerciseReport, Report


def setting(
    corpus: Corpus | None = None, *, sandbox: Sandbox | None = None, search: int = 0
) -> Setting:
    """Return what one submission is graded with, without a wall around it."""
    posed = corpus or corpus_of()
    return Setting(
        assignment=DEFAULT,
        corpora=(posed,),
        sandbox=sandbox or InProcessSandbox(),
        seed=posed.seed,
        corpus_digest=posed.digest,
        search=search,
    )


@cache
def graded(source: str, *, name: str = "layers.py") -> Report:
    """Return the report of a file of this text."""
    return graded_with(source, setting(), name=name)


def graded_with(source: str, given: Setting, *, name: str = "layers.py") -> Report:
    """Return the report of a file of this text, graded with this."""
    identity = Identity(submission=name)
    content = source.encode("utf-8")
    submission = load_bytes(name, content, given.assignment, identity=identity)
    return grade(submission, given)


def explained(source: str) -> ExerciseReport:
    """Return what is said of a file of this text."""
    (exercise,) = graded(source).exercises
    return exercise


def sentences(exercise: ExerciseReport, *, language: str = "en") -> list[str]:
    """Return what the student reads first."""
    return [render(message, language) for message in exercise.summary]


def ids(exercise: ExerciseReport) -> list[str]:
    """Return the ids of what the student reads first."""
    return [message.id for message in exercise.summary]


@contextlib.contextmanager
def _module(source: str, name: str) -> Iterator[None]:
    module = ModuleType(name)
    exec(compile(source, f"{name}.py", "exec"), module.__dict__)  # noqa: S102 (ours)
    sys.modules[name] = module
    try:
        yield
    finally:
        del sys.modules[name]


def run_snippet(snippet: str, source: str, *, name: str = "layers") -> str:
    """Return what a snippet prints beside a program; the error's name if it raises."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        try:
            with _module(source, name):
                exec(compile(snippet, "snippet.py", "exec"), {})  # noqa: S102 (ours)
        except Exception as error:  # noqa: BLE001 (whatever a student's code raises)
            return type(error).__name__
    return printed.getvalue()
