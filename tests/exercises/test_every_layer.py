"""What every layer in the table promises, whoever wrote it."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from judging import corpus_of, lost
from mistaken import MistakenWorker
from programs import program

from grader.corpus import Entry, pose, pose_with
from grader.drawing import draw_cases
from grader.engine.grade import build_engine
from grader.exercise import Domain, Exercise
from grader.exercises import EXERCISES, load_exercise
from grader.messages import LANGUAGES, render
from grader.misconceptions import RAISES, Misconception, misconceptions_of

LAYERS = {name: load_exercise(name) for name in EXERCISES}
FLOOR = Domain(remainder="floor")
#: The convolution's own list has tests of its own, in more depth.
OTHERS = [name for name in LAYERS if name != "conv2d"]
EACH = pytest.mark.parametrize("layer", LAYERS)
EACH_OTHER = pytest.mark.parametrize("layer", OTHERS)
MISTAKES = [(name, m) for name in OTHERS for m in misconceptions_of(LAYERS[name])]
EACH_MISTAKE = pytest.mark.parametrize(
    ("layer", "mistake"), MISTAKES, ids=[f"{name}-{m.name}" for name, m in MISTAKES]
)


@EACH
def test_every_regime_has_a_general_case_and_all_names_are_different(
    layer: str,
) -> None:
    cases = LAYERS[layer].published(FLOOR)
    roles = Counter((case.regime, case.role) for case in cases)
    regimes = [regime.name for regime in LAYERS[layer].regimes]
    assert [roles[name, "general"] for name in regimes] == [1] * len(regimes)
    assert len({case.name for case in cases}) == len(cases)


@EACH
def test_a_published_case_is_valid_and_can_be_drawn(layer: str) -> None:
    exercise = LAYERS[layer]
    for remainder in ("never", "floor"):
        domain = Domain(remainder=remainder)
        for case in exercise.published(domain):
            assert exercise.is_valid(case.axes, domain)
            assert tuple(case.axes) == exercise.axes


@EACH
@given(data=st.data())
def test_every_drawn_case_is_valid_and_in_one_regime(
    layer: str, data: DataObject
) -> None:
    exercise = LAYERS[layer]
    case = data.draw(exercise.strategy(domain=FLOOR))
    assert exercise.is_valid(case.axes, FLOOR)
    holding = [r.name for r in exercise.regimes if r.contains(case.axes)]
    assert holding == [case.regime]


@EACH
@given(data=st.data())
def test_a_filling_has_the_shapes_of_the_case_and_is_replayed(
    layer: str, data: DataObject
) -> None:
    exercise = LAYERS[layer]
    case = data.draw(exercise.strategy(domain=FLOOR))
    shapes = {**exercise.shapes(case.axes), "dout": exercise.output_shape(case.axes)}
    for one, two in zip(
        exercise.fill(case.axes, 5), exercise.fill(case.axes, 5), strict=True
    ):
        assert {name: array.shape for name, array in one.items()} == shapes
        assert all(np.array_equal(one[name], two[name]) for name in shapes)


@EACH
@given(data=st.data())
def test_smaller_cases_are_valid_and_come_to_an_end(
    layer: str, data: DataObject
) -> None:
    exercise = LAYERS[layer]
    axes = data.draw(exercise.strategy(domain=FLOOR)).axes
    for _ in range(200):
        following = next(iter(exercise.smaller(axes, FLOOR)), None)
        if following is None:
            break
        assert exercise.is_valid(following, FLOOR)
        axes = following
    assert not list(exercise.smaller(axes, FLOOR))


@EACH
def test_what_a_number_is_made_of_adds_up_to_it(layer: str) -> None:
    exercise = LAYERS[layer]
    for case in exercise.published(FLOOR):
        entry = pose(exercise, case, seed=3)
        for tensor in ("out", *exercise.gradients):
            answer = entry.first.tensor(tensor)
            cell = tuple(size - 1 for size in answer.shape)
            assert exercise.origin is not None
            found = exercise.origin(case.axes, tensor, cell)
            assert found is not None
            numbers = shown(entry, exercise.margins(case.axes))
            parts = [
                math.prod(numbers[name][index] for name, index in part)
                for part in found.parts
            ]
            added = [numbers[name][index] for name, index in found.added]
            total = math.fsum([*parts, *added])
            if found.is_sum:
                assert total == answer[cell]
            else:
                assert answer[cell] == 0 or answer[cell] in {*parts, total}


def shown(entry: Entry, margins: object) -> dict[str, np.ndarray]:
    """Return the inputs as they are drawn, with the zeros around them."""
    assert isinstance(margins, dict)
    inputs = {**entry.first.arrays, "dout": entry.first.dout}
    for name, margin in margins.items():
        around = [(0, 0)] * (inputs[name].ndim - 2) + [(margin, margin)] * 2
        inputs[name] = np.pad(inputs[name], around)
    return inputs


@EACH
def test_plain_numbers_can_be_answered(layer: str) -> None:
    exercise = LAYERS[layer]
    case = exercise.published(Domain())[0]
    for filled in exercise.plain(case.axes) if exercise.plain else ():
        entry = pose_with(exercise, case, filled, seed=0)
        sorted_numbers = np.sort(filled["x"], axis=None)
        assert np.array_equal(
            sorted_numbers, np.arange(len(sorted_numbers)) + sorted_numbers[0]
        )
        assert entry.first.expected.out.shape == exercise.output_shape(case.axes)


@EACH
def test_a_search_draws_cases_of_every_layer(layer: str) -> None:
    assert len(draw_cases(LAYERS[layer], Domain(), count=20, seed=1)) > 5


@EACH_OTHER
@pytest.mark.parametrize("language", LANGUAGES)
def test_regimes_and_literals_have_their_words(layer: str, language: str) -> None:
    exercise = LAYERS[layer]
    told = [regime.message for regime in exercise.regimes]
    told += [literal.message for literal in exercise.literals]
    words = [render(message, language) for message in told]
    assert all(words)
    assert len(set(words)) == len(words)


@EACH_OTHER
def test_every_literal_holds_somewhere_and_nowhere_else(layer: str) -> None:
    exercise = LAYERS[layer]
    cases = exercise.published(FLOOR)
    for literal in exercise.literals:
        assert len({literal.holds(case.axes) for case in cases}) == 2, literal.name


@EACH_OTHER
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_is_written_in_every_language(layer: str, language: str) -> None:
    exercise = LAYERS[layer]
    text = exercise.unfilled[language]
    assert f"def {exercise.forward}(" in text
    assert f"def {exercise.backward}(" in text


@EACH_MISTAKE
def test_a_mistake_loses_the_points_it_names(
    layer: str, mistake: Misconception
) -> None:
    engine = build_engine(
        corpus_of(layer, remainder="floor"),
        MistakenWorker(mistake, layer=layer),
        convention=program("", layer=layer).convention,
        follow_through=True,
    )
    assert lost(engine.grade()) == set(mistake.killed_by)


@EACH_MISTAKE
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mistake_has_its_sentences(
    layer: str, mistake: Misconception, language: str
) -> None:
    assert layer in LAYERS
    like, hint = (render(said, language) for said in mistake.said_of("dx"))
    assert like.startswith("dx")
    assert like.endswith((".", "다."))
    assert hint.endswith(("?", ".", "요?", "요."))
    assert "{" not in like + hint


@EACH_OTHER
def test_no_two_mistakes_are_the_same_on_every_case(layer: str) -> None:
    twins = defaultdict(list)
    for mistake in misconceptions_of(LAYERS[layer]):
        for tensor in mistake.tensors:
            twins[tensor, seen(layer, mistake.name, tensor)].append(mistake.name)
    assert [names for names in twins.values() if len(names) > 1] == []


@cache
def seen(layer: str, name: str, tensor: str) -> tuple[object, ...]:
    """Return what the mistake makes of every case, to be compared."""
    found: list[object] = []
    mistake = next(m for m in misconceptions_of(LAYERS[layer]) if m.name == name)
    for entry in corpus_of(layer, remainder="floor").entries:
        data = entry.first
        value = mistake.answer(
            tensor,
            arrays=data.arrays,
            options=entry.options or {},
            dout=data.dout,
        )
        if value is RAISES:
            found.append(RAISES)
        else:
            array = np.asarray(value)
            found.append((array.shape, (np.round(array, 6) + 0.0).tobytes()))
    return tuple(found)


NARROW = [
    ("max_pool", Domain(flags=frozenset({"square_windows"}))),
    ("max_pool", Domain(flags=frozenset({"square_images", "square_windows"}))),
    ("max_pool", Domain(allowed={"stride": frozenset({2})})),
    ("max_pool", Domain(allowed={"N": frozenset({2}), "HH": frozenset({2})})),
    ("affine", Domain(allowed={"D2": frozenset({0})})),
    ("affine", Domain(allowed={"N": frozenset({2, 3})})),
]


@pytest.mark.parametrize(("layer", "domain"), NARROW)
def test_a_narrower_contract_has_cases_inside_it(layer: str, domain: Domain) -> None:
    exercise: Exercise = LAYERS[layer]
    cases = exercise.published(domain)
    assert len(cases) >= 3
    assert all(exercise.is_valid(case.axes, domain) for case in cases)
    drawn = draw_cases(exercise, domain, count=20, seed=1)
    assert all(exercise.is_valid(case.axes, domain) for case in drawn)
