"""Every platform's bulk download is known by its names, and each student found."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from downloads import METADATA, Files, tarred, write, zipped
from handed_in import BOTH, extraction, notes, told

from grader.assignment import DEFAULT
from grader.errors import SubmissionError, UsageError
from grader.loaders.bulk import HandedIn, find
from grader.loaders.loading import load_handed_in

Given = Callable[[Files], Path]
CANVAS: Files = {
    "kimminsu_101_2001_layers.py": BOTH,
    "leeyuna_LATE_102_2002_layers-1.py": BOTH,
    "leeyuna_LATE_102_2003_im2col.py": "x = 1\n",
    "parkjiho_103_2004_work.zip": b"",
}
MOODLE: Files = {
    "Min-su Kim_501_assignsubmission_file/layers.py": BOTH,
    "Yuna Lee_502_assignsubmission_file_/cs231n/layers.py": BOTH,
    "Jiho Park_503_assignsubmission_file_layers.py": BOTH,
    "Jiho Park_503_assignsubmission_onlinetext.html": "<p>hello",
    "Participant_504_assignsubmission_file/layers.py": BOTH,
}
GRADESCOPE: Files = {
    "assignment_9_export/submission_metadata.yml": METADATA,
    "assignment_9_export/submission_11/layers.py": BOTH,
    "assignment_9_export/submission_12/cs231n/layers.py": BOTH,
    "assignment_9_export/submission_13/layers.py": BOTH,
}
NBGRADER: Files = {
    "course/submitted/kim/a2/conv.ipynb": "{}",
    "course/submitted/lee/a2/conv.ipynb": "{}",
    "course/submitted/lee/a1/intro.ipynb": "{}",
    "course/submitted/stray.txt": "x",
    "course/release/a2/conv.ipynb": "{}",
}


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    return tmp_path / "scratch"


def found(path: Path, scratch: Path, *functions: str) -> dict[str, HandedIn]:
    handed_in = find([path], scratch=scratch, functions=functions).handed_in
    return {each.identity.submission: each for each in handed_in}


def file_of(handed_in: HandedIn) -> str:
    return extraction(load_handed_in(handed_in, DEFAULT)).file


@pytest.fixture(params=["folder", "zip", "tar.gz", "inside"])
def given(request: pytest.FixtureRequest, tmp_path: Path) -> Given:
    def make(files: Files) -> Path:
        if request.param == "folder":
            return write(tmp_path / "class", files)
        if request.param == "tar.gz":
            return tarred(tmp_path / "class.tar.gz", files)
        if request.param == "inside":
            (tmp_path / "downloads").mkdir()
            zipped(tmp_path / "downloads" / "class.zip", files)
            return tmp_path / "downloads"
        return zipped(tmp_path / "class.zip", files)

    return make


def test_canvas(given: Given, scratch: Path) -> None:
    students = found(given(CANVAS), scratch)
    assert list(students) == ["kimminsu_101", "leeyuna_102", "parkjiho_103"]
    lee = students["leeyuna_102"]
    assert (lee.identity.platform_id, lee.identity.late) == ("102", "LATE")
    assert [file.name for file in lee.files] == ["layers.py", "im2col.py"]
    assert students["kimminsu_101"].identity.late == ""
    assert file_of(lee) == "layers.py"
    assert load_handed_in(lee, DEFAULT).identity.files == ("im2col.py", "layers.py")


def test_moodle(given: Given, scratch: Path) -> None:
    students = found(given(MOODLE), scratch)
    assert list(students) == [
        "Jiho Park_503",
        "Min-su Kim_501",
        "Participant_504",
        "Yuna Lee_502",
    ]
    who = students["Min-su Kim_501"].identity
    assert (who.student, who.platform_id) == ("Min-su Kim", "501")
    assert students["Participant_504"].identity.student == ""
    assert file_of(students["Yuna Lee_502"]) == "cs231n/layers.py"
    assert file_of(students["Jiho Park_503"]) == "layers.py"


def test_gradescope(given: Given, scratch: Path) -> None:
    students = found(given(GRADESCOPE), scratch)
    assert list(students) == ["submission_11", "submission_12", "submission_13"]
    kim, lee, nobody = (each.identity for each in students.values())
    assert (kim.student, kim.platform_id, kim.email, kim.late) == (
        "Kim, Min-su",
        "20260001",
        "kim@example.org",
        "",
    )
    assert lee.student == 'Lee Yuna, Park "Jiho"'
    assert (lee.platform_id, lee.late) == ("20260002, 20260003", "01:30:00")
    assert nobody.student == ""
    assert file_of(students["submission_12"]) == "cs231n/layers.py"


def test_nbgrader(given: Given, scratch: Path) -> None:
    students = found(given(NBGRADER), scratch)
    assert list(students) == ["kim", "lee/a1", "lee/a2"]
    assert students["lee/a2"].identity.student == "lee"


def test_anonymous_canvas(tmp_path: Path, scratch: Path) -> None:
    files = {"anon_7_2001_layers.py": BOTH, "LATE_anon_8_2002_layers.py": BOTH}
    students = found(write(tmp_path / "class", files), scratch)
    assert list(students) == ["anon_7", "anon_8"]
    assert students["anon_8"].identity.late == "LATE"
    assert students["anon_8"].identity.student == ""


def test_of_a_file_handed_in_again_the_last_counts(
    tmp_path: Path, scratch: Path
) -> None:
    files = {
        "kim_1_10_layers.py": "x = 1\n",
        "kim_1_30_layers-2.py": BOTH,
        "kim_1_20_layers-1.py": "x = 2\n",
        "kim_1_11_im2col.py": "x = 3\n",
        "lee_2_12_layers.py": BOTH,
    }
    kim = found(write(tmp_path / "class", files), scratch)["kim_1"]
    assert [file.given for file in kim.files] == [
        "kim_1_11_im2col.py",
        "kim_1_30_layers-2.py",
    ]
    assert notes(load_handed_in(kim, DEFAULT)) == ["loading.note.handed_in_again"] * 2


def test_one_file_may_be_called_so_by_chance(tmp_path: Path, scratch: Path) -> None:
    files = {"conv_1_2_layers.py": BOTH, "kim.py": BOTH, "lee.py": BOTH}
    names = list(found(write(tmp_path / "class", files), scratch))
    assert names == ["conv_1_2_layers.py", "kim.py", "lee.py"]


def test_an_archive_of_plain_submissions_holds_many(
    tmp_path: Path, scratch: Path
) -> None:
    files = {"class/kim.py": BOTH, "class/lee/layers.py": BOTH, "class/x.txt": "x"}
    inner = zipped(tmp_path / "park.zip", {"layers.py": BOTH}).read_bytes()
    path = zipped(tmp_path / "all.zip", {**files, "class/park.zip": inner})
    names = list(found(path, scratch, "conv_forward_naive"))
    assert names == ["kim.py", "lee", "park.zip"]


def test_an_archive_of_one_project_is_one_submission(
    tmp_path: Path, scratch: Path
) -> None:
    files = {"cs231n/layers.py": BOTH, "cs231n/im2col.py": "x = 1\n", "a.ipynb": "{}"}
    path = zipped(tmp_path / "kim.zip", files)
    students = found(path, scratch, "conv_forward_naive")
    assert list(students) == ["kim.zip"]
    assert file_of(students["kim.zip"]) == "cs231n/layers.py"


def test_a_broken_archive_is_its_student_s(tmp_path: Path, scratch: Path) -> None:
    folder = write(tmp_path / "class", {"kim.zip": b"PK\x03\x04 broken"})
    assert list(found(folder, scratch)) == ["kim.zip"]


def test_a_broken_bulk_archive_is_the_teacher_s(tmp_path: Path, scratch: Path) -> None:
    path = zipped(tmp_path / "class.zip", CANVAS)
    content = bytearray(path.read_bytes())
    content[40:60] = b"x" * 20
    path.write_bytes(content)
    with pytest.raises(UsageError, match="is broken"):
        found(path, scratch)


@pytest.mark.parametrize(
    "text", ["[1, 2]", "a: [", "a: &a [*a]", "? [a]\n: b", "\x00", "a: b: c"]
)
def test_broken_metadata_are_told(text: str, tmp_path: Path, scratch: Path) -> None:
    folder = write(tmp_path / "e", {"submission_metadata.yml": text})
    with pytest.raises(UsageError, match="submission_metadata"):
        found(folder, scratch)


def test_nothing_in_metadata_is_executed(tmp_path: Path, scratch: Path) -> None:
    proof = tmp_path / "proof"
    text = f"a: !!python/object/apply:os.mkdir ['{proof}']\nb:\n  submitters: 3\n"
    folder = write(
        tmp_path / "e", {"submission_metadata.yml": text, "b/layers.py": BOTH}
    )
    assert list(found(folder, scratch)) == ["b"]
    assert not proof.exists()


def test_paths_out_of_a_bulk_archive_are_passed_over(
    tmp_path: Path, scratch: Path
) -> None:
    files = {**CANVAS, "../../evil_9_9_layers.py": BOTH, "/evil_8_8_layers.py": BOTH}
    students = found(zipped(tmp_path / "class.zip", files), scratch)
    assert "evil_9" not in students
    outside = [p for p in tmp_path.rglob("evil*") if scratch not in p.parents]
    assert outside == []


def test_names_that_some_systems_refuse_are_changed(
    tmp_path: Path, scratch: Path
) -> None:
    files = {**CANVAS, "con/aux.py": BOTH, "a?:b*.py": BOTH, "x" * 300 + ".py": BOTH}
    path = tarred(tmp_path / "class.tar.gz", files)
    names = list(found(path, scratch))
    assert "_con" in names
    assert "a__b_.py" in names
    assert all(len(name) < 200 for name in names)


def test_results_and_leftovers_are_no_submissions(
    tmp_path: Path, scratch: Path
) -> None:
    files = {"kim.py": BOTH, "Thumbs.db": "x", ".hidden.py": "x", "out/a.py": "x"}
    folder = write(tmp_path / "class", {**files, "__pycache__/a.py": "x", "b.md": "x"})
    result = find([folder], scratch=scratch, without=folder / "out")
    assert [each.identity.submission for each in result.handed_in] == ["kim.py"]
    assert [path.name for path in result.ignored] == ["b.md"]


@pytest.mark.parametrize("name", ["nowhere", "no\0where"])
def test_a_missing_path_is_named(name: str, tmp_path: Path, scratch: Path) -> None:
    with pytest.raises(UsageError, match="wanted a submission or a folder"):
        found(tmp_path / name, scratch)


def test_an_empty_folder_is_named(tmp_path: Path, scratch: Path) -> None:
    with pytest.raises(UsageError, match="no submissions in"):
        found(tmp_path, scratch)


def test_equal_names_are_told_apart(tmp_path: Path, scratch: Path) -> None:
    for folder in ("a", "b", "c/a"):
        write(tmp_path / folder, {"kim.py": BOTH})
    paths = [tmp_path / "a", tmp_path / "b", tmp_path / "c" / "a", tmp_path / "a"]
    names = [
        each.identity.submission for each in find(paths, scratch=scratch).handed_in
    ]
    assert len(set(names)) == 3
    assert "b/kim.py" in names


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_links_and_pipes_are_submissions_that_cannot_be_read(
    tmp_path: Path, scratch: Path
) -> None:
    folder = write(tmp_path / "class", {"kim.py": BOTH})
    (folder / "endless.py").symlink_to("endless.py")
    (folder / "linked.zip").symlink_to(folder / "kim.py")
    os.mkfifo(folder / "pipe.py")
    names = list(found(folder, scratch))
    assert names == ["endless.py", "kim.py", "linked.zip", "pipe.py"]


def test_of_two_downloads_of_one_course_the_later_files_count(
    tmp_path: Path, scratch: Path
) -> None:
    first = write(tmp_path / "first", {"kim_1_10_a.py": BOTH, "lee_2_11_a.py": BOTH})
    second = write(tmp_path / "second", {"kim_1_30_b.py": BOTH})
    handed_in = find([second, first], scratch=scratch).handed_in
    assert [each.files[0].given for each in handed_in] == [
        "kim_1_30_b.py",
        "lee_2_11_a.py",
    ]
    [note] = handed_in[0].notes
    assert note.values == {
        "file": "second/kim_1_30_b.py",
        "other": "first/kim_1_10_a.py",
    }


def test_of_two_exports_of_gradescope_the_later_submission_counts(
    tmp_path: Path, scratch: Path
) -> None:
    later = METADATA.replace("submission_1", "submission_2").replace("-09-", "-10-")
    for name, text in (("one", METADATA), ("two", later)):
        start = "submission_1" if name == "one" else "submission_2"
        files = {"submission_metadata.yml": text, f"{start}1/layers.py": BOTH}
        write(tmp_path / name, files)
    paths = [tmp_path / "two", tmp_path / "one"]
    [kim] = find(paths, scratch=scratch).handed_in
    assert kim.identity.submission == "submission_21"
    assert [note.id for note in kim.notes] == ["loading.note.handed_in_again"]


def test_what_is_gone_is_the_submissions_fault(tmp_path: Path, scratch: Path) -> None:
    kim = found(write(tmp_path / "c", {"kim_1_2_a.py": BOTH}), scratch)["kim_1"]
    (tmp_path / "c/kim_1_2_a.py").unlink()
    with pytest.raises(SubmissionError):
        load_handed_in(kim, DEFAULT)


def test_of_several_archives_each_is_a_student_s(tmp_path: Path, scratch: Path) -> None:
    files = {"layers.py": BOTH, "layers_old.py": BOTH}
    paths = [zipped(tmp_path / f"{name}.zip", files) for name in ("kim", "lee")]
    handed_in = find(paths, scratch=scratch, functions=["conv_forward_naive"]).handed_in
    names = [each.identity.submission for each in handed_in]
    assert names == ["kim.zip", "lee.zip"]


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"\x1f\x8b broken", b""])
def test_a_broken_archive_alone_is_one_submission(
    content: bytes, tmp_path: Path, scratch: Path
) -> None:
    (tmp_path / "kim.zip").write_bytes(content)
    assert list(found(tmp_path / "kim.zip", scratch, "f")) == ["kim.zip"]


def test_a_damaged_member_of_an_archive_alone_is_no_crash(
    tmp_path: Path, scratch: Path
) -> None:
    path = zipped(tmp_path / "kim.zip", {"layers.py": BOTH})
    content = bytearray(path.read_bytes())
    content[45:60] = b"x" * 15
    path.write_bytes(content)
    assert list(found(path, scratch, "conv_forward_naive")) == ["kim.zip"]


def test_who_hands_in_no_code_has_a_row_too(tmp_path: Path, scratch: Path) -> None:
    pdf = b"%PDF-1.7" + b"x" * 100_000
    files: Files = {
        "kim_1_10_layers.py": BOTH,
        "lee_2_11_report.pdf": pdf,
    }
    lee = found(zipped(tmp_path / "class.zip", files), scratch)["lee_2"]
    assert lee.files[0].path.stat().st_size < 10_000
    with pytest.raises(SubmissionError) as error:
        load_handed_in(lee, DEFAULT)
    assert "PDF" in told(error.value)


def test_code_in_a_text_file_is_a_submission(tmp_path: Path, scratch: Path) -> None:
    files = {"kim.py": BOTH, "lee.py.txt": BOTH, "notes.txt": "read me"}
    folder = write(tmp_path / "class", files)
    names = list(found(folder, scratch, "conv_forward_naive"))
    assert names == ["kim.py", "lee.py.txt"]
    assert list(found(folder, scratch)) == ["kim.py"]


@pytest.mark.parametrize("name", ["kim_1_2_conv.ipynb.json", "kim_1_2_layers"])
def test_renamed_code_in_an_archive_is_kept_whole(
    name: str, given: Given, scratch: Path
) -> None:
    long = "# what the course has written\n" * 1_000 + BOTH
    download = {name: long, "lee_3_4_layers.py": BOTH}
    (kim, _) = found(given(download), scratch).values()
    assert extraction(load_handed_in(kim, DEFAULT)).program.units[0].source


@pytest.mark.parametrize("name", ["work.rar", "work.7z", "layers.py.gz", "work.alz"])
def test_who_packs_otherwise_has_a_row(
    name: str, tmp_path: Path, scratch: Path
) -> None:
    write(tmp_path / "all", {name: "Rar!", "lee.py": BOTH})
    with pytest.raises(SubmissionError) as error:
        load_handed_in(found(tmp_path / "all", scratch)[name], DEFAULT)
    assert told(error.value).startswith(f"'{name}' is RAR, not code")


def test_a_folder_in_a_folder_may_be_a_whole_class(
    tmp_path: Path, scratch: Path
) -> None:
    files = {"class/kim/layers.py": BOTH, "class/lee/a2/layers.py": BOTH}
    folder = write(tmp_path / "downloads", files)
    assert list(found(folder, scratch, "conv_forward_naive")) == ["kim", "lee"]


def test_a_project_in_a_folder_is_one_submission(tmp_path: Path, scratch: Path) -> None:
    files = {
        "kim/setup.py": "x = 1\n",
        "kim/a/layers.py": BOTH,
        "kim/b/layers.py": BOTH,
    }
    folder = write(tmp_path / "downloads", files)
    assert list(found(folder, scratch, "conv_forward_naive")) == ["kim"]
