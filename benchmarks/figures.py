"""Print the figures that the documentation explains with: `figures.py [SEEDS]`.

They come from the programs in this repository: right ones in `submissions/` and
`tests/adequacy/correct/`, wrong ones in `submissions/`. It takes some minutes.
"""

from __future__ import annotations

import runpy
import statistics
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from hypothesis import HealthCheck, Phase, given, seed, settings

from grader import conv_cases, corpus, session
from grader.assignment import DEFAULT
from grader.batch import corpora
from grader.exercise import Domain
from grader.exercises import load_exercise
from grader.isolation.choose import open_sandbox
from grader.report import Identity
from reference import conv

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from grader.corpus import Corpus, Entry
    from grader.exercise import Exercise
    from grader.records import Case

ROOT: Final = Path(__file__).parents[1]
ROLES: Final = ("general", "thin", "corner")
SEEDS: Final = 20
CHECKS: Final = 40  # of gradients by differences
STEP: Final = 1e-5
EXERCISE: Final[Exercise] = load_exercise("conv2d")


def honest() -> Iterator[dict[str, Any]]:
    """Yield the namespaces of right programs, run here: they are our own."""
    ours = [*ROOT.glob("submissions/correct_*.py")]
    for path in sorted([*ours, *ROOT.glob("tests/adequacy/correct/*.py")]):
        names = runpy.run_path(str(path))
        if {"conv_forward_naive", "conv_backward_naive"} <= names.keys():
            yield names


def answers(program: dict[str, Any], entry: Entry, data: corpus.DataSet) -> list[Any]:
    """Return what a program makes of one data set: out, dx, dw, db."""
    arrays = [data.arrays[name].copy() for name in EXERCISE.arrays]
    out, cache = program["conv_forward_naive"](*arrays, dict(entry.options or {}))
    return [out, *program["conv_backward_naive"](data.dout.copy(), cache)]


def expected(data: corpus.DataSet) -> list[Any]:
    """Return what is right."""
    return [
        data.expected.out,
        *(data.expected.gradients[g] for g in EXERCISE.gradients),
    ]


def relative(actual: Any, wanted: Any) -> float:  # noqa: ANN401 (whatever it is)
    """Return the largest relative error, as course notebooks compute it."""
    scale = np.maximum(1e-8, np.abs(actual) + np.abs(wanted))
    return float(np.max(np.abs(actual - wanted) / scale))


RULES: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "np.allclose": lambda a, e: bool(np.allclose(a, e)),
    "rel_error < 1e-8": lambda a, e: relative(a, e) < 1e-8,  # noqa: PLR2004 (the rule)
    "within 1e-9": lambda a, e: bool((np.abs(a - e) <= 1e-9).all()),  # noqa: PLR2004
}


def rejected(kind: str) -> dict[str, tuple[int, int]]:
    """Return, by rule, how many honest programs and answers it rejects on such data."""
    programs = dict.fromkeys(RULES, 0)
    cases = dict.fromkeys(RULES, 0)
    total = 0
    built = [_corpus(number, kind) for number in range(5)]
    for program in honest():
        fails = dict.fromkeys(RULES, 0)
        for entry in (e for each in built for e in each.entries):
            got = answers(program, entry, entry.first)
            total += 1
            for rule, holds in RULES.items():
                right = map(holds, got, expected(entry.first))
                fails[rule] += not all(right)
        for rule, count in fails.items():
            programs[rule] += count > 0
            cases[rule] += count
    print(f"  answers to {kind} data: {total}")
    return {rule: (programs[rule], cases[rule]) for rule in RULES}


def _corpus(number: int, kind: str) -> Corpus:
    data = "real" if kind == "real" else "lattice"
    return corpus.build(EXERCISE, Domain(), seed=number, data=data)


def drawn(regime: str, number: int) -> list[Case]:
    """Return cases of a regime that Hypothesis draws with this seed."""
    found: list[Case] = []

    def keep(case: Case) -> None:
        found.append(case)

    quiet = settings(
        max_examples=30,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    seed(number)(quiet(given(case=conv_cases(regime=regime))(keep)))()
    return found


def drawn_exercise(number: int) -> Exercise:
    """Return the exercise with shapes that were drawn for this seed."""
    cases = [
        replace(case, name=f"{regime.name}/{role}", role=role)
        for regime in EXERCISE.regimes[:8]
        for role, case in zip(ROLES, drawn(regime.name, number)[-3:], strict=True)
    ]
    return replace(EXERCISE, published=lambda _: cases)


def spread(make: Callable[[int], Exercise], seeds: int) -> list[float]:
    """Return, for each wrong example, its largest score less its smallest."""
    sandbox = open_sandbox()
    scores: dict[str, list[float]] = {}
    for number in range(seeds):
        built = (corpus.build(make(number), Domain(), seed=number, data="lattice"),)
        setting = session.Setting(
            assignment=DEFAULT,
            corpora=built,
            sandbox=sandbox,
            seed=number,
            corpus_digest=corpora.digest(built),
            search=0,
        )
        for path in sorted(ROOT.glob("submissions/wrong_*.py")):
            identity = Identity(submission=path.name)
            report = session.grade_path(path, setting, identity=identity)
            scores.setdefault(path.name, []).append(report.score or 0.0)
    sandbox.close()
    return [max(each) - min(each) for each in scores.values()]


def difference_check(number: int) -> float:
    """Return the worst relative error of a right gradient against differences."""
    random = np.random.default_rng(number)
    x, w, b = (random.normal(size=s) for s in ((4, 3, 5, 5), (2, 3, 3, 3), (2,)))
    dout = random.normal(size=(4, 2, 5, 5))
    exact = conv.backward(dout, x, w, stride=1, pad=1)
    worst = 0.0
    for array, gradient in zip((x, w, b), exact, strict=True):
        found = np.empty_like(array)
        for index in np.ndindex(array.shape):
            kept = array[index]
            sides = []
            for step in (STEP, -STEP):
                array[index] = kept + step
                sides.append(conv.forward(x, w, b, stride=1, pad=1))
            array[index] = kept
            found[index] = np.sum((sides[0] - sides[1]) * dout) / (2 * STEP)
        worst = max(worst, relative(found, gradient))
    return worst


def main(seeds: int) -> None:
    """Print everything, with what it was measured on."""
    print(f"NumPy {np.__version__}, {len(list(honest()))} right programs")
    for kind in ("real", "lattice"):
        for rule, (programs, cases) in rejected(kind).items():
            print(f"  {kind}: {rule} rejects {programs} programs, {cases} answers")
    worst = [difference_check(number) for number in range(CHECKS)]
    failed = sum(error >= 1e-8 for error in worst)  # noqa: PLR2004 (the usual bar)
    calls = 2 * (4 * 3 * 5 * 5 + 2 * 3 * 3 * 3 + 2)
    print(f"differences fail a right gradient for {failed} of {CHECKS} seeds,")
    print(f"  and call forward {calls} times; worst error {max(worst):.1e}")
    for name, make in (("fixed", lambda _: EXERCISE), ("drawn", drawn_exercise)):
        differences = spread(make, seeds)
        changed = sum(d > 0 for d in differences)
        print(f"{name} shapes, {seeds} seeds, {len(differences)} wrong programs:")
        print(f"  {changed} change their score, by {max(differences):g} at most,")
        print(f"  {statistics.mean(differences):.1f} points on average")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS)
