"""Declare the options, and read what several commands share: assignment, corpora."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional, TypeAlias

import typer

from grader.batch.records import Pages
from grader.errors import UsageError
from grader.records import Tier
from grader.reports import RENDERERS

if TYPE_CHECKING:
    from grader.assignment import Assignment
    from grader.batch.settings import Settings
    from grader.corpus import Corpus

# Older typers do not know `X | None` in an alias, so these say Optional.
AssignmentFile: TypeAlias = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(
        "--assignment",
        metavar="FILE",
        help="The instructor's assignment.toml; without it, conv2d with its defaults.",
    ),
]
Seed: TypeAlias = Annotated[
    Optional[int],  # noqa: UP045
    typer.Option(min=0, help="Seed of the data; fresh in every run without it."),
]
CorpusFile: TypeAlias = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(
        "--corpus", metavar="FILE", help="Replay the corpus.json of an earlier run."
    ),
]
Submission: TypeAlias = Annotated[
    Path, typer.Argument(help="A .py file, a notebook, a folder or an archive.")
]
Submissions: TypeAlias = Annotated[
    list[Path],
    typer.Argument(
        metavar="PATH...",
        help="Submissions, folders of them, or bulk downloads as they come.",
    ),
]
Search: TypeAlias = Annotated[
    Optional[int],  # noqa: UP045
    typer.Option(min=0, help="Drawn cases to try after the published ones."),
]
Format: TypeAlias = Annotated[
    str, typer.Option("--format", help=f"One of {', '.join(RENDERERS)}.")
]
Also: TypeAlias = Annotated[
    Optional[list[str]],  # noqa: UP045
    typer.Option(
        metavar="FORMAT=FILE",
        help="Write the same report into a file, too; can be given several times.",
    ),
]
Watch: TypeAlias = Annotated[
    bool,
    typer.Option("--watch", help="Check again whenever it is saved; Ctrl-C ends it."),
]
FailUnder: TypeAlias = Annotated[
    float,
    typer.Option(min=0, max=100, metavar="PERCENT", help="Exit with 1 below this."),
]
Out: TypeAlias = Annotated[
    Path, typer.Option(metavar="DIR", help="Where the results go, or lie already.")
]
Jobs: TypeAlias = Annotated[
    Optional[int],  # noqa: UP045
    typer.Option(min=1, help="Submissions at a time; as many as processors."),
]
Scheduler: TypeAlias = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(
        metavar="ADDRESS",
        help="Grade on a dask.distributed cluster, such as tcp://10.0.0.1:8786.",
    ),
]
RosterFile: TypeAlias = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(
        "--roster",
        metavar="CSV",
        help="The course's list: names the students, and who handed in nothing.",
    ),
]
SameCode: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--same-code",
        help="For the staff: whose functions are the same but for names and comments.",
    ),
]
Template: TypeAlias = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(metavar="FILE", help="What students were given: not compared."),
]
Pseudonymous: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--pseudonymous",
        help="Show no names but in DIR/staff/identities.csv; the folder keeps to it.",
    ),
]
WantedPages: TypeAlias = Annotated[
    Pages,
    typer.Option(
        "--pages", help="Whose pages to write; 'convgrade report' makes them later."
    ),
]
Regrade: TypeAlias = Annotated[
    bool, typer.Option("--regrade", help="Grade again what is graded already.")
]
RequireTier: TypeAlias = Annotated[
    Optional[Tier],  # noqa: UP045
    typer.Option(help="Refuse to run where isolation is weaker than this."),
]


def read_assignment(path: Path | None) -> Assignment:
    """Return the assignment in the file, or the default one; UsageError if wrong."""
    from grader.assignment import DEFAULT, load_assignment  # noqa: PLC0415 (for --help)

    return DEFAULT if path is None else load_assignment(path)


def read_settings(folder: Path, assignment: Path | None) -> Settings:
    """Return points and feedback: of the file, else as the folder was graded."""
    from grader.batch import settings  # noqa: PLC0415 (NumPy, which --help must not load)

    remembered = settings.read(folder) if assignment is None else None
    return remembered or settings.of(read_assignment(assignment))


def choose_corpora(
    assignment: Assignment,
    *,
    seed: int | None,
    corpus: Path | None,
    out: Path | None = None,
) -> tuple[int, tuple[Corpus, ...]]:
    """Return the seed and the corpora: replayed, as told, of `out`, or fresh.

    Raises:
        UsageError: the corpus file is none, or it has another seed than was told.
    """
    from grader.batch import corpora  # noqa: PLC0415 (NumPy, which --help must not load)

    if corpus is not None:
        replayed, built = corpora.replay(corpus, assignment)
        if seed not in {None, replayed}:
            raise UsageError(
                f"--seed is {seed}, but the corpus in {str(corpus)!r} has {replayed}; "
                "wanted one of the two"
            )
        return replayed, built
    chosen = seed if seed is not None else assignment.seed
    if chosen is None:
        chosen = corpora.seed_of_folder(out)
    return chosen, corpora.build(assignment, seed=chosen)


def with_search(assignment: Assignment, search: int | None) -> Assignment:
    """Return the assignment with so many drawn cases beyond the corpus."""
    if search is None:
        return assignment
    exercises = tuple(replace(e, search=search) for e in assignment.exercises)
    return replace(assignment, exercises=exercises)
