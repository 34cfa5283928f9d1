from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import reports
import validators

from grader import cli
from grader.assignment import Feedback
from grader.batch import settings
from grader.batch.pseudonyms import PSEUDONYM
from grader.cli.endings import FINE, MISUSE
from grader.reports import RENDERERS, SUFFIXES, to_html, to_json

GRADEBOOK = "Student,ID,Section,A2 (22)\nKim,4711,M,\nLee,4712,M,50\n"
WORKSHEET = "Identifier,Full name,Grade,Maximum Grade\nParticipant 4711,Kim,,100.00\n"


@pytest.fixture(autouse=True)
def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under coverage the checkout may run, beside the installed copy."""
    monkeypatch.setattr(cli, "refuse_strangers", lambda: None)


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """Write a results folder of two submissions."""
    for folder in ("staff", "students"):
        (tmp_path / folder).mkdir()
    for name in ("uncropped_dx", "missing"):
        report = reports.every_ending()[name]
        kept = tmp_path / "staff" / f"{name}.json"
        kept.write_text(to_json.render(report), encoding="utf-8")
    page = to_html.render(reports.uncropped_dx())
    (tmp_path / "students/uncropped_dx.html").write_text(page, encoding="utf-8")
    return tmp_path


def test_a_gradebook_is_filled_beside_the_results(
    results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = results / "book.csv"
    source.write_text(GRADEBOOK, encoding="utf-8")
    told = ["export", str(results), "canvas", "--gradebook", str(source)]
    assert cli.run(told) == FINE
    assert (results / "book-filled.csv").read_text().splitlines()[1] == "Kim,4711,M,85"
    assert source.read_text() == GRADEBOOK
    assert "no submission: Lee" in capsys.readouterr().out


def test_a_worksheet_is_filled_where_it_is_wanted(results: Path) -> None:
    source, out = results / "w.csv", results / "more" / "filled.csv"
    source.write_text(WORKSHEET, encoding="utf-8")
    told = ["export", str(results), "moodle", "--worksheet", str(source)]
    assert cli.run([*told, "--out", str(out)]) == FINE
    assert out.read_text().splitlines()[1] == "Participant 4711,Kim,85,100.00"


def test_students_pages_are_packed_and_the_rest_is_named(
    results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["export", str(results), "feedback-zip"]) == FINE
    with zipfile.ZipFile(results / "feedback.zip") as archive:
        (name,) = archive.namelist()
        validators.html(archive.read(name).decode())
    assert "not packed: han_missing" in capsys.readouterr().out


def test_any_format_is_written_a_file_each(results: Path) -> None:
    assert cli.run(["export", str(results), "junit"]) == FINE
    written = sorted(path.name for path in (results / "junit").iterdir())
    assert written == ["missing.xml", "uncropped_dx.xml"]


def test_what_the_folders_assignment_hides_is_not_exported(results: Path) -> None:
    hidden = settings.Settings(
        rubrics={}, feedback=Feedback(boundaries=False, counterexamples=False)
    )
    (results / settings.NAME).write_bytes(settings.write(hidden))
    assert cli.run(["export", str(results), "markdown"]) == FINE
    text = (results / "markdown/uncropped_dx.md").read_text(encoding="utf-8")
    assert "85 / 100" in text
    assert "exactly when" not in text
    assert "conv_forward_naive" not in text


def test_every_format_has_a_suffix() -> None:
    assert SUFFIXES.keys() == RENDERERS.keys()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["pdf"], "no target 'pdf'"),
        (["canvas"], "name it by --gradebook"),
        (["moodle", "--worksheet", "nowhere.csv"], "cannot read 'nowhere.csv'"),
    ],
)
def test_wrong_use_is_told(
    results: Path,
    arguments: list[str],
    told: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.run(["export", str(results), *arguments]) == MISUSE
    assert told in capsys.readouterr().err


def test_a_file_of_another_encoding_is_refused(
    results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = results / "book.csv"
    source.write_bytes(b"Student,ID\n\xb1\xe8,1\n")
    told = ["export", str(results), "canvas", "--gradebook", str(source)]
    assert cli.run(told) == MISUSE
    assert "not UTF-8" in capsys.readouterr().err


def test_a_folder_without_reports_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["export", str(tmp_path), "junit"]) == MISUSE
    assert "no reports in" in capsys.readouterr().err


def test_pseudonyms_are_resolved_for_the_platform_and_for_nobody_else(
    results: Path,
) -> None:
    assert cli.run(["report", str(results), "--pseudonymous"]) == FINE
    source = results / "book.csv"
    source.write_text(GRADEBOOK, encoding="utf-8")
    told = ["export", str(results), "canvas", "--gradebook", str(source)]
    assert cli.run(told) == FINE
    source.unlink()
    filled = (results / "staff/book-filled.csv").read_text(encoding="utf-8")
    assert filled.splitlines()[1] == "Kim,4711,M,85"
    for target in ("feedback-zip", "junit"):
        assert cli.run(["export", str(results), target]) == FINE
    with zipfile.ZipFile(results / "staff/feedback.zip") as archive:
        assert "kim_minjun.html" in archive.namelist()
    shown = [path for path in results.rglob("*") if path.parent.name != "staff"]
    # Chance may put the three letters into a pseudonym, and nowhere else.
    names = [PSEUDONYM.sub("", path.name) for path in shown]
    assert not [name for name in names if "kim" in name.casefold()]
    texts = [path.read_text("utf-8") for path in shown if path.is_file()]
    assert not [text for text in texts if "Kim" in text or "4711" in text]
