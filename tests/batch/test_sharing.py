from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from in_process import InProcessSandbox
from programs import RIGHT, changed

from grader import session
from grader.assignment import DEFAULT
from grader.batch import corpora, sharing, work
from grader.batch.records import Setup, Task
from grader.loaders.bulk import HandedIn
from grader.loaders.bulk.records import LooseFile
from grader.records import Message
from grader.report import Identity, Report
from grader.reports import to_json

BUILT = corpora.build(DEFAULT, seed=4)
SETUP = Setup(assignment=DEFAULT, seed=4, corpus=corpora.digest(BUILT))
SETTING = session.Setting(
    assignment=DEFAULT,
    corpora=BUILT,
    sandbox=InProcessSandbox(),
    seed=4,
    corpus_digest=SETUP.corpus,
    explain=False,
)
WRONG = changed("3))) + b", "3))) + 2 * b")
LOUD = changed("    return dx, dw", "    print(1)\n    return dx, dw")


def task(path: Path, source: str, setup: Setup = SETUP) -> Task:
    path.parent.mkdir(exist_ok=True)
    path.write_text(source, encoding="utf-8")
    identity = Identity(submission=path.name, student=f"student of {path.stem}")
    handed_in = HandedIn(identity=identity, path=path)
    return Task(setup=setup, handed_in=handed_in, file=path.stem, key="k")


def graded(known: Task) -> Report:
    return session.grade_handed_in(known.handed_in, SETTING)


@pytest.mark.parametrize("source", [RIGHT, WRONG])
def test_a_twins_report_is_what_it_would_have_had_alone(
    source: str, tmp_path: Path
) -> None:
    kim, lee = (task(tmp_path / f"{name}.py", source) for name in ("kimmy", "leeds"))
    told = sharing.shared(graded(kim), kim, lee)
    assert told is not None
    alone = graded(lee)
    assert replace(told, provenance=alone.provenance) == alone
    assert "kim" not in to_json.render(told)


def test_files_of_the_same_names_are_shared_whatever_the_platform_calls_them(
    tmp_path: Path,
) -> None:
    both = []
    for name in ("kimmy_7_8_layers.py", "leeds_9_10_layers.py"):
        known = task(tmp_path / name, RIGHT)
        loose = LooseFile(name="layers.py", path=tmp_path / name, given=name)
        handed_in = replace(known.handed_in, path=None, files=(loose,))
        both.append(replace(known, handed_in=handed_in))
    told = sharing.shared(graded(both[0]), *both)
    assert told is not None
    assert "kimmy" not in to_json.render(told)


@pytest.mark.parametrize(
    ("kim", "lee"),
    [
        (("kimmy.py", RIGHT), ("leeds.ipynb", RIGHT)),  # another kind of file
        (("kimmy.py", RIGHT), ("leeds.py", WRONG)),
        (("kimmy.py", f"{RIGHT}# Kimmy\n"), ("leeds.py", f"{RIGHT}# Kimmy\n")),
        (
            ("kimmy.py", f"{RIGHT}import leeds\n"),
            ("leeds.py", f"{RIGHT}import leeds\n"),
        ),
        (("a.py", RIGHT), ("b.py", RIGHT)),  # letters of any word
        (("kimmy.py", LOUD), ("leeds.py", LOUD)),
        (("kimmy.py", "def f("), ("leeds.py", "def f(")),
    ],
)
def test_what_could_tell_of_another_is_graded_by_itself(
    kim: tuple[str, str], lee: tuple[str, str], tmp_path: Path
) -> None:
    first, second = (task(tmp_path / name, text) for name, text in (kim, lee))
    assert sharing.shared(graded(first), first, second) is None


@given(
    name=st.sampled_from(["Kimmy.py", "`kimmy`", "k i m m y", "KIM_MY's file"]),
)
def test_a_report_that_names_its_student_in_any_spelling_is_kept(
    name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("named")
    kim, lee = (task(folder / f"{each}.py", RIGHT) for each in ("kimmy", "leeds"))
    said = Message(id="batch.broke", values={"reason": f"see {name}"})
    report = replace(graded(kim), notes=(said,))
    assert sharing.shared(report, kim, lee) is None


def test_names_that_may_decide_are_not_exchanged(tmp_path: Path) -> None:
    setup = replace(SETUP, assignment=replace(DEFAULT, file="kim*.py"))
    both = [task(tmp_path / f"{each}.py", RIGHT, setup) for each in ("kimmy", "leeds")]
    assert sharing.shared(graded(both[0]), *both) is None


def test_what_is_gone_meanwhile_is_not_shared(tmp_path: Path) -> None:
    kim, lee = (task(tmp_path / f"{each}.py", RIGHT) for each in ("kimmy", "leeds"))
    report = graded(kim)
    assert lee.handed_in.path is not None
    lee.handed_in.path.unlink()
    assert sharing.shared(report, kim, lee) is None


@given(keys=st.lists(st.integers(0, 2), max_size=60))
def test_groups_lose_nobody_and_have_one_key_each(keys: list[int]) -> None:
    tasks = [
        Task(
            setup=SETUP,
            handed_in=HandedIn(identity=Identity(submission=str(number))),
            file=str(number),
            key=str(key),
        )
        for number, key in enumerate(keys)
    ]
    groups = sharing.grouped(tasks)
    everyone = [each.name for task in groups for each in (task, *task.twins)]
    assert sorted(everyone, key=int) == [task.name for task in tasks]
    for group in groups:
        assert {twin.key for twin in group.twins} <= {group.key}
        assert len(group.twins) <= sharing.MOST_TWINS


@pytest.fixture
def _sandbox() -> Iterator[None]:
    yield
    for setting in work._SETTINGS.values():
        setting.sandbox.close()
    work._SETTINGS.clear()


@pytest.mark.usefixtures("_sandbox")
def test_a_task_grades_its_twins_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = session.grade_handed_in

    def noted(handed_in: HandedIn, setting: session.Setting) -> Report:
        asked.append(handed_in.identity.submission)
        return real(handed_in, setting)

    monkeypatch.setattr(session, "grade_handed_in", noted)
    names = ("kimmy", "leeds", "parks")
    [first] = sharing.grouped([task(tmp_path / f"{n}.py", RIGHT) for n in names])
    done = work.grade(first)
    entries = [each.entry for each in (done, *done.twins)]
    assert asked == ["kimmy.py"]
    assert [entry.name for entry in entries] == [f"{name}.py" for name in names]
    assert len({entry.score for entry in entries}) == 1
    for twin in done.twins:
        assert not any(b"kimmy" in content for _, content in twin.files)
