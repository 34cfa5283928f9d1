from __future__ import annotations

from importlib.resources import files
from operator import attrgetter
from typing import TYPE_CHECKING

import pytest

from grader.exercise import Domain
from grader.exercises.conv2d import CONV2D
from grader.exercises.conv2d.axes import columns, reads_image, rows
from grader.exercises.conv2d.cases import case_of
from grader.exercises.conv2d.corpus import table
from grader.exercises.conv2d.plan import LIKE, Cell, cells
from grader.exercises.conv2d.space import axes_of, span
from grader.exercises.conv2d.table import regenerate
from grader.exercises.conv2d.traits import TAGS, TRAITS
from grader.records import Case

if TYPE_CHECKING:
    from collections.abc import Sequence

STRIDES = ("stride-1", "stride-2+")
NEVER, FLOOR = Domain(), Domain(remainder="floor")
TABLE = pytest.mark.parametrize("case", table(), ids=attrgetter("name"))
GENERAL = pytest.mark.parametrize(
    "axes",
    [pytest.param(c.axes, id=c.name) for c in table() if c.role == "general"],
)
CELLS = pytest.mark.parametrize("cell", cells(), ids=attrgetter("name"))
THIN = [case for case in table() if case.role == "thin"]
BY_NAME = {case.name: case for case in table()}


def test_the_table_is_what_the_strategy_makes_of_the_plan_byte_for_byte() -> None:
    shipped = (
        files("grader.exercises.conv2d").joinpath("conv2d.json").read_text("utf-8")
    )
    assert regenerate() == shipped


def test_there_are_24_cases_and_six_with_a_remainder() -> None:
    assert len(CONV2D.published(NEVER)) == 24
    assert len(CONV2D.published(FLOOR)) == 30
    assert {c.regime for c in CONV2D.published(FLOOR)[24:]} == {"remainder"}


def test_no_two_cases_are_the_same() -> None:
    assert len({tuple(case.axes.values()) for case in table()}) == len(table())


@TABLE
def test_a_published_case_is_a_value_of_the_strategy(case: Case) -> None:
    target = {**case.axes, "divides": int(case.regime != "remainder")}

    def choose(name: str, options: Sequence[int]) -> int:
        assert target[name] in options
        return target[name]

    assert axes_of(span((), domain=FLOOR).walk(choose)) == case.axes


@TABLE
def test_regime_and_tags_follow_from_the_sizes(case: Case) -> None:
    assert case == case_of(case.axes, name=case.name, role=case.role)
    assert case.name == f"{case.regime}/{case.role}"


@TABLE
def test_every_answer_depends_on_the_image(case: Case) -> None:
    assert reads_image(case.axes)


@CELLS
def test_a_case_has_all_that_its_cell_wishes(cell: Cell) -> None:
    axes = BY_NAME[cell.name].axes
    missing = [
        trait for trait in (*cell.traits, *cell.wishes) if not TRAITS[trait].holds(axes)
    ]
    assert missing == []


@pytest.mark.parametrize("name", LIKE)
def test_a_case_is_like_the_earlier_one_that_its_plan_names(name: str) -> None:
    one, like = BY_NAME[name].axes, LIKE[name]
    other = BY_NAME[like.to].axes
    assert all(one[axis] == other[axis] for axis in like.axes)
    assert one[like.but] != other[like.but]


def test_two_cases_differ_in_nothing_but_the_stride_once_the_image_is_cut_up() -> None:
    thin = [BY_NAME[f"{stride}/no-padding/square/thin"].axes for stride in STRIDES]
    cut = [[a["C"], a["HH"], a["WW"], *CONV2D.output_shape(a)[2:]] for a in thin]
    assert cut[0] == cut[1]


@pytest.mark.parametrize("axis", ["N", "C", "F"])
def test_a_general_case_has_more_than_five_of_each(axis: str) -> None:
    assert max(c.axes[axis] for c in table()[:24] if c.role == "general") > 5


def test_every_other_size_and_option_goes_as_far_as_a_course_may() -> None:
    most = {axis: max(c.axes[axis] for c in table()[:24]) for axis in table()[0].axes}
    assert min(most["H"], most["W"]) > 12
    assert (most["HH"], most["WW"], most["stride"], most["pad"]) == (5, 5, 4, 4)


@pytest.mark.parametrize("regime", [r.name for r in CONV2D.regimes])
def test_a_regime_has_a_general_a_thin_and_a_corner_case(regime: str) -> None:
    roles = [case.role for case in table() if case.regime == regime]
    assert roles[:3] == ["general", "thin", "corner"]


@pytest.mark.parametrize("tag", TAGS)
def test_a_tag_is_somewhere_in_the_table(tag: str) -> None:
    assert any(tag in case.tags for case in table())


@GENERAL
def test_a_general_case_has_several_of_everything(axes: dict[str, int]) -> None:
    assert min(axes["N"], axes["C"], axes["F"], axes["HH"], axes["WW"]) > 1
    assert len({axes["N"], axes["C"], axes["F"]}) == 3


@GENERAL
def test_a_general_case_has_overlapping_windows_both_ways(
    axes: dict[str, int],
) -> None:
    assert axes["stride"] < min(axes["HH"], axes["WW"])
    assert min(rows(axes).outputs, columns(axes).outputs) > 1


@GENERAL
def test_a_general_case_has_no_usual_padding(axes: dict[str, int]) -> None:
    assert axes["pad"] != 1
    assert axes["pad"] != axes["stride"]


@GENERAL
def test_a_general_rectangular_case_is_so_in_every_way(axes: dict[str, int]) -> None:
    square = axes["H"] == axes["W"], axes["HH"] == axes["WW"]
    assert square in {(True, True), (False, False)}


@pytest.mark.parametrize("padding", ["no-padding", "padding"])
def test_a_general_case_with_stride_tells_height_from_width(padding: str) -> None:
    assert "crossed" in BY_NAME[f"stride-2+/{padding}/rectangular/general"].tags


@pytest.mark.parametrize("case", THIN, ids=attrgetter("name"))
def test_a_thin_case_is_a_single_image(case: Case) -> None:
    assert case.axes["N"] == 1


@pytest.mark.parametrize("regime", [r.name for r in CONV2D.regimes][:8])
def test_a_regime_has_kernels_of_odd_and_of_even_height(regime: str) -> None:
    heights = [case.axes["HH"] for case in table() if case.regime == regime]
    assert {height % 2 for height in heights} == {0, 1}


SQUARE = frozenset({"square_kernels", "square_images"})
ONE, UP_TO_TWO, UP_TO_ONE = frozenset({1}), frozenset({1, 2}), frozenset({0, 1})
NARROWER = {
    "square kernels": (Domain(flags=frozenset({"square_kernels"})), 24),
    "all square": (Domain(flags=SQUARE), 12),
    "stride 1": (Domain(allowed={"stride": ONE}), 12),
    "as in class": (Domain(allowed={"stride": UP_TO_TWO, "pad": UP_TO_ONE}), 24),
    "unusual": (Domain(allowed={"stride": frozenset({77}), "pad": frozenset({7})}), 6),
    "floor": (Domain(remainder="floor", allowed={"stride": frozenset({2})}), 18),
}


@pytest.mark.parametrize(("domain", "count"), NARROWER.values(), ids=NARROWER)
def test_a_narrower_contract_keeps_every_cell_that_it_touches_full(
    domain: Domain, count: int
) -> None:
    cases = CONV2D.published(domain)
    assert all(CONV2D.is_valid(case.axes, domain) for case in cases)
    assert len({tuple(case.axes.values()) for case in cases}) == len(cases) == count


def test_a_case_inside_a_narrower_contract_stays_as_it_is() -> None:
    domain = Domain(allowed={"pad": frozenset({0, 1})})
    kept = [case for case in table() if CONV2D.is_valid(case.axes, domain)]
    cases = CONV2D.published(domain)
    assert 0 < len(kept) < len(cases) == 24
    assert all(case in cases for case in kept)


def test_a_contract_that_nothing_fits_has_no_cases() -> None:
    sizes = {"H": frozenset({1}), "HH": frozenset({4}), "pad": frozenset({0})}
    assert CONV2D.published(Domain(allowed=sizes)) == ()
