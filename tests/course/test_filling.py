from __future__ import annotations

import pytest

from grader.course import filling
from grader.exercises import EXERCISES
from grader.messages import LANGUAGES


def test_a_place_without_a_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        filling.filled("repository/python-version", {})


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_layer_has_its_templates(language: str) -> None:
    for layer in filling.layers():
        assert layer in EXERCISES
        assert "def " in filling.template(f"layers/{layer}/{language}.py")
        assert f'layer = "{layer}"' in filling.template(f"layers/{layer}/exercise.toml")
