from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.export.feedback_zip import Platform, name_in_zip, pack, platform_of
from grader.report import Identity


def named(submission: str, **more: str) -> Identity:
    return Identity(submission=submission, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("submission", "name"),
    [
        ("kimminjun_4711_9001_layers.py", "kimminjun_4711_9001_feedback.html"),
        ("kimminjun_LATE_4711_9001_a.py", "kimminjun_LATE_4711_9001_feedback.html"),
        ("anon_4711_9001_layers.py", "anon_4711_9001_feedback.html"),
        ("late/kimminjun_4711_9001_l.ipynb", "kimminjun_4711_9001_feedback.html"),
    ],
)
def test_canvas_finds_user_and_attachment_in_the_name(
    submission: str, name: str
) -> None:
    identity = named(submission)
    assert platform_of([identity]) is Platform.CANVAS
    assert name_in_zip(identity, Platform.CANVAS) == name


@pytest.mark.parametrize(
    "submission",
    [
        "Kim Min-jun_4711_assignsubmission_file",
        "Kim Min-jun_4711_assignsubmission_file_",
        "Kim Min-jun_4711_assignsubmission_file_layers.py",
        "Kim Min-jun_4711_assignsubmission_file/layers.py",
    ],
)
def test_moodle_finds_the_participant_in_the_name(submission: str) -> None:
    identity = named(submission)
    assert platform_of([identity]) is Platform.MOODLE
    name = name_in_zip(identity, Platform.MOODLE)
    assert name == "Kim Min-jun_4711_assignsubmission_file_feedback.html"
    assert name.split("_", 4)[1:4] == ["4711", "assignsubmission", "file"]


@pytest.mark.parametrize(
    ("platform", "called", "name"),
    [
        (Platform.CANVAS, "kim_4711_9001_l.py", "kim_4711_9001_feedback.html"),
        (
            Platform.MOODLE,
            "Kim_4711_assignsubmission_file",
            "Kim_4711_assignsubmission_file_feedback.html",
        ),
        (Platform.NBGRADER, "submitted/kim/a2", "feedback/kim/a2/feedback.html"),
    ],
)
def test_what_the_platform_called_the_files_is_enough(
    platform: Platform, called: str, name: str
) -> None:
    identity = Identity(submission="kim", given=(called,), files=("layers.py",))
    assert platform_of([identity]) is platform
    assert name_in_zip(identity, platform) == name


@pytest.mark.parametrize("platform", sorted(set(Platform) - {Platform.PLAIN}))
def test_without_the_platforms_name_there_is_none(platform: Platform) -> None:
    assert name_in_zip(named("kim", platform_id="4711"), platform) is None


@given(submission=st.text())
def test_a_plain_name_is_one_safe_file(submission: str) -> None:
    identity = named(submission)
    name = name_in_zip(identity, Platform.PLAIN)
    assert name is not None
    assert name.endswith(".html")
    assert not {"/", "\\", "\0"} & set(name)
    assert not name.startswith(".")


def test_other_names_are_nobodys() -> None:
    assert platform_of([named("kim"), named("lee.py")]) is Platform.PLAIN


def packed(*pages: tuple[str, str]) -> zipfile.ZipFile:
    target = io.BytesIO()
    pack(pages, target)
    return zipfile.ZipFile(target)


def test_pages_are_in_the_zip() -> None:
    archive = packed(("a.html", "<p>한글</p>"), ("b.html", "<p>b</p>"))
    assert archive.read("a.html").decode() == "<p>한글</p>"


def test_no_page_replaces_another() -> None:
    archive = packed(("a.html", "1"), ("a.html", "2"))
    assert archive.namelist() == ["a.html", "a-2.html"]
    assert archive.read("a-2.html") == b"2"


def test_the_same_pages_give_the_same_bytes() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    pack([("a.html", "1")], first)
    pack([("a.html", "1")], second)
    assert first.getvalue() == second.getvalue()
