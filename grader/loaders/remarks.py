"""Say what was done about a submission while its functions were cut out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.loaders.records import message
from grader.loaders.standins import MARK, shows_nothing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.loaders.linking import Linker
    from grader.loaders.part import Part
    from grader.loaders.records import MissingModule
    from grader.records import Message


def remarks(
    linker: Linker, roots: set[str], *, missing: Sequence[MissingModule], whole: bool
) -> Iterator[Message]:
    """Yield a note for everything that a reader of the code would not expect.

    `roots` are the names that the graded functions start from.
    """
    main = linker.parts[""]
    yield from _redefined(main, roots)
    yield from _left_out(missing)
    yield from _stand_ins(linker)
    yield from _other_letters(linker)
    yield from _script_only(main)
    if not whole:
        yield from _overwritten(main)


def _left_out(missing: Sequence[MissingModule]) -> Iterator[Message]:
    """Yield a note for every module that is used and is not here."""
    for each in {each.module: each for each in missing}.values():
        yield message(
            "loading.note.missing_module",
            file=each.file,
            line=each.line,
            module=each.module,
        )


def _redefined(main: Part, roots: set[str]) -> Iterator[Message]:
    """Yield a note for every function that a file defines more than once."""
    units = main.source.file.units
    for name in sorted(roots):
        found = main.source.definitions(name)
        if len(found) > 1:
            kept = [each for each in found if each in main.kept] or found
            places = [f"{units[each.unit].name}: {each.node.lineno}" for each in found]
            last = f"{units[kept[-1].unit].name}: {kept[-1].node.lineno}"
            yield message(
                "loading.note.redefined",
                name=name,
                places=", ".join(places),
                last=last,
            )


def _overwritten(main: Part) -> Iterator[Message]:
    """Yield a note for every cell that takes a name from the functions."""
    needed = {use.name for each in main.kept for use in each.needs} | main.wanted
    for place, names in main.slicer.names.overwritten.items():
        statement = main.source.statements[place]
        for name in sorted(names & needed):
            yield message(
                "loading.note.overwritten",
                file=main.source.file.units[statement.unit].name,
                line=statement.node.lineno,
                name=name,
            )


def _script_only(main: Part) -> Iterator[Message]:
    """Yield a note where the functions are defined for a run as a script only."""
    units = main.source.file.units
    for statement in main.kept:
        if statement.runs_as_script_only:
            yield message(
                "loading.note.script_only",
                file=units[statement.unit].name,
                line=statement.node.lineno,
            )


def _other_letters(linker: Linker) -> Iterator[Message]:
    """Yield a note for every module that is found in other letters only."""
    for dotted, part in linker.parts.items():
        file = part.source.file.name
        tail = dotted.rpartition(".")[2]
        stem = file.removesuffix("/__init__.py").removesuffix(".py").rpartition("/")[2]
        if tail and stem != tail and stem.casefold() == tail.casefold():
            yield message("loading.note.other_letters", module=dotted, file=file)


def _stand_ins(linker: Linker) -> Iterator[Message]:
    """Yield a note for every module that something stands for."""
    for dotted, part in linker.parts.items():
        units = part.source.file.units
        for statement, _ in part.annotating():
            yield message(
                "loading.note.annotation",
                file=units[statement.unit].name,
                line=statement.node.lineno,
                module=part.module_of(statement),
            )
        if part.source.file.name.endswith(MARK):
            kind = "shows_nothing" if shows_nothing(dotted) else "stand_in"
            yield message(f"loading.note.{kind}", module=dotted)
