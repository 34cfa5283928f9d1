from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from grader.reports.whole_points import of_lines, whole

LINES = st.lists(
    st.tuples(st.integers(0, 80), st.integers(0, 80)).map(lambda p: (min(p), max(p))),
    min_size=1,
    max_size=9,
)


@given(lines=LINES, step=st.sampled_from([1, 0.5, 0.25, 0.1]))
def test_whole_points_add_up_to_the_rounded_total(
    lines: list[tuple[int, int]], step: float
) -> None:
    earned, possible = [a * step for a, _ in lines], [b * step for _, b in lines]
    points, limits = of_lines(earned, possible)
    assert sum(points) == whole(sum(earned) + 1e-9)
    assert all(0 <= point <= limit for point, limit in zip(points, limits, strict=True))


@given(lines=LINES)
def test_whole_points_stay_as_they_are(lines: list[tuple[int, int]]) -> None:
    points, limits = of_lines([a for a, _ in lines], [b for _, b in lines])
    assert list(zip(points, limits, strict=True)) == lines


def test_more_than_the_maximum_is_kept_where_the_instructor_gave_it() -> None:
    assert of_lines([12.0], [10.0]) == ([12], [12])
