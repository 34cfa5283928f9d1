from __future__ import annotations

import pytest

from grader.errors import UsageError
from grader.exercises import EXERCISES, load_exercise


@pytest.mark.parametrize("name", EXERCISES)
def test_an_exercise_carries_the_name_it_is_listed_under(name: str) -> None:
    assert load_exercise(name).name == name


def test_an_unknown_layer_is_refused_with_a_list_of_those_there_are() -> None:
    with pytest.raises(UsageError, match="'conv3d', wanted 'affine' or 'conv2d' or"):
        load_exercise("conv3d")
