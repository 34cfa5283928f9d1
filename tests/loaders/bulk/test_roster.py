"""Who is on the list and handed in nothing is told, whoever made the list."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import UsageError
from grader.loaders.bulk import HandedIn
from grader.loaders.bulk.roster import Matched, match, read_roster, students_of
from grader.report import Identity

CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,HW2 (77)\n"
    '    "Points Possible",,,,,100\n'
    '"Kim, Min-su",101,20260001,mskim,A,\n'
    '"Lee, Yuna",102,20260002,ynlee,A,\n'
    '"Student, Test",999,,,A,\n'
)
MOODLE = (
    '"Identifier","Full name","Email address","Status"\n'
    '"Participant 501","Min-su Kim","kim@example.org",\n'
    '"Participant 502","Yuna Lee","lee@example.org",\n'
)
GRADESCOPE = "First Name,Last Name,SID,Email\nMin-su,Kim,20260001,kim@example.org\n"
KOREAN = (
    "\ud559\ubc88;\uc774\ub984\n"
    "20260001;\uae40\ubbfc\uc218\n20260002;\uc774\uc720\ub098\n"
)


def matched(tmp_path: Path, table: str | bytes, *found: Identity) -> Matched:
    path = tmp_path / "roster.csv"
    path.write_bytes(table if isinstance(table, bytes) else table.encode())
    handed_in = [HandedIn(identity=each, path=tmp_path) for each in found]
    return match(read_roster(path), handed_in)


def who(submission: str, **known: str) -> Identity:
    return replace(Identity(submission=submission), **known)  # type: ignore[arg-type]  # texts only


@pytest.mark.parametrize(
    ("table", "found", "missing"),
    [
        (CANVAS, who("minsukim_101", platform_id="101"), ["Lee, Yuna"]),
        (CANVAS, who("20260001.py"), ["Lee, Yuna"]),
        (CANVAS, who("mskim"), ["Lee, Yuna"]),
        (CANVAS, who("mskim_hw2.zip"), ["Lee, Yuna"]),
        (CANVAS, who("submission_7", platform_id="20260001"), ["Lee, Yuna"]),
        (CANVAS, who("Min-su Kim.py"), ["Lee, Yuna"]),
        (CANVAS, who("g", platform_id="20260001, 20260002"), []),
        (MOODLE, who("Min-su Kim_501", platform_id="501"), ["Yuna Lee"]),
        (MOODLE, who("x", email="LEE@example.org"), ["Min-su Kim"]),
        (GRADESCOPE, who("x", platform_id="20260001"), []),
        (KOREAN, who("\uae40\ubbfc\uc218.py"), ["\uc774\uc720\ub098"]),
        (KOREAN.encode("cp949"), who("20260002"), ["\uae40\ubbfc\uc218"]),
        ("\ufeff" + CANVAS.replace(",", ";"), who("101"), ["Lee; Yuna"]),
        ("Name\tID\nKim\t1\n\nLee\t2\n", who("2"), ["Kim"]),
        ("ID\n7\n8\n", who("7"), ["8"]),
        ("Email\na@b.c\n", who("x"), ["a@b.c"]),
    ],
)
def test_who_handed_in_nothing_is_missing(
    table: str | bytes, found: Identity, missing: list[str], tmp_path: Path
) -> None:
    told = matched(tmp_path, table, found)
    assert [each.submission for each in told.missing] == missing


def test_a_submission_gets_its_student_s_name_and_address(tmp_path: Path) -> None:
    given = who("minsukim_501", platform_id="501", student="minsukim")
    (told,) = matched(tmp_path, MOODLE, given).handed_in
    assert told.identity.student == "Min-su Kim"
    assert told.identity.email == "kim@example.org"
    assert told.identity.platform_id == "501"


def test_what_the_platform_says_stays_where_the_list_says_nothing(
    tmp_path: Path,
) -> None:
    given = who("stranger_7", student="Someone", platform_id="7")
    told = matched(tmp_path, CANVAS, given)
    assert told.handed_in[0].identity == given
    assert told.strangers == ("stranger_7",)


def test_a_name_that_two_students_share_is_nobody_s(tmp_path: Path) -> None:
    table = "Name,ID\nKim Min,1\nMin Kim,2\n"
    told = matched(tmp_path, table, who("Kim Min.py"))
    assert len(told.missing) == 2


def test_a_missing_student_keeps_every_id(tmp_path: Path) -> None:
    (told, _) = matched(tmp_path, MOODLE).missing
    assert told == Identity(
        submission="Min-su Kim",
        student="Min-su Kim",
        platform_id="Participant 501",
        email="kim@example.org",
    )


@pytest.mark.parametrize("table", ["", "a,b\n1,2\n", "Score\n7\n", b"\xff\xfe\x00"])
def test_a_table_that_names_nobody_is_refused(
    table: str | bytes, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=r"roster '.*roster"):
        matched(tmp_path, table)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        read_roster(tmp_path / "roster.csv")


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="wanted at most"):
        matched(tmp_path, b"x" * 10_000_001)


def of_name(*names: str) -> HandedIn:
    return HandedIn(identity=Identity(submission=names[0]))


@pytest.mark.parametrize(
    "name",
    [
        "\uc774 \uc720\ub098_hw2.ipynb",
        "hw2_\uc774\uc720\ub098.py",
        "\uc774\uc720\ub098",
    ],
)
def test_a_name_among_others_in_a_file_s_name_is_found(
    name: str, tmp_path: Path
) -> None:
    path = tmp_path / "r.csv"
    path.write_text(
        "\uc774\ub984,\ud559\ubc88\n\uc774 \uc720\ub098,7\n", encoding="utf-8"
    )
    told = match(read_roster(path), [of_name(name)])
    assert (told.missing, told.strangers) == ((), ())
    assert told.handed_in[0].identity.platform_id == "7"


def test_a_name_that_two_students_share_finds_neither(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("Name,ID\nKim Min,1\nMin Kim,2\nKim Min,3\n", encoding="utf-8")
    told = match(read_roster(path), [of_name("Kim Min.py")])
    assert told.strangers == ("Kim Min.py",)
    rows = [each.submission for each in told.missing]
    assert rows == ["Kim Min (1)", "Min Kim", "Kim Min (3)"]


def test_rows_of_the_missing_differ_from_all_others(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("Name,ID\nlee,1\n,\nKim,\nKim,\n", encoding="utf-8")
    told = match(read_roster(path), [of_name("Kim"), of_name("park")])
    rows = [each.submission for each in told.missing]
    assert rows == ["lee", "Kim (2)", "Kim (3)"]


def test_who_was_missing_is_known_again(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("Name,ID\nLee,101\nKim,102\n", encoding="utf-8")
    first = match(read_roster(path), [])
    lee = HandedIn(identity=Identity(submission="lee_101", platform_id="101"))
    later = match(students_of(first.missing), [lee])
    assert later.missing == first.missing[1:]


@given(
    st.binary() | st.lists(st.sampled_from(["Name", "ID", "Kim", ",", "\n", '"', ";"]))
)
def test_any_table_is_a_list_or_one_sentence(
    tmp_path_factory: pytest.TempPathFactory, table: bytes | list[str]
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(table if isinstance(table, bytes) else "".join(table).encode())
    try:
        students = read_roster(path)
    except UsageError as error:
        assert "roster '" in str(error)  # noqa: PT017 (both endings are right)
    else:
        rows = [each.submission for each in match(students, []).missing]
        assert len(set(rows)) == len(students)
