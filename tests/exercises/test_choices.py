from __future__ import annotations

from typing import TYPE_CHECKING

from grader.exercises.choices import Choice, Rule, Tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.exercise import Axes

ANY: frozenset[str] = frozenset()
THREE = [Choice(name, ANY, lambda _: (1, 2, 3)) for name in ("a", "b", "c")]
A_LESS_B = Rule(frozenset("ab"), lambda axes: axes["a"] < axes["b"])
B_LESS_C = Rule(frozenset("bc"), lambda axes: axes["b"] < axes["c"])


def first(_: str, options: Sequence[int]) -> int:
    return options[0]


def test_without_rules_every_option_is_open() -> None:
    assert Tree(THREE, []).options({}) == (1, 2, 3)


def test_an_option_that_leads_nowhere_is_gone_before_it_is_chosen() -> None:
    tree = Tree(THREE, [A_LESS_B, B_LESS_C])
    assert tree.options({}) == (1,)
    assert tree.options({"a": 1}) == (2,)


def test_a_walk_ends_with_every_rule_kept() -> None:
    assert Tree(THREE, [A_LESS_B]).walk(first) == {"a": 1, "b": 2, "c": 1}


def test_rules_that_rule_each_other_out_leave_the_tree_empty() -> None:
    more = Rule(frozenset("ab"), lambda axes: axes["a"] > axes["b"])
    assert Tree(THREE, [A_LESS_B, more]).is_empty
    assert not Tree(THREE, [A_LESS_B]).is_empty


def test_options_may_depend_on_numbers_before() -> None:
    below = Choice("d", frozenset("a"), lambda axes: range(axes["a"]))
    assert Tree([*THREE, below], []).options({"a": 2, "b": 3, "c": 1}) == (0, 1)


def test_what_no_later_choice_reads_is_worked_out_once() -> None:
    asked = []

    def ask(axes: Axes) -> bool:
        asked.append(dict(axes))
        return False

    assert Tree(THREE, [Rule(frozenset("c"), ask)]).is_empty
    assert len(asked) == 3
