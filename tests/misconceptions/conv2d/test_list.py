from __future__ import annotations

from collections import defaultdict
from functools import cache
from operator import attrgetter
from string import Formatter
from typing import TYPE_CHECKING

import numpy as np
import pytest
from judging import corpus_of, lost
from mistaken import MistakenWorker
from programs import program

from grader.engine.grade import build_engine
from grader.messages import LANGUAGES
from grader.misconceptions import RAISES
from grader.misconceptions.conv2d import MISCONCEPTIONS

if TYPE_CHECKING:
    from collections.abc import Hashable

    from grader.corpus import Entry
    from grader.misconceptions import Misconception

pytestmark = pytest.mark.usefixtures("untraced")  # the engine has tests of its own

ENTRIES = corpus_of(remainder="floor").entries
EACH = pytest.mark.parametrize("mistake", MISCONCEPTIONS, ids=attrgetter("name"))
#: Every third of them in the default run.
SOME = pytest.mark.parametrize(
    "mistake",
    [
        pytest.param(each, marks=pytest.mark.adequacy_full if n % 3 else ())
        for n, each in enumerate(MISCONCEPTIONS)
    ],
    ids=attrgetter("name"),
)


@cache
def seen(name: str, tensor: str) -> tuple[Hashable, ...]:
    """Return what the misconception makes of every case, to be compared."""
    mistake = next(m for m in MISCONCEPTIONS if m.name == name)
    return tuple(_seen(mistake, tensor, entry) for entry in ENTRIES)


def _seen(mistake: Misconception, tensor: str, entry: Entry) -> Hashable:
    value = mistake.answer(
        tensor,
        arrays=entry.first.arrays,
        options=entry.options or {},
        dout=entry.first.dout,
    )
    if value is RAISES:
        return RAISES
    array = np.asarray(value)
    return array.shape, (np.round(array, 6) + 0.0).tobytes()


def killers_of(mistake: Misconception) -> set[str]:
    engine = build_engine(
        corpus_of(remainder="floor"),
        MistakenWorker(mistake),
        convention=program("").convention,
        follow_through=True,
    )
    return lost(engine.grade())


def test_there_are_at_least_sixty() -> None:
    assert len({mistake.name for mistake in MISCONCEPTIONS}) == len(MISCONCEPTIONS)
    assert len(MISCONCEPTIONS) >= 60


@SOME
def test_it_is_killed_by_the_criteria_it_names(mistake: Misconception) -> None:
    assert killers_of(mistake) == set(mistake.killed_by)


@EACH
def test_each_tensor_it_names_is_wrong_somewhere(mistake: Misconception) -> None:
    for tensor in mistake.tensors:
        right = [
            (
                e.first.tensor(tensor).shape,
                np.round(e.first.tensor(tensor), 6).tobytes(),
            )
            for e in ENTRIES
        ]
        assert list(seen(mistake.name, tensor)) != right


def test_no_two_of_them_are_the_same_on_every_case() -> None:
    twins = defaultdict(list)
    for mistake in MISCONCEPTIONS:
        for tensor in mistake.tensors:
            twins[tensor, seen(mistake.name, tensor)].append(mistake.name)
    assert [names for names in twins.values() if len(names) > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_has_its_sentences(language: str) -> None:
    templates = LANGUAGES[language]
    for mistake in MISCONCEPTIONS:
        behaves = Formatter().parse(templates[str(mistake.behaves_like)])
        fields = {name for _, name, _, _ in behaves}
        assert fields - {None} == {"tensor"}, mistake.name
        hint = templates[str(mistake.hint)]
        assert hint.endswith(("?", ".", "요?", "요.")), mistake.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_left_without_a_misconception(language: str) -> None:
    used = {m.behaves_like for m in MISCONCEPTIONS} | {m.hint for m in MISCONCEPTIONS}
    ours = ("conv2d.misconception.", "conv2d.look.")
    assert {name for name in LANGUAGES[language] if name.startswith(ours)} == used
