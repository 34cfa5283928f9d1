from __future__ import annotations

import json
import unicodedata
from dataclasses import replace

import pytest
import reports
from hypothesis import given
from hypothesis import strategies as st

from grader.batch import hiding
from grader.records import Message
from grader.report import Identity, Report
from grader.reports import RENDERERS, renderer, to_json

WHO = Identity(
    submission="kim_minjun.py",
    student="Kim Min-jun",
    platform_id="471147",
    email="minjun@example.org",
    late="LATE",
    files=("kim_minjun.py", "layers.py"),
    given=("kimminjun_471147_99_kim_minjun.py",),
    digest="d1",
)
ALIAS = "s-abcdefghij"
TELLING = ("kim_minjun", "Kim Min-jun", "471147", "minjun@", "kimminjun")


def report(**values: str) -> Report:
    """Return a report that names its student wherever a foreign text can stand."""
    known = reports.uncropped_dx()
    (exercise,) = known.exercises
    told = Message(id="call.raised_at", values={"unit": "kim_minjun.py", **values})
    example = replace(
        exercise.counterexamples[0],
        problem=Message(id="page.plain", values={"text": told}),
        snippet="from kim_minjun import conv_forward_naive",
    )
    lines = (replace(exercise.criteria[0], override="said to Kim Min-jun"),)
    return replace(
        known,
        identity=WHO,
        exercises=(
            replace(
                exercise, summary=(told,), counterexamples=(example,), criteria=lines
            ),
        ),
        reason=told,
        notes=(told,),
        output="by KIM MIN-JUN (471147), kim_minjun_homework.py",
        comments=("Well done, Kim Min-jun",),
    )


@pytest.mark.parametrize("name", RENDERERS)
def test_no_format_names_the_student(name: str) -> None:
    text = renderer(name)(hiding.report(report(), ALIAS)).casefold()
    assert [it for it in TELLING if it.casefold() in text] == []


def test_what_is_no_name_stays() -> None:
    hidden = hiding.report(report(), ALIAS)
    assert hidden.identity == Identity(
        submission=ALIAS, late="LATE", files=(f"{ALIAS}.py", "layers.py"), digest="d1"
    )
    assert (hidden.score, hidden.max_score) == (85, 100)
    (example,) = hidden.exercises[0].counterexamples
    assert example.snippet == "from s_abcdefghij import conv_forward_naive"
    assert hidden.notes[0].values["unit"] == f"{ALIAS}.py"


def test_hiding_twice_is_hiding_once() -> None:
    hidden = hiding.report(report(), ALIAS)
    again = replace(hidden, identity=replace(WHO, files=hidden.identity.files))
    assert hiding.report(again, ALIAS) == hidden


def test_without_a_pseudonym_everything_stays() -> None:
    assert hiding.report(report(), "") == report()
    assert hiding.identity(WHO, "") == WHO


@pytest.mark.parametrize("name", ["a.py", "layers.py", "passed", "score.py", "12"])
def test_a_name_that_is_a_word_of_ours_breaks_nothing(name: str) -> None:
    known = replace(report(), identity=Identity(submission=name, files=(name,)))
    hidden = hiding.report(known, ALIAS)
    assert to_json.parse(to_json.render(hidden)) == hidden
    assert (
        hidden.exercises[0].criteria[0].status is known.exercises[0].criteria[0].status
    )
    assert hidden.exercises[0].criteria[0].criterion == "forward.shape"


def test_letters_that_are_written_in_parts_are_the_same_letters() -> None:
    parts = unicodedata.normalize("NFD", "홍길동")
    known = replace(report(), identity=Identity(submission="홍길동.py"), output=parts)
    assert hiding.report(known, ALIAS).output == "s_abcdefghij"


@given(
    name=st.text(st.characters(categories=["Lu", "Ll", "Lo"]), min_size=3, max_size=12),
    around=st.sampled_from(["{}", "by {}.", "({})", "{}_2.py", "/home/{}/x", "'{}'"]),
)
def test_a_name_in_any_text_is_hidden(name: str, around: str) -> None:
    known = replace(
        report(),
        identity=Identity(submission=f"{name}.ipynb"),
        output=around.format(name),
        notes=(reports.said(around.format(name)),),
    )
    hidden = hiding.report(known, ALIAS)
    if name.casefold() not in hiding.PLAIN_FILES:
        assert hidden.output == around.format("s_abcdefghij")
        told = json.loads(to_json.render(hidden))["notes"][0]["values"]["text"]
        assert told == hidden.output
