"""Build the corpora that a batch is graded on, write them down, and find them again."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import TYPE_CHECKING, Final

from grader import corpus
from grader.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from grader.assignment import Assignment
    from grader.corpus import Corpus

NAME: Final = "corpus.json"
SEED_BITS: Final = 48  # a spreadsheet and a browser keep all of its digits
MOST_BYTES: Final = 10_000_000


def fresh_seed() -> int:
    """Return a seed that nobody can foresee."""
    return secrets.randbits(SEED_BITS)


def build(assignment: Assignment, *, seed: int) -> tuple[Corpus, ...]:
    """Return a corpus for each exercise of the assignment."""
    built = []
    for graded in assignment.exercises:
        exercise = assignment.exercise_of(graded)
        domain = graded.domain_for(exercise)
        built.append(corpus.build(exercise, domain, seed=seed, data=graded.data))
    return tuple(built)


def digest(corpora: Sequence[Corpus]) -> str:
    """Return one SHA-256 for all corpora; of one corpus, its own."""
    if len(corpora) == 1:
        return corpora[0].digest
    joined = "/".join(each.digest for each in corpora)
    return hashlib.sha256(joined.encode()).hexdigest()


def write(corpora: Sequence[Corpus], *, seed: int) -> bytes:
    """Return corpus.json: the seed, and every case as it was posed."""
    known = {
        "seed": seed,
        "digest": digest(corpora),
        "corpora": [each.identity for each in corpora],
    }
    return (json.dumps(known, indent=1) + "\n").encode("utf-8")


def seed_of_folder(folder: Path | None) -> int:
    """Return the seed that a results folder was graded with, or a fresh one.

    Raises:
        UsageError: there is a corpus.json in the folder, and it is broken.
    """
    path = None if folder is None else folder / NAME
    return _read(path)[0] if path is not None and path.exists() else fresh_seed()


def replay(path: Path, assignment: Assignment) -> tuple[int, tuple[Corpus, ...]]:
    """Return the seed and the corpora of a corpus.json, or refuse.

    Raises:
        UsageError: the file is none, or this assignment and this version of
            convgrade do not give the same cases again.
    """
    seed, wanted = _read(path)
    corpora = build(assignment, seed=seed)
    if digest(corpora) != wanted:
        raise UsageError(
            f"corpus file {str(path)!r} has other cases (digest {wanted[:12]!r}) than "
            f"this assignment and this version of convgrade ({digest(corpora)[:12]!r})"
        )
    return seed, corpora


def _read(path: Path) -> tuple[int, str]:
    try:
        content = path.read_bytes()[:MOST_BYTES]
        known = json.loads(content)
        seed, wanted = known["seed"], known["digest"]
    except OSError as error:
        raise UsageError(
            f"corpus file {str(path)!r}: {error.strerror or error}"
        ) from error
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise _not_a_corpus(path) from error
    if type(seed) is not int or seed < 0 or not isinstance(wanted, str):
        raise _not_a_corpus(path)
    return seed, wanted


def _not_a_corpus(path: Path) -> UsageError:
    return UsageError(
        f"corpus file {str(path)!r} is no corpus.json; wanted what 'convgrade grade' "
        "wrote"
    )
