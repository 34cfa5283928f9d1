from __future__ import annotations

import re
from string import Formatter

import pytest
from naming import named_in_code, written_somewhere

from grader.exercises import load_exercise
from grader.explain.looks import LOOKS
from grader.explain.parts import PARTS
from grader.explain.raised import KNOWN
from grader.explain.relations import RELATIONS
from grader.messages import LANGUAGES, render
from grader.messages.en import explaining, judging, loading, starting
from grader.messages.en import misconceptions as named
from grader.misconceptions import misconceptions_of
from grader.records import Message

EN, KO = LANGUAGES["en"], LANGUAGES["ko"]
# What stands inside a sentence, or names something, and is none itself.
PIECES = ("value.", "condition.", "shift.", "axis.", "lost.")
SENTENCES = {
    **explaining.TEMPLATES,
    **judging.TEMPLATES,
    **starting.TEMPLATES,
    **loading.TEMPLATES,
    **named.TEMPLATES,
}
WHOLE = [name for name in SENTENCES if not name.startswith(PIECES)]
HANGUL = re.compile("[가-힣]")
CONV = load_exercise("conv2d")


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_both_languages_say_the_same_things() -> None:
    assert EN.keys() == KO.keys()


def test_a_sentence_shows_the_same_values_in_both() -> None:
    assert [n for n in EN if placeholders(EN[n]) != placeholders(KO[n])] == []


def test_a_sentence_ends_like_one() -> None:
    assert [n for n in WHOLE if not EN[n].endswith((".", "?", ".)"))] == []
    endings = (".", "?", ".)", "{problem}.", "{names}.")
    assert [n for n in WHOLE if not KO[n].endswith(endings)] == []


def test_each_language_is_its_own() -> None:
    assert [name for name, text in EN.items() if HANGUL.search(text)] == []
    plain = {"value.none", "criterion.hygiene.inputs_unchanged"}
    assert len([n for n in SENTENCES if not HANGUL.search(KO[n])]) <= len(plain)


def test_every_message_that_the_code_names_is_written() -> None:
    found = named_in_code()
    assert len(found) > 60
    assert found <= EN.keys()


def test_every_message_that_a_table_makes_is_written() -> None:
    found = {
        *(i for m in misconceptions_of(CONV) for i in (m.behaves_like, m.hint)),
        *(literal.message.id for literal in CONV.literals),
        *(regime.message.id for regime in CONV.regimes),
        *(f"look.raised.{known.look}" for known in KNOWN),
        *(f"{start}{name}" for name in RELATIONS for start in ("", "look.")),
        *(f"{start}{name}" for name in LOOKS for start in ("", "look.")),
        *(name.replace("footprint.", "passing.") for name in LOOKS),
        *(f"relation.{name}" for name in PARTS),
    }
    assert found <= EN.keys()


def test_every_message_that_is_written_is_used() -> None:
    assert [name for name in EN if not written_somewhere(name)] == []


def test_what_no_code_makes_is_found() -> None:
    assert not written_somewhere("relation.doubled")
    assert not written_somewhere("where.only.seldom")


def test_a_message_may_show_another_one() -> None:
    inner = Message(id="condition.always")
    outer = Message(id="condition.and", values={"one": inner, "two": "x"})
    assert render(outer) == "always and x"
    assert render(outer, "ko") == "항상 그리고 x"


def test_an_unknown_message_is_refused() -> None:
    with pytest.raises(KeyError):
        render(Message(id="no.such"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_holds_a_word_of_ours(language: str) -> None:
    ours = re.compile(r"\b(regime|tag|oracle|lattice|verdict|corpus|footprint)\b")
    student = {n: LANGUAGES[language][n] for n in SENTENCES}
    assert [n for n, text in student.items() if ours.search(text)] == []
