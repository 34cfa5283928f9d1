from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written_reports import wrong_dx

from grader.assignment import DEFAULT, Feedback
from grader.batch import again, entries, settings
from grader.batch.files import make_folder, write_whole
from grader.batch.settings import Settings
from grader.errors import UsageError

SETTINGS = st.builds(
    Settings,
    rubrics=st.dictionaries(
        st.text(), st.dictionaries(st.text(), st.floats(0, 1000)), max_size=3
    ),
    feedback=st.builds(
        Feedback,
        messages=st.dictionaries(st.text(), st.text(), max_size=3),
        boundaries=st.booleans(),
        language=st.sampled_from(["en", "ko"]),
    ),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("results")


@given(known=SETTINGS)
def test_what_is_written_is_read(known: Settings, folder: Path) -> None:
    write_whole(folder / settings.NAME, settings.write(known))
    assert settings.read(folder) == known


def test_a_folder_need_not_say(tmp_path: Path) -> None:
    assert settings.read(tmp_path) is None


@pytest.mark.parametrize("text", ["", "[]", '{"rubrics": 1}', '{"feedback": {}}'])
def test_what_is_broken_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / settings.NAME).write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="name the assignment by --assignment"):
        settings.read(tmp_path)


def test_a_folder_in_the_files_place_is_told(tmp_path: Path) -> None:
    (tmp_path / settings.NAME).mkdir()
    with pytest.raises(UsageError, match=settings.NAME):
        settings.read(tmp_path)


def test_rendering_again_hides_what_was_hidden_and_remembers_it(tmp_path: Path) -> None:
    make_folder(tmp_path / entries.STAFF)
    make_folder(tmp_path / entries.STUDENTS)
    for place, content in entries.done(
        wrong_dx("kim"), file="kim", feedback=Feedback()
    ).files:
        write_whole(tmp_path / place, content)
    page = tmp_path / entries.STUDENTS / "kim.html"
    assert "np.ones" in page.read_text(encoding="utf-8")
    hidden = Settings(
        rubrics=settings.of(DEFAULT).rubrics, feedback=Feedback(counterexamples=False)
    )
    again.render(tmp_path, hidden)
    assert "np.ones" not in page.read_text(encoding="utf-8")
    assert settings.read(tmp_path) == hidden
