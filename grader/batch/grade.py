"""Grade what is new or changed, and write every result down as it comes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from grader.batch import (
    changes,
    corpora,
    entries,
    files,
    keys,
    overrides,
    pool,
    pseudonyms,
    renaming,
    rubrics,
    settings,
    sharing,
    sources,
)
from grader.batch import missing as nothing
from grader.batch import undecided as broken
from grader.batch.missing import laid_over
from grader.batch.pacing import Occasionally
from grader.batch.pseudonyms import Pseudonyms
from grader.batch.records import Done, Pages, Task
from grader.report import Outcome
from grader.reports import to_csv

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from grader.assignment import Feedback
    from grader.batch.pool import Ending
    from grader.batch.records import Entry, Setup
    from grader.corpus import Corpus
    from grader.loaders.bulk import HandedIn
    from grader.report import Identity, Report

GRADES: Final = "grades.csv"
OVERRIDES: Final = "overrides.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a batch is; `entry` is what came last, None when it has begun."""

    done: int
    total: int
    entry: Entry | None = None


def write_grades(
    out: Path, found: Mapping[str, Entry], rubric: overrides.Rubrics
) -> None:
    """Write grades.csv, a row for each submission in the order of their names."""
    shown = sorted(found.values(), key=lambda entry: entry.shown)
    rows = [dict(entry.row) for entry in shown]
    text = to_csv.table(rows, rubrics.columns(rubric))
    files.write_whole(out / GRADES, text.encode("utf-8"), lasting=True)


def write_class_page(out: Path, feedback: Feedback) -> None:
    """Write index.html from the reports in the folder."""
    page = entries.class_page(out, feedback)
    files.write_whole(out / entries.CLASS_PAGE, page.encode("utf-8"))


@dataclass(slots=True, kw_only=True)
class Batch:
    """One run over one results folder."""

    out: Path
    setup: Setup
    pool: pool.Pool
    work: Callable[[Task], Done]
    rubrics: overrides.Rubrics = field(default_factory=dict)
    given: dict[str, tuple[overrides.Override, ...]] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    replaced: dict[str, Entry] = field(default_factory=dict)  # by a regrade
    absent: dict[str, Identity] = field(default_factory=dict)  # handed in nothing
    names: dict[str, str] = field(default_factory=dict)  # of files, by their row
    taken: set[str] = field(default_factory=set)  # the same, in small letters
    pseudonyms: Pseudonyms = field(default_factory=Pseudonyms)
    pages: Pages = Pages.ALL
    shares: bool = False  # whether the work knows twins
    is_large: bool = False

    @property
    def feedback(self) -> Feedback:
        """What pages show, and in which language."""
        return self.setup.assignment.feedback

    def open(self, built: Sequence[Corpus], *, pseudonymous: bool = False) -> None:
        """Make the folder, read what it holds, and write the corpora into it.

        `pseudonymous` takes the names out of all that the folder shows, for good.

        Raises:
            UsageError: the folder cannot be written, or overrides.csv is wrong.
        """
        files.make_folder(self.out)
        entries.make_folders(self.out)
        self.rubrics = rubrics.of(self.setup.assignment)
        self.given = overrides.read(self.out / OVERRIDES, rubrics=self.rubrics)
        self.pseudonyms = renaming.prepare(
            self.out, wanted=pseudonymous, feedback=self.feedback
        )
        self.given = self.pseudonyms.by_name(self.given)
        for file, report in entries.reports(self.out):
            self._keep(self.pseudonyms.restored(report), file=file)
        known = settings.of(self.setup.assignment)
        files.write_whole(self.out / settings.NAME, settings.write(known))
        written = corpora.write(built, seed=self.setup.seed)
        files.write_whole(self.out / corpora.NAME, written, lasting=True)

    def plan(self, found: Sequence[HandedIn], *, regrade: bool = False) -> list[Task]:
        """Return a task for every submission that has no report that still holds."""
        tasks = []
        self._expect(found)
        for handed_in in found:
            name = handed_in.identity.submission
            self.pseudonyms.remember(handed_in.identity)
            before = self.entries.get(name)
            digest = sources.digest(handed_in)
            if before and not regrade and self._holds(before, digest):
                self._identify(before, handed_in.identity)
                continue
            if before and regrade:
                self.replaced[name] = before
            tasks.append(self._task(handed_in, digest=digest))
        pseudonyms.write(self.out, self.pseudonyms)
        return tasks

    def mark_missing(self, missing: Sequence[Identity]) -> None:
        """Give a row to each of these, and take it from whoever is none of them now.

        Who handed in since the last run has a row of a submission instead.
        """
        self._expect(missing)
        names = {identity.submission for identity in missing}
        for name in self.absent.keys() - names:
            entry = self.entries.pop(name)
            for place in entries.places(entry.file):
                (self.out / place).unlink(missing_ok=True)
        for identity in missing:
            self.pseudonyms.remember(identity)
            if self.absent.get(identity.submission) != identity:
                report = nothing.report(identity, self.setup, rubrics=self.rubrics)
                self._add(report)
        self.absent = {each.submission: each for each in missing}
        pseudonyms.write(self.out, self.pseudonyms)

    def _expect(self, more: Sequence[object]) -> None:
        """Spread new files over folders where they, or all, become too many."""
        count = max(len(more), len(self.entries))
        self.is_large = self.is_large or count > entries.MOST_IN_A_FOLDER

    def run(
        self,
        tasks: Sequence[Task],
        *,
        watch: Callable[[Progress], None] = lambda _: None,
    ) -> None:
        """Grade the tasks; however this ends, what is done is in the folder."""
        changes.keep(self.out, self.replaced.values())
        tables = Occasionally(self._write_tables)
        grouped = sharing.grouped(tasks) if self.shares else tasks
        endings = pool.run(grouped, self.work, pool=self.pool)
        try:
            watch(Progress(done=0, total=len(tasks)))
            for number, done in enumerate(self._done(endings), 1):
                self._write(done)
                watch(Progress(done=number, total=len(tasks), entry=done.entry))
                tables.write_if_due()
        finally:
            endings.close()
            self._write_tables()
        write_class_page(self.out, self.feedback)

    def _write_tables(self) -> None:
        write_grades(self.out, self.entries, self.rubrics)
        if self.replaced:
            text = changes.table(self.replaced, self.entries)
            files.write_whole(self.out / changes.NAME, text.encode("utf-8"))

    def _task(self, handed_in: HandedIn, *, digest: str) -> Task:
        name = handed_in.identity.submission
        return Task(
            setup=self.setup,
            handed_in=handed_in,
            file=self._file(name),
            key=keys.key(self.setup, digest),
            overrides=overrides.of(name, self.given),
            pseudonym=self.pseudonyms.of(name),
            pages=self.pages,
        )

    def _file(self, name: str) -> str:
        """Return the name of this row's files: as before, else unlike all others."""
        if name not in self.names:
            pseudonym = self.pseudonyms.of(name)
            file = pseudonym or files.safe_name(name, taken=self.taken)
            self._name(name, entries.sharded(file) if self.is_large else file)
        return self.names[name]

    def _name(self, name: str, file: str) -> None:
        self.names[name] = file
        self.taken.add(file.rpartition("/")[2].casefold())

    def _identify(self, before: Entry, identity: Identity) -> None:
        """Write down what is known only now of whoever handed this in."""
        shown = self.pseudonyms.shown(identity)
        if not to_csv.known_of(shown).items() <= dict(before.row).items():
            report = self.pseudonyms.restored(entries.read(self.out, before.file))
            known = {
                name: getattr(identity, name) for name in to_csv.known_of(identity)
            }
            told = replace(report, identity=replace(report.identity, **known))
            self._add(told)

    def _holds(self, entry: Entry, digest: str) -> bool:
        """Say whether a report was made with all that decides the points today.

        What another version of convgrade has graded on the same seed stays, even if
        its published cases were others: nobody's points change without `regrade`.
        """
        if entry.outcome is Outcome.UNDECIDED or entry.seed != self.setup.seed:
            return False
        setup = self.setup
        if entry.version != broken.running_version():
            setup = replace(setup, corpus=entry.corpus)
        return entry.key == keys.key(setup, digest)

    def _done(self, endings: Iterable[Ending[Task, Done]]) -> Iterator[Done]:
        for ending in endings:
            match ending:
                case pool.Finished(value=done):
                    yield from (done, *done.twins)
                case pool.GivenUp(task=task, reason=reason):
                    for each in (task, *task.twins):
                        yield self._undecided(each, reason)

    def _undecided(self, task: Task, reason: str) -> Done:
        report = broken.report(task, reason, rubrics=self.rubrics)
        report = overrides.apply(report, task.overrides)
        return self._texts(report, file=task.file)

    def _add(self, report: Report) -> None:
        """Write a report that no worker has made."""
        file = self._file(report.identity.submission)
        today = laid_over(report, self.given, rubrics=self.rubrics)
        self._write(self._texts(today, file=file))

    def _texts(self, report: Report, *, file: str) -> Done:
        pseudonym = self.pseudonyms.of(report.identity.submission)
        return entries.done(
            report,
            file=file,
            feedback=self.feedback,
            pseudonym=pseudonym,
            pages=self.pages,
        )

    def _write(self, done: Done) -> None:
        if done.entry.name in self.replaced:
            # Else a run that is killed in here leaves the old one with new pages.
            report = entries.places(done.entry.file)[0]
            (self.out / report).unlink(missing_ok=True)
        entries.write(self.out, done)
        self.entries[done.entry.name] = done.entry

    def _keep(self, report: Report, *, file: str) -> None:
        """Remember a report of an earlier run, with today's overrides over it."""
        name = report.identity.submission
        self._name(name, file)
        if nothing.is_missing(report):
            self.absent[name] = report.identity
        today = laid_over(report, self.given, rubrics=self.rubrics)
        if today == report:
            pseudonym = self.pseudonyms.of(name)
            self.entries[name] = entries.entry(
                report, file=file, feedback=self.feedback, pseudonym=pseudonym
            )
        else:
            self._write(self._texts(today, file=file))
