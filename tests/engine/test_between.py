from __future__ import annotations

from judging import corpus_of, engine_of, judge, total
from programs import RIGHT, changed

from grader.calls import Raised
from grader.engine.between import choose_between, waves
from grader.engine.grade import Judged
from grader.engine.protocol import CaseRun

START = "    s, p = conv_param['stride'], conv_param['pad']\n    N"
ENTRIES = corpus_of().entries
ALL = corpus_of(remainder="floor").entries
#: What is asked a third time on the same sizes comes between.
SEEN = "SEEN = []\n" + changed(
    START,
    START.replace(
        "    N",
        "    case = (x.shape, w.shape, s, p)\n    SEEN.append(case)\n"
        "    if SEEN.count(case) == 3:\n        DO\n    N",
    ),
)
RAISES = SEEN.replace("DO", "raise ValueError('not now')")
MARKS = SEEN.replace("DO", "x[:] = 0")


def came_between(judged: Judged) -> list[CaseRun]:
    return [run for run in judged.runs if run.between]


def test_the_small_case_of_a_regime_comes_between_in_its_corner() -> None:
    runs = came_between(judge(RIGHT))
    assert {run.entry.case.role for run in runs} == {"corner"}
    assert {run.between.case.role for run in runs if run.between} == {"thin"}
    assert len(runs) == len(corpus_of().exercise.regimes) - 1  # remainders


def test_it_is_of_the_same_regime_and_another_size() -> None:
    for run in came_between(judge(RIGHT)):
        assert run.between is not None
        assert run.between.case.regime == run.entry.case.regime
        assert run.between.first.arrays["x"].shape != run.entry.first.arrays["x"].shape


def test_options_differ_where_a_regime_leaves_a_choice() -> None:
    for run in came_between(judge(RIGHT)):
        mine = run.entry.options or {}
        yours = (run.between.options if run.between else {}) or {}
        some = mine["stride"] > 1 or mine["pad"] > 0
        assert (mine != yours) == some


def test_what_forward_did_not_answer_never_comes_between() -> None:
    runs = judge(changed(START, START.replace("    N", "    raise ValueError\n    N")))
    assert not came_between(runs)


def test_what_it_returns_is_judged_nowhere() -> None:
    judged = judge(RAISES)
    assert total(judged) == 100
    assert not any(isinstance(o, Raised) for run in judged.runs for o in run.forward)


def test_what_it_does_to_its_own_arguments_is_judged_nowhere() -> None:
    assert total(judge(MARKS)) == 100


def test_the_first_cases_have_none() -> None:
    engine = engine_of(RIGHT, on=corpus_of())
    runs = [engine.run(entry) for entry in ENTRIES[:2]]
    assert choose_between(ENTRIES[0], ()) is None
    assert choose_between(ENTRIES[1], runs[:1]) is None
    assert choose_between(ENTRIES[2], runs) is ENTRIES[1]


def test_every_case_runs_once_and_in_its_order_within_a_regime() -> None:
    places = [place for wave in waves(ALL) for place in wave]
    assert sorted(places) == list(range(len(ALL)))
    for regime in corpus_of(remainder="floor").exercise.regimes:
        own = [at for at in places if ALL[at].case.regime == regime.name]
        assert own
        assert own == sorted(own)


def test_what_may_come_between_has_run_in_a_wave_before() -> None:
    ran: list[CaseRun] = []
    for wave in waves(ALL):
        for place in wave:
            before = [CaseRun(entry=entry, forward=()) for entry in ALL[:place]]
            chosen = choose_between(ALL[place], before)
            assert chosen is choose_between(ALL[place], ran)
        ran += [CaseRun(entry=ALL[place], forward=()) for place in wave]


def test_most_cases_run_in_the_first_wave() -> None:
    assert len(waves(ENTRIES)) == 2
    assert len(waves(ENTRIES)[0]) == 2 * len(ENTRIES) / 3
