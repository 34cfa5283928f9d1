"""Find the submissions of a batch whose functions are the same, for the staff alone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from grader.batch import files, hiding, pool
from grader.batch.records import Task
from grader.errors import SubmissionError, UsageError
from grader.loaders import extract, load, load_handed_in
from grader.loaders.same_code import written
from grader.messages import render
from grader.reports import to_same_code
from grader.reports.to_same_code import Group, Member

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from grader.assignment import Assignment
    from grader.batch.pseudonyms import Pseudonyms
    from grader.batch.records import Setup
    from grader.loaders import Submission
    from grader.loaders.bulk import HandedIn
    from grader.loaders.same_code import Written
    from grader.report import Identity

#: A folder, so that no submission's page can have this name.
PLACE: Final = "staff/same-code"
PAGE: Final = "index.html"


def compare(
    handed_in: Sequence[HandedIn],
    *,
    setup: Setup,
    workers: pool.Pool,
    template: Path | None = None,
) -> list[Group]:
    """Return the groups of submissions whose functions are the same, largest first.

    Raises:
        UsageError: the template cannot be read.
    """
    given = _of_template(template, setup.assignment)
    by_code: dict[tuple[str, str], list[Member]] = defaultdict(list)
    for task, found in _read_all(handed_in, setup, workers):
        for each in found:
            if each.fingerprint not in given:
                member = Member(
                    submission=task.name,
                    student=task.handed_in.identity.student,
                    text=each.text,
                )
                by_code[each.function, each.fingerprint].append(member)
    groups = [
        Group(
            function=function,
            members=tuple(sorted(members, key=lambda member: member.submission)),
        )
        for (function, _), members in by_code.items()
        if len(members) > 1
    ]
    return sorted(groups, key=lambda group: (-len(group.members), group.function))


def _read_all(
    handed_in: Sequence[HandedIn], setup: Setup, workers: pool.Pool
) -> Iterator[tuple[Task, tuple[Written, ...]]]:
    tasks = (Task(setup=setup, handed_in=each, file="", key="") for each in handed_in)
    for ending in pool.run(tasks, read, pool=workers):
        match ending:
            case pool.Finished(task=task, value=found):
                yield task, found
            case pool.GivenUp():
                continue  # its own report says what is wrong with it


def hidden(
    groups: Sequence[Group], handed_in: Sequence[HandedIn], *, pseudonyms: Pseudonyms
) -> list[Group]:
    """Return the groups as the folder may show them, in what is written there too."""
    known = {each.identity.submission: each.identity for each in handed_in}
    return [
        replace(
            group,
            members=tuple(
                _shown(m, known[m.submission], pseudonyms) for m in group.members
            ),
        )
        for group in groups
    ]


def _shown(member: Member, identity: Identity, pseudonyms: Pseudonyms) -> Member:
    shown = pseudonyms.shown(identity)
    pseudonym = pseudonyms.of(identity.submission)
    return Member(
        submission=shown.submission,
        student=shown.student,
        text=hiding.text(member.text, identity, pseudonym),
    )


def write(out: Path, groups: Sequence[Group], *, assignment: Assignment) -> None:
    """Write the page of these groups below the staff's folder."""
    files.make_folder(out / PLACE)
    page = to_same_code.render(
        groups,
        language=assignment.feedback.language,
        sentences=assignment.feedback.messages,
    )
    files.write_whole(out / PLACE / PAGE, page.encode("utf-8"))


def read(task: Task) -> tuple[Written, ...]:
    """Return the graded functions of one submission; of an unreadable one, none."""
    assignment = task.setup.assignment
    try:
        submission = load_handed_in(task.handed_in, assignment)
    except SubmissionError:
        return ()
    return tuple(_functions(submission, assignment))


def _of_template(template: Path | None, assignment: Assignment) -> set[str]:
    if template is None:
        return set()
    try:
        submission = load(template, assignment)
    except SubmissionError as error:
        raise UsageError(f"template: {render(error.message)}") from error
    return {each.fingerprint for each in _functions(submission, assignment)}


def _functions(submission: Submission, assignment: Assignment) -> Iterable[Written]:
    provided = {unit.name.rpartition("/")[2] for unit in assignment.provided}
    for graded in assignment.exercises:
        exercise = assignment.exercise_of(graded)
        try:
            found = extract.program(
                submission, assignment, graded=graded, exercise=exercise
            )
        except SubmissionError:
            continue
        yield from written(found, provided=provided)
