from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from grader.remembering import Remembered


@given(asked=st.lists(st.integers(0, 9), max_size=60), most=st.integers(1, 5))
def test_what_is_made_of_an_object_is_made_of_no_other(
    asked: list[int], most: int
) -> None:
    objects = [[number] for number in range(10)]  # lists: equal is not the same
    made: list[int] = []

    def make(given: list[int]) -> tuple[int, ...]:
        made.append(given[0])
        return tuple(given)

    remembered = Remembered(make, most=most)
    for place, number in enumerate(asked):
        before = len(made)
        assert remembered(objects[number]) == (number,)
        lately = list(dict.fromkeys(reversed(asked[:place])))[:most]
        assert (len(made) == before) == (number in lately)


def test_an_object_made_later_is_never_taken_for_an_earlier_one() -> None:
    remembered = Remembered[[list[int]], int](sum, most=3)
    assert [remembered([n]) for n in range(50)] == [*range(50)]
