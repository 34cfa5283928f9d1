"""Decide in which file of a submission the functions are, and say what was decided."""

from __future__ import annotations

import ast
import difflib
import fnmatch
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from grader.errors import SubmissionError
from grader.loaders.records import SourceFile, message, refusal
from grader.loaders.source import Source, parsed
from grader.loaders.tree import is_installed
from grader.loaders.unfilled import is_unfilled
from grader.records import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.loaders.records import Submission
    from grader.records import Message

DEFINED, BOUND, IMPORTED, ABSENT = 3, 2, 1, 0
DEFINES_BY_TEXT: Final = re.compile(r"\b(exec|globals|vars|setattr)\s*\(")
SHOWN: Final = 6  # names in one sentence
COURSE_FILE: Final = "layers.py"  # what the course itself calls it
# By its path: what lies beside the program that was meant, and often defines the same.
ASIDE: Final = re.compile(
    r"(^|[/_\-. ])(tests?|old|older|backup|bak|copy|orig|original|tmp|temp|draft)"
    r"([/_\-. (\d]|$)|(^|/)(build|dist)/",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A file, and how it binds each of the wanted names."""

    source: Source
    found: tuple[int, ...]
    filled: int  # how many of the names are defined, and not as a template
    is_asked: bool = False  # it was named, and the others only lie beside it

    @property
    def rank(self) -> tuple[object, ...]:
        """The larger the better; the name decides where nothing else does."""
        name = self.source.file.name
        return (
            self.is_asked and max(self.found) >= BOUND,
            self.filled,
            sum(self.found),
            not self.source.file.is_notebook,
            ASIDE.search(name.removesuffix(".py")) is None,
            name.rpartition("/")[2] == COURSE_FILE,
            name.endswith(COURSE_FILE),
            -name.count("/"),
            tuple(-ord(letter) for letter in name),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The file that is graded, and what there is to say about the choice."""

    source: Source
    notes: tuple[Message, ...] = ()
    absent: tuple[str, ...] = ()  # names that no file defines


def choose(submission: Submission, names: Sequence[str]) -> Choice:
    """Return the file that defines these (dotted) names best.

    Raises:
        SubmissionError: none of them is defined in any file that can be read.
    """
    files = _allowed(submission)
    candidates, broken = _candidates(files, names)
    if not candidates and not broken and (source := _hidden(files, names)):
        return Choice(source=source)
    if not candidates:
        raise broken[0] if broken else _nothing_found(files, names)
    candidates = [
        replace(each, is_asked=each.source.file.name == submission.asked)
        for each in candidates
    ]
    candidates.sort(key=lambda candidate: candidate.rank, reverse=True)
    best = candidates[0]
    if other := _other_half(best, candidates[1:]):
        return _joined(best, other, names)
    absent = [n for n, how in zip(names, best.found, strict=True) if how == ABSENT]
    if _hidden([best.source.file], absent):
        absent = []  # nobody knows before it has run
    notes = [] if best.is_asked else _rivals(best, candidates[1:], names)
    return Choice(source=best.source, notes=tuple(notes), absent=tuple(absent))


def _allowed(submission: Submission) -> list[SourceFile]:
    """Return the files that may be graded: those that the assignment's pattern fits."""
    files = [file for file in submission.files if not file.is_provided]
    pattern = submission.file_pattern
    fitting = (
        [file for file in files if _fits(file.name, pattern)] if pattern else files
    )
    if fitting:
        return fitting
    for each in submission.unreadable:
        if not pattern or _fits(each.name, pattern):
            raise SubmissionError(each.message)
    names = ", ".join(file.name for file in files[:SHOWN]) or "-"
    raise refusal("loading.no_such_file", pattern=pattern or "*.py", files=names)


def _fits(name: str, pattern: str) -> bool:
    last = name.rpartition("/")[2]
    return fnmatch.fnmatchcase(name, pattern) or fnmatch.fnmatchcase(last, pattern)


def _candidates(
    files: Iterable[SourceFile], names: Sequence[str]
) -> tuple[list[Candidate], list[SubmissionError]]:
    """Return the files that bind at least one name, and why others cannot tell."""
    candidates, broken = [], []
    roots = [name.partition(".")[0] for name in names]
    mentioned = re.compile(r"\b(" + "|".join(map(re.escape, roots)) + r")\b")
    for file in files:
        if not any(mentioned.search(unit.source) for unit in file.units):
            continue
        try:
            source = parsed(file)
        except SubmissionError as error:
            broken.append(error)
            continue
        found = tuple(_how(source, root) for root in roots)
        if any(found):
            filled = sum(_is_filled(source, name) for name in names)
            candidates.append(Candidate(source=source, found=found, filled=filled))
        broken += [
            error
            for number, error in source.broken.items()
            if mentioned.search(file.units[number].source)
        ]
    return candidates, broken


def _hidden(files: Iterable[SourceFile], names: Sequence[str]) -> Source | None:
    """Return the first file that may define the functions while it runs."""
    for file in files:
        text = "\n".join(unit.source for unit in file.units)
        if DEFINES_BY_TEXT.search(text) and all(name in text for name in names):
            return parsed(file)
    return None


def _how(source: Source, name: str) -> int:
    best = ABSENT
    for statement in source.statements:
        if name in statement.binds:
            imported = IMPORTED if statement.is_import else BOUND
            best = max(best, DEFINED if statement.is_definition else imported)
    return best


def _is_filled(source: Source, dotted: str) -> bool:
    root, _, rest = dotted.partition(".")
    if _how(source, root) < BOUND:
        return False
    definitions = source.definitions(root)
    if not definitions:
        return True
    node: ast.AST = definitions[-1].node
    for name in rest.split(".") if rest else []:
        inner = [each for each in getattr(node, "body", []) if _name(each) == name]
        if not inner:
            return False
        node = inner[-1]
    return not is_unfilled(node)


def _name(node: ast.AST) -> str:
    return str(getattr(node, "name", ""))


def _other_half(best: Candidate, others: list[Candidate]) -> Candidate | None:
    """Return the best file that defines what the best file lacks."""
    lacking = [at for at, how in enumerate(best.found) if how == ABSENT]
    for other in others:
        if lacking and all(other.found[at] >= BOUND for at in lacking):
            return other
    return None


def _joined(best: Candidate, other: Candidate, names: Sequence[str]) -> Choice:
    """Return a file that has both: by imports, as one would write it, or one by one."""
    first, second = best.source.file, other.source.file
    note = message("loading.note.two_files", first=first.name, second=second.name)
    name = f"{first.name} + {second.name}"
    if first.is_notebook or second.is_notebook:
        # A notebook cannot be imported; the better one comes last and wins.
        units = (*second.units, *first.units)
    else:
        lines = [
            f"from {_module(each.source.file.name)} import {name.partition('.')[0]}"
            for each in (best, other)
            for name, how in zip(names, each.found, strict=True)
            if how != ABSENT
            and (each is best or best.found[names.index(name)] == ABSENT)
        ]
        units = (Unit(name=name, source="\n".join(lines) + "\n"),)
    file = SourceFile(name=name.replace("/", "_"), units=units)
    return Choice(source=parsed(file), notes=(note,))


def _module(path: str) -> str:
    return path.removesuffix(".py").replace("/", ".")


def _rivals(
    best: Candidate, others: list[Candidate], names: Sequence[str]
) -> list[Message]:
    rivals = [
        other.source.file.name
        for other in others
        if max(other.found) == DEFINED and other.filled == best.filled
    ]
    if not rivals:
        return []
    return [
        message(
            "loading.note.candidates",
            name=names[0],
            file=best.source.file.name,
            others=", ".join(sorted(rivals)[:SHOWN]),
        )
    ]


def _nothing_found(files: list[SourceFile], names: Sequence[str]) -> SubmissionError:
    """Return the error that names what is there instead, the nearest name first."""
    wanted = " / ".join(names)
    shown = ", ".join(file.name for file in files[:SHOWN])
    found: dict[str, str] = {}
    for file in files:
        try:
            source = parsed(file)
        except SubmissionError as error:
            return error
        if module := _foreign_star(source):
            return refusal(
                "loading.only_imported", file=file.name, name=wanted, module=module
            )
        found |= _callables(source)
    if inside := [dotted for dotted in found if dotted.rpartition(".")[2] in names]:
        return refusal("loading.inside", file=shown, name=wanted, found=inside[0])
    if not found:
        return refusal("loading.no_functions", file=shown, name=wanted)
    near = difflib.get_close_matches(names[0], found, n=SHOWN, cutoff=0.0)
    return refusal(
        "loading.no_function", file=shown, name=wanted, found=", ".join(near)
    )


def _foreign_star(source: Source) -> str:
    """Return a module all of whose names are imported, and which is not here."""
    stars = (each.star.module or "" for each in source.statements if each.star)
    return next((module for module in stars if not is_installed(module)), "")


def _callables(source: Source) -> dict[str, str]:
    """Return the functions and methods that a file defines, by dotted name."""
    found = {}
    for statement in source.statements:
        if statement.is_definition:
            name = _name(statement.node)
            found[name] = source.file.name
            for inner in getattr(statement.node, "body", []):
                if isinstance(inner, ast.FunctionDef) and isinstance(
                    statement.node, ast.ClassDef
                ):
                    found[f"{name}.{inner.name}"] = source.file.name
    return found
