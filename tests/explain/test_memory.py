from __future__ import annotations

import pytest
from explaining import explained, ids, run_snippet
from judging import corpus_of, engine_of
from programs import changed

from grader.explain.memory import Memory, When, find_memory
from grader.explain.minimise import Smallest, minimise
from grader.explain.probe import Probe, Seen
from grader.explain.problems import find_problems

START = "    s, p = conv_param['stride'], conv_param['pad']\n    N"
FIRST_STRIDE = "FIRST = []\n" + changed(
    START, START.replace("    N", "    FIRST.append(s)\n    s = FIRST[0]\n    N")
)
FIRST_X = "FIRST = []\n" + changed(
    "x, w, b, conv_param = cache",
    "x, w, b, conv_param = cache\n    x = LAST if LAST.shape == x.shape else x",
).replace(START, "    global LAST\n    LAST = x\n" + START)
KEPT_X = "FIRST = {}\n" + changed(
    "x, w, b, conv_param = cache",
    "x, w, b, conv_param = cache\n    x = FIRST.setdefault(x.shape, x)",
)
LAST_PAD = "LAST = []\n" + changed(
    "    HH, WW = w.shape[2:]\n", "    HH, WW = w.shape[2:]\n    p = LAST[0]\n"
).replace(START, START.replace("    N", "    LAST[:] = [p]\n    N"))
LAST_SHAPE = (
    LAST_PAD.replace("[p]", "[x.shape[2:]]")
    .replace("    p = LAST[0]\n", "    H, W = LAST[0]\n")
    .replace("p:p+x.shape[2], p:p+x.shape[3]", "p:p+H, p:p+W")
)
LATER = "CALLS = []\n" + changed(
    "    return out, (x",
    "    CALLS.append(0)\n    out = out + (len(CALLS) > 9)\n    return out, (x",
)

BY_CHANCE = changed(
    "    return out, (x",
    "    out = out * (np.random.rand(*out.shape) < 0.9)\n    return out, (x",
)
NOT_FOR_ZERO = changed(
    "    return out, (x", "    out = out / out * out\n    return out, (x"
)
AS_WIDE_AS_HIGH = (
    changed("1 + (W + 2*p - WW) // s", "1 + (H + 2*p - HH) // s")
    .replace("return out, (x, w, b, conv_param)", "return out, (x, w, conv_param, out)")
    .replace(
        "x, w, b, conv_param = cache",
        "x, w, conv_param, out = cache\n    dout += 0 * out",
    )
)


def memory(source: str) -> Memory | None:
    engine = engine_of(source, on=corpus_of())
    problem = find_problems(engine.grade())[0]
    probe = Probe(engine=engine, problem=problem)
    start = next(e.case for e in corpus_of().entries if e.case.name in problem.failed)
    least = minimise(probe, start, ())
    run = next(r for r in engine.grade().runs if r.entry.case.name == start.name)
    judged = Smallest(
        entry=run.entry, seen=Seen(run=run, message=problem.message), calls=0
    )
    return find_memory(probe, least or judged)


def when(source: str) -> When | None:
    found = memory(source)
    return None if found is None else found.when


def test_a_mistake_of_its_own_is_no_memory() -> None:
    assert when(changed("+ b", "+ 0")) is None


def test_a_value_of_the_first_call_is_found() -> None:
    found = memory(FIRST_STRIDE)
    assert found is not None
    assert found.when is When.AFTER
    assert found.before is not None


def test_a_value_outside_the_cache_is_found() -> None:
    assert when(FIRST_X) is When.BETWEEN


def test_a_value_of_the_last_forward_is_found_although_sizes_were_the_same() -> None:
    found = memory(LAST_PAD)
    assert found is not None
    assert found.when is When.INTERRUPTED
    assert found.seen is not None
    assert found.seen.run.between is not None


def test_what_shows_only_after_many_calls_is_said_to_do_so() -> None:
    assert when(LATER) is When.LATER


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (FIRST_STRIDE, "memory.after"),
        (FIRST_X, "memory.between"),
        (KEPT_X, "memory.next"),
        (LAST_PAD, "memory.interrupted"),
        (LATER, "memory.later"),
        (BY_CHANCE, "memory.again"),
    ],
)
def test_a_memory_is_told_and_nothing_else_is_named(source: str, told: str) -> None:
    exercise = explained(source)
    assert told in ids(exercise)
    look = "memory.again" if told == "memory.again" else "tensor.remembered"
    assert f"look.{look}" in ids(exercise)
    assert exercise.diagnoses == ()


def test_numbers_that_are_wrong_as_the_first_ones_too_are_no_memory() -> None:
    told = ids(explained(NOT_FOR_ZERO))
    assert "tensor.not_finite" in told
    assert not [id_ for id_ in told if id_.startswith("memory.")]


def test_what_forward_has_spoilt_is_no_memory_of_backward() -> None:
    told = ids(explained(AS_WIDE_AS_HIGH))
    assert not [id_ for id_ in told if id_.startswith("memory.")]


@pytest.mark.parametrize("source", [FIRST_STRIDE, FIRST_X, KEPT_X, LAST_SHAPE])
def test_the_snippet_makes_the_call_that_spoils_it(source: str) -> None:
    (example,) = explained(source).counterexamples
    assert run_snippet(example.snippet, source).rstrip().endswith("False")


def test_the_snippet_may_end_where_the_spoilt_call_does() -> None:
    (example,) = explained(LAST_PAD).counterexamples
    assert "# another call, of other sizes" in example.snippet
    assert "Error" in run_snippet(example.snippet, LAST_PAD)


def test_it_is_no_matter_of_sizes() -> None:
    assert explained(LAST_PAD).boundaries == ()


@pytest.mark.parametrize("source", [LATER, BY_CHANCE])
def test_what_cannot_be_reproduced_has_no_snippet(source: str) -> None:
    (example,) = explained(source).counterexamples
    assert example.snippet == ""
