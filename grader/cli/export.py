"""`convgrade export`: results in the files that a learning platform takes back."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Optional, TypeAlias

import typer

from grader.cli import options, terminal
from grader.errors import UsageError
from grader.reports import RENDERERS, SUFFIXES, renderer
from grader.reports.foreign import visible_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grader.assignment import Feedback
    from grader.batch.pseudonyms import Pseudonyms
    from grader.export.filling import Filled
    from grader.report import Report

TARGETS: Final = ("canvas", "moodle", "feedback-zip", *RENDERERS)


Folder: TypeAlias = Annotated[
    Path, typer.Argument(metavar="DIR", help="What 'convgrade grade' wrote into.")
]
Target: TypeAlias = Annotated[
    str, typer.Argument(metavar="TARGET", help=f"One of {', '.join(TARGETS)}.")
]
Gradebook: TypeAlias = Annotated[
    Optional[Path],  # noqa: UP045 (older typers do not know `X | None`)
    typer.Option(metavar="FILE", help="The gradebook exported from Canvas."),
]
Worksheet: TypeAlias = Annotated[
    Optional[Path],  # noqa: UP045 (the same)
    typer.Option(metavar="FILE", help="The grading worksheet from Moodle."),
]
Column: TypeAlias = Annotated[
    str, typer.Option(help="Which column takes the scores, if that is not clear.")
]
Place: TypeAlias = Annotated[
    Optional[Path],  # noqa: UP045 (the same)
    typer.Option(metavar="PATH", help="Where to write; in DIR without it."),
]


def export(  # noqa: PLR0913 (each is an option of the command line)
    folder: Folder,
    target: Target,
    *,
    gradebook: Gradebook = None,
    worksheet: Worksheet = None,
    column: Column = "",
    out: Place = None,
    assignment: options.AssignmentFile = None,
) -> None:
    """Write results for Canvas, Moodle, or in any report format, a file each."""
    if target not in TARGETS:
        raise UsageError(f"no target {target!r}, wanted one of {', '.join(TARGETS)}")
    wanted = Wanted(folder=folder, target=target, column=column, out=out)
    match target:
        case "canvas":
            _fill_gradebook(wanted, _given(gradebook, "--gradebook", target))
        case "moodle":
            _fill_worksheet(wanted, _given(worksheet, "--worksheet", target))
        case "feedback-zip":
            _pack_pages(wanted)
        case _:
            _render_each(wanted, options.read_settings(folder, assignment).feedback)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be written, from where and to where."""

    folder: Path
    target: str
    column: str
    out: Path | None

    def reports(self) -> Iterator[tuple[str, Report]]:
        """Yield the folder's reports, one by one; UsageError if there are none."""
        from grader.batch import entries  # noqa: PLC0415 (not for --help)

        place = None
        for place in entries.reports(self.folder):
            yield place
        if place is None:
            raise UsageError(
                f"no reports in {str(self.folder)!r};"
                " wanted a folder of 'convgrade grade --out'"
            )

    def pseudonyms(self) -> Pseudonyms:
        """Return whom the folder's pseudonyms stand for, if it has any."""
        from grader.batch import pseudonyms  # noqa: PLC0415 (not for --help)

        return pseudonyms.of_folder(self.folder)

    def home(self) -> Path:
        """Return where files with names in them go without `--out`."""
        from grader.batch.entries import STAFF  # noqa: PLC0415 (not for --help)

        return self.folder / STAFF if self.pseudonyms().secret else self.folder

    def scores(self) -> Iterator[Report]:
        """Yield the reports without their long parts, so that all fit in memory."""
        names = self.pseudonyms()
        for _, report in self.reports():
            yield replace(names.restored(report), exercises=(), notes=(), output="")


def _given(path: Path | None, option: str, target: str) -> Path:
    if path is None:
        raise UsageError(
            f"{target!r} fills a file of the platform: name it by {option}"
        )
    return path


def _fill_gradebook(wanted: Wanted, source: Path) -> None:
    from grader.export import canvas  # noqa: PLC0415 (not for --help)

    text = _text(source)
    filled = canvas.fill(text, wanted.scores(), assignment=wanted.column)
    _write_filled(filled, wanted, source)


def _fill_worksheet(wanted: Wanted, source: Path) -> None:
    from grader.export import moodle  # noqa: PLC0415 (not for --help)

    filled = moodle.fill(_text(source), wanted.scores(), column=wanted.column)
    _write_filled(filled, wanted, source)


def _text(source: Path) -> str:
    try:
        return source.read_bytes().decode("utf-8")
    except OSError as error:
        raise UsageError(f"cannot read {str(source)!r}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{str(source)!r} is not UTF-8 text; wanted the file as it was exported"
        ) from error


def _write_filled(filled: Filled, wanted: Wanted, source: Path) -> None:
    target = wanted.out or wanted.home() / f"{source.stem}-filled.csv"
    _write(target, filled.text.encode("utf-8"))
    told = [f"{filled.count} score{terminal.plural(filled.count)} filled into {target}"]
    told += [f"kept as it is: {it.student} ({it.reason})" for it in filled.kept]
    told += [f"no submission: {name}" for name in filled.without_submission]
    told += [f"not in the file: {name}" for name in filled.without_row]
    told += [f"other points possible in the file: {it}" for it in filled.other_maximum]
    _say(told)


def _pack_pages(wanted: Wanted) -> None:
    from grader.batch.entries import STUDENTS  # noqa: PLC0415 (not for --help)
    from grader.export import feedback_zip  # noqa: PLC0415 (the same)

    names = wanted.pseudonyms()
    identities = {
        file: names.restored(report).identity for file, report in wanted.reports()
    }
    platform = feedback_zip.platform_of(identities.values())
    named, without = [], []
    for file, identity in identities.items():
        page = wanted.folder / STUDENTS / f"{file}.html"
        name = feedback_zip.name_in_zip(identity, platform)
        if name is None or not page.is_file():
            without.append(identity.submission)
        else:
            named.append((name, page))
    packed = io.BytesIO()
    pages = ((name, page.read_text(encoding="utf-8")) for name, page in named)
    feedback_zip.pack(pages, packed)
    target = wanted.out or wanted.home() / "feedback.zip"
    _write(target, packed.getvalue())
    count = f"{len(named)} page{terminal.plural(len(named))}"
    told = [f"{count} for {platform.value} packed into {target}"]
    _say([*told, *(f"not packed: {name}" for name in without)])


def _render_each(wanted: Wanted, feedback: Feedback) -> None:
    """Write what each student may see; everything else is under staff/ already."""
    from grader.reports.shown import for_student  # noqa: PLC0415 (not for --help)

    render = renderer(wanted.target)
    target = wanted.out or wanted.folder / wanted.target
    count = 0
    for file, report in wanted.reports():
        text = render(
            for_student(report, feedback),
            language=feedback.language,
            sentences=feedback.messages,
        )
        _write(target / f"{file}{SUFFIXES[wanted.target]}", text.encode("utf-8"))
        count += 1
    _say([f"{count} files written into {target}"])


def _write(path: Path, content: bytes) -> None:
    from grader.batch import files  # noqa: PLC0415 (not for --help)

    files.make_folder(path.parent)
    files.write_whole(path, content)


def _say(lines: Iterable[str]) -> None:
    console = terminal.results()
    for line in lines:
        console.print(visible_line(line), soft_wrap=True)
