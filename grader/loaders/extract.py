"""Cut out of a submission what its two functions need: the program that is run.

`program` keeps what the functions need; `whole` keeps everything that can run, for
the case that reading the code was not enough to know.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from grader.loaders.adapters import adapted
from grader.loaders.choosing import choose
from grader.loaders.hints import hints_of
from grader.loaders.linking import Linker
from grader.loaders.records import (
    Extraction,
    Hint,
    MissingModule,
    message,
    refusal,
)
from grader.loaders.remarks import remarks
from grader.loaders.rules import check_rules
from grader.loaders.slicing import BUILTINS
from grader.loaders.tree import Tree
from grader.records import Program, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.assignment import Assignment, GradedExercise
    from grader.exercise import Exercise
    from grader.loaders.choosing import Choice
    from grader.loaders.part import Part
    from grader.loaders.records import Submission
    from grader.records import Convention


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be cut out: how the functions are named and called."""

    convention: Convention
    adapter: Unit | None
    names: tuple[str, ...]  # dotted; what must be found
    assignment: Assignment


def program(
    submission: Submission,
    assignment: Assignment,
    *,
    graded: GradedExercise,
    exercise: Exercise,
) -> Extraction:
    """Return the program that consists of what the functions need.

    Raises:
        SubmissionError: no function is found, or what they need cannot be read.
    """
    return _extract(submission, _asked(assignment, graded, exercise), whole=False)


def whole(
    submission: Submission,
    assignment: Assignment,
    *,
    graded: GradedExercise,
    exercise: Exercise,
) -> Extraction:
    """Return the program that consists of all that can run, top to bottom.

    Raises:
        SubmissionError: as `program` does.
    """
    return _extract(submission, _asked(assignment, graded, exercise), whole=True)


def asked_names(assignment: Assignment) -> tuple[str, ...]:
    """Return the dotted names of all that the assignment asks a submission for."""
    asked = [
        _asked(assignment, graded, assignment.exercise_of(graded)).names
        for graded in assignment.exercises
    ]
    return tuple(dict.fromkeys(name for names in asked for name in names))


def _asked(assignment: Assignment, graded: GradedExercise, exercise: Exercise) -> Asked:
    convention = graded.convention_for(exercise)
    adapter = assignment.adapter_of(graded)
    if adapter is not None:
        adapter, forward, backward = adapted(adapter, graded)
        convention = replace(convention, forward=forward, backward=backward)
    names = tuple(dict.fromkeys((convention.forward, convention.backward)))
    return Asked(
        convention=convention, adapter=adapter, names=names, assignment=assignment
    )


def _extract(submission: Submission, asked: Asked, *, whole: bool) -> Extraction:
    choice = choose(submission, asked.names)
    tree = Tree.of(submission.files, choice.source.file)
    linker = Linker(tree)
    roots = {name.partition(".")[0] for name in asked.names}
    main = linker.link(choice.source, roots, whole=whole)
    missing = tuple(_missing(main))
    _refuse_lost_roots(main, roots, missing)
    rules = asked.assignment.rules
    allowed = rules.allowed_imports
    return Extraction(
        program=Program(
            units=tuple(main.units()),
            convention=asked.convention,
            modules=tuple(linker.modules()),
            adapter=asked.adapter,
            allowed_imports=None if allowed is None else frozenset(allowed),
            package=tree.package,
        ),
        file=choice.source.file.name,
        notes=(
            *choice.notes,
            *remarks(linker, roots, missing=missing, whole=whole),
            *check_rules(list(linker.parts.values()), rules),
        ),
        hints=(*hints_of(main, asked.names), *_absent(choice)),
        missing=missing,
    )


def _absent(choice: Choice) -> Iterator[Hint]:
    """Yield that a function is not there; the other one is judged without it."""
    file = choice.source.file.name
    for name in choice.absent:
        told = message("loading.note.no_function", file=file, name=name)
        yield Hint(function=name, kind="absent", message=told)


def _missing(part: Part) -> Iterator[MissingModule]:
    """Yield the imports that were left out though a name of theirs is used.

    A star import is told where a name is used that nothing else binds.
    """
    units = part.source.file.units
    lost = [each for each in part.source.statements if part.is_missing(each)]
    named = {name for each in lost for name in each.binds}
    unknown = part.slice.unbound - BUILTINS - named
    stood_for = {name for _, name in part.annotating()}
    for statement in lost:
        for name in sorted(statement.binds - stood_for):
            if name in part.slice.unbound or (name == "*" and unknown):
                yield MissingModule(
                    module=part.module_of(statement),
                    name=name,
                    file=units[statement.unit].name,
                    line=statement.node.lineno,
                )


def _refuse_lost_roots(
    main: Part, roots: set[str], missing: tuple[MissingModule, ...]
) -> None:
    """Raise where the functions themselves would come from a missing module."""
    lost = [each for each in missing if each.name in roots]
    if lost and roots <= main.slice.unbound:
        raise refusal(
            "loading.only_imported",
            file=lost[0].file,
            name=lost[0].name,
            module=lost[0].module,
        )
    # `from nndl.layers import ...` in a layers.py that is all there is finds itself.
    for statement in main.kept if not any(map(main.source.definitions, roots)) else ():
        node = statement.node
        if (
            isinstance(node, ast.ImportFrom)
            and statement.binds & roots
            and main.around.file_of(main.absolute(node)) is main.source.file
        ):
            raise refusal(
                "loading.only_imported",
                file=main.source.file.name,
                name=min(statement.binds & roots),
                module=main.module_of(statement),
            )
