"""Compose the files of an assignment's repository, or of the one that grades it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from grader.course import filling, layer_templates
from grader.course.archive import File
from grader.exercises import load_exercise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.course.own_wheel import Wheel
    from grader.course.pins import Pins

MEMORY: Final = 1024
MEMORY_ON_GRADESCOPE: Final = 512  # the container has 768 MB, and the grader needs some


class Platform(StrEnum):
    """Where students hand in."""

    GITHUB = "github"
    GRADESCOPE = "gradescope"
    CLASSROOM50 = "classroom50"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be set up."""

    name: str
    layers: tuple[str, ...]
    platform: Platform
    language: str
    pins: Pins
    wheel: Wheel

    @property
    def values(self) -> dict[str, str]:
        """What every template may ask for."""
        memory = MEMORY
        if self.platform is Platform.GRADESCOPE:
            memory = MEMORY_ON_GRADESCOPE
        return {
            **self.pins.values,
            "NAME": self.name,
            "LANGUAGE": self.language,
            "MEMORY": str(memory),
            "WHEEL": self.wheel.name,
        }


def for_students(plan: Plan) -> tuple[File, ...]:
    """Return the repository that every student starts from."""
    files = {
        "README.md": _readme(plan),
        "layers.py": _module(plan),
        "layers.ipynb": _notebook(plan),
        "assignment.toml": _assignment(plan),
        **_pinned(plan),
    }
    if plan.platform is not Platform.CLASSROOM50:  # which brings a workflow of its own
        workflow = filling.filled("repository/check.yml", plan.values)
        files[".github/workflows/check.yml"] = workflow
    return (*_files(files), _wheel(plan))


def for_grading(plan: Plan) -> tuple[File, ...]:
    """Return the instructor's own repository, whose workflow grades the students'."""
    files = {
        "README.md": filling.filled("grading/README.md", plan.values),
        "repositories.txt": filling.filled("grading/repositories.txt", plan.values),
        "assignment.toml": _assignment(plan),
        ".github/workflows/grade.yml": filling.template("grading/grade.yml"),
        **_pinned(plan),
    }
    return (*_files(files), _wheel(plan))


def _pinned(plan: Plan) -> dict[str, str]:
    return {
        "requirements.txt": filling.filled("repository/requirements.txt", plan.values),
        ".python-version": filling.filled("repository/python-version", plan.values),
        ".gitignore": filling.template("repository/gitignore"),
    }


def _files(texts: dict[str, str]) -> Iterable[File]:
    return (File(path=p, content=text.encode("utf-8")) for p, text in texts.items())


def _wheel(plan: Plan) -> File:
    return File(path=f"wheels/{plan.wheel.name}", content=plan.wheel.content)


def _readme(plan: Plan) -> str:
    exercises = [load_exercise(layer) for layer in plan.layers]
    names = [name for each in exercises for name in (each.forward, each.backward)]
    handing_in = f"handing_in/{plan.platform.value}.{plan.language}.md"
    values = {
        **plan.values,
        "FUNCTIONS": "\n".join(f"- `{name}`" for name in names),
        "HANDING_IN": filling.template(handing_in).strip(),
    }
    return filling.filled(f"repository/README.{plan.language}.md", values)


def _assignment(plan: Plan) -> str:
    blocks = [layer_templates.table(load_exercise(name)) for name in plan.layers]
    # A name goes into a TOML string, whose escapes are JSON's.
    escaped = json.dumps(plan.name, ensure_ascii=False)[1:-1]
    values = {**plan.values, "NAME": escaped, "EXERCISES": "\n".join(blocks)}
    return filling.filled("repository/assignment.toml", values)


def _functions(plan: Plan) -> list[str]:
    return [
        layer_templates.functions(load_exercise(name), language=plan.language)
        for name in plan.layers
    ]


def _module(plan: Plan) -> str:
    return "\n\n\n".join(["import numpy as np", *_functions(plan)]) + "\n"


def _notebook(plan: Plan) -> str:
    cells = [
        _cell("markdown", f"# {plan.name}"),
        _cell("code", "import numpy as np"),
        *(_cell("code", functions) for functions in _functions(plan)),
        _cell(
            "code", 'from grader import check\n\ncheck(assignment="assignment.toml")'
        ),
    ]
    for number, cell in enumerate(cells, 1):
        cell["id"] = f"cell-{number}"
    notebook = {
        "cells": cells,
        "metadata": {
            "kernelspec": {
                "display_name": "Python 3",
                "language": "python",
                "name": "python3",
            },
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def _cell(kind: str, text: str) -> dict[str, Any]:
    cell: dict[str, Any] = {"cell_type": kind, "metadata": {}}
    if kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    return cell | {"source": text.splitlines(keepends=True)}
