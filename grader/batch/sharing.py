"""Hand one submission's report to others that are the same program, told of nobody.

A report that says anything of its own student, or prints anything, is not shared: its
twins are graded as if they were alone.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from itertools import chain
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final
from unicodedata import normalize

from grader.loaders import with_contents, with_files
from grader.report import Identity, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from grader.batch.records import Task
    from grader.report import Report

#: Graded with the first of them; more would keep one process from what others wait for.
MOST_TWINS: Final = 19
#: Letters of a file's name that may differ: a shorter one is part of many words, and a
#: longer one may stand cut off in a sentence.
LENGTHS: Final = range(3, 61)


def grouped(tasks: Iterable[Task]) -> list[Task]:
    """Return the tasks with those of one key together, some of them as twins."""
    by_key: dict[str, list[Task]] = {}
    for task in tasks:
        by_key.setdefault(task.key, []).append(task)
    return [task for same in by_key.values() for task in _parts(same)]


def _parts(same: Sequence[Task]) -> Iterator[Task]:
    for start in range(0, len(same), 1 + MOST_TWINS):
        first, *twins = same[start : start + 1 + MOST_TWINS]
        yield replace(first, twins=tuple(twins)) if twins else first


def shared(report: Report, task: Task, twin: Task) -> Report | None:
    """Return the task's report as the twin's, None if it has to be graded itself."""
    if report.outcome is not Outcome.GRADED or report.output:
        return None
    own, other = (with_contents(each.handed_in).contents for each in (task, twin))
    if own is None or other is None or own.refusal or other.refusal:
        return None
    if not _are_same(own.files, other.files, task):
        return None
    notes = [note for note in report.notes if note not in task.handed_in.notes]
    bare = replace(report, identity=Identity(submission=""), notes=tuple(notes))
    said = (bare.exercises, bare.reason, bare.notes, bare.comments)
    told = _plain("\0".join(_strings(said)))
    if any(name in told for name in _tellings(task, own.files, other.files)):
        return None
    identity = replace(twin.handed_in.identity, submission=twin.name)
    return replace(
        bare,
        identity=with_files(identity, other.files),
        notes=(*twin.handed_in.notes, *notes),
    )


def _are_same(own: Mapping[str, bytes], other: Mapping[str, bytes], task: Task) -> bool:
    """Tell whether these are the same program, whatever its one file is called."""
    if own == other:
        return True
    if len(own) != 1 or list(own.values()) != list(other.values()):
        return False
    [content] = own.values()
    names = [PurePosixPath(name) for name in (*own, *other)]
    text = _plain(content.decode("utf-8", "replace"))
    assignment = task.setup.assignment
    return (
        names[0].suffix == names[1].suffix
        # What a file is called may say whether it is the one to grade, or import.
        and not assignment.file
        and not assignment.provided
        and all(len(_plain(name.stem)) in LENGTHS for name in names)
        and not any(_plain(name.stem) in text for name in names)
    )


def _tellings(
    task: Task, own: Mapping[str, bytes], other: Mapping[str, bytes]
) -> set[str]:
    """Return what names the task's student or files, and the twin's just as well."""
    handed_in, identity = task.handed_in, task.handed_in.identity
    known = [identity.submission, identity.student, identity.email]
    known += [identity.platform_id, *identity.given, task.pseudonym]
    known += [] if handed_in.path is None else [handed_in.path.name]
    known += [file.given for file in handed_in.files]
    known += [name for name in own if name not in other]
    parts = {part for name in known for part in PurePosixPath(name).parts}
    common = {part for name in other for part in PurePosixPath(name).parts}
    names = chain(parts - common, (part.partition(".")[0] for part in parts - common))
    return {plain for name in names if (plain := _plain(name))}


def _plain(text: str) -> str:
    """Return letters and digits alone: however it is quoted, a name stays one."""
    folded = normalize("NFKC", text).casefold()
    return "".join(letter for letter in folded if letter.isalnum() or letter == "\0")


def _strings(value: Any) -> Iterator[str]:  # noqa: ANN401 (a tree of records)
    match value:
        case str():
            yield value
        case tuple() | list():
            for each in value:
                if not isinstance(each, (float, bool)):
                    yield from _strings(each)
        case dict():
            yield from _strings([*value, *value.values()])
        case _ if is_dataclass(value):
            for field in fields(value):
                yield from _strings(getattr(value, field.name))
        case _:
            return
