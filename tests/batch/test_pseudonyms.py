from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written_reports import right

from grader.batch import pseudonyms
from grader.batch.pseudonyms import Pseudonyms
from grader.errors import UsageError
from grader.report import Identity

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
IDENTITIES = st.builds(
    Identity,
    submission=TEXT,
    student=TEXT | st.sampled_from(["=1+1", "'=x", "@x", "a,b", 'a"b', "a; b"]),
    platform_id=TEXT,
    email=TEXT,
    given=st.lists(TEXT, max_size=2).map(tuple),
)
KIM = Identity(submission="kim.py", student="Kim", late="LATE", digest="d")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("results")
    pseudonyms.of_folder(path, wanted=True)
    return path


@given(found=st.lists(IDENTITIES, max_size=4, unique_by=lambda it: it.submission))
def test_who_it_was_is_kept(found: list[Identity], folder: Path) -> None:
    known = pseudonyms.of_folder(folder)
    known.known.clear()
    given = {known.remember(identity): identity for identity in found}
    pseudonyms.write(folder, known)
    assert pseudonyms.of_folder(folder).known == given


def test_a_pseudonym_is_the_same_in_every_run_of_a_folder(folder: Path) -> None:
    once, again = (pseudonyms.of_folder(folder).of("kim.py") for _ in range(2))
    assert once == again
    assert re.fullmatch(pseudonyms.PSEUDONYM, once)


def test_a_pseudonym_cannot_be_guessed_from_the_name(
    folder: Path, tmp_path: Path
) -> None:
    other = pseudonyms.of_folder(tmp_path, wanted=True)
    assert other.of("kim.py") != pseudonyms.of_folder(folder).of("kim.py")
    assert len(other.secret) == 32


def test_a_folder_has_none_until_they_are_wanted(tmp_path: Path) -> None:
    plain = pseudonyms.of_folder(tmp_path)
    assert (plain.of("kim.py"), plain.remember(KIM), plain.shown(KIM)) == ("", "", KIM)
    pseudonyms.write(tmp_path, plain)
    assert list(tmp_path.iterdir()) == []


def test_no_cell_is_run_by_a_spreadsheet(folder: Path) -> None:
    known = Pseudonyms(secret=b"s")
    known.remember(replace(KIM, student="=cmd|'/c calc'!A1", email=" @x"))
    pseudonyms.write(folder, known)
    text = (folder / "staff" / pseudonyms.NAME).read_text(encoding="utf-8")
    assert ",'=cmd" in text
    assert ",' @x" in text


def test_a_report_gets_back_what_was_hidden() -> None:
    known = Pseudonyms(secret=b"s")
    pseudonym = known.remember(KIM)
    shown = replace(right(), identity=known.shown(KIM))
    assert known.restored(shown).identity == KIM
    assert shown.identity.submission == pseudonym
    assert known.restored(right()) == right()


def test_overrides_may_name_the_pseudonym() -> None:
    known = Pseudonyms(secret=b"s")
    pseudonym = known.remember(KIM)
    assert known.by_name({pseudonym: 1, "lee.py": 2}) == {"kim.py": 1, "lee.py": 2}
    assert known.by_name({pseudonym: 1, "kim.py": 2}) == {"kim.py": 2}


def test_who_has_deleted_the_list_wants_nobody_to_know(folder: Path) -> None:
    known = pseudonyms.of_folder(folder)
    shown = replace(right(), identity=Identity(submission=known.of("kim.py")))
    known.known.clear()
    assert known.is_known(shown)
    assert not known.is_known(right("kim.py"))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (pseudonyms.KEY, "no hex"),
        (pseudonyms.NAME, "a,b\n1,2\n"),
        (pseudonyms.NAME, "pseudonym,submission,student\n1\n"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str, text: str) -> None:
    pseudonyms.of_folder(tmp_path, wanted=True)
    (tmp_path / "staff" / name).write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=re.escape(name)):
        pseudonyms.of_folder(tmp_path)


def test_names_without_their_secret_are_told(tmp_path: Path) -> None:
    known = pseudonyms.of_folder(tmp_path, wanted=True)
    pseudonyms.write(tmp_path, known)
    (tmp_path / "staff" / pseudonyms.KEY).unlink()
    with pytest.raises(UsageError, match=re.escape(pseudonyms.KEY)):
        pseudonyms.of_folder(tmp_path, wanted=True)
