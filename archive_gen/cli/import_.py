"""``archive import``: clean raw articles and add them to the archive."""

from __future__ import annotations

import dataclasses
import json
import os
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive_gen.cleaning.dates.publication import date_in_name
from archive_gen.cli.front_matter import checked, front_matter_options
from archive_gen.cli.labels import explained as explained_line
from archive_gen.cli.progress import Progress
from archive_gen.cli.shell import (
    Number,
    counted,
    json_option,
    note,
    printable,
    site_option,
    stops,
    tell,
)
from archive_gen.config import load_config
from archive_gen.dates import parse_date
from archive_gen.importers import STANDARD_INPUT, holds_one, way_for
from archive_gen.intake.ingest import LOW_CONFIDENCE, explain, ingest
from archive_gen.intake.inputs import Inputs, find_inputs
from archive_gen.intake.learning import Stated
from archive_gen.intake.outcome import Outcome
from archive_gen.intake.terms.vocabulary import vocabulary_of
from archive_gen.layout import CONTENT_FOLDER, SETTINGS_FILE, TEMPLATES_FOLDER
from archive_gen.parallel import ProcessMapper
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive_gen.cleaning import Cleaned
    from archive_gen.dates import ArchiveDate
    from archive_gen.importers.base import LeftOut
    from archive_gen.intake.terms.vocabulary import Vocabulary

_FEW = 40
"""So few files do not pay for starting processes."""
_LISTED = 20
"""So many doubtful articles are named at the end."""
_AT_A_GLANCE = 10
"""So few problems are seen where they are told; of more, the kinds are counted at the end."""
_KINDS = 8
"""So many kinds of problems are counted."""

_EPILOG = """\b
Examples:
  archive import dumps/ 'more/**/*.txt' --jobs 4
  archive import page.txt --date 2015-10-07 --source Sputnik --tag Syria --tag Russia
  archive import page.txt --explain
"""


@click.command("import", epilog=_EPILOG)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
@front_matter_options
@click.option(
    "--crawl-date",
    "crawled",
    metavar="DATE",
    callback=checked(parse_date, "write it like 2015-10-07"),
    help="When it was fetched: 'yesterday' is counted from then, and no article is younger.",
)
@click.option(
    "--dates-from-names",
    "names_tell_days",
    is_flag=True,
    help="Take the day of each article from the name of its file and of the folders around it: "
    "2015-10-07-flood.txt, 2015/10/07/flood.txt.",
)
@click.option(
    "--jobs",
    type=Number(1, 256),
    metavar="N",
    help="Processes to work with; the result is the same.  [default: one a core for many files]",
)
@click.option(
    "--explain",
    "only_explain",
    is_flag=True,
    help="Show what becomes of every line, and why. Nothing is written.",
)
@json_option
@site_option
def command(
    paths: tuple[Path, ...],
    site: Path,
    *,
    only_explain: bool,
    as_json: bool,
    names_tell_days: bool,
    jobs: int | None,
    crawled: ArchiveDate | None,
    **known: Any,
) -> None:
    """Clean raw articles and add them to the archive.

    PATH is a file in any of the forms of docs/formats.md, a folder of them, a pattern in
    quotes, or - for standard input. What the options state holds for every article of this
    call. What was imported before is left as it is; so an import that was stopped with Ctrl-C
    goes on when it is called again.

    Exit status: 0 done, 1 done but with problems, 2 not begun, 130 stopped.
    """
    config = load_config(site)
    content = site / CONTENT_FOLDER
    own = (content, *(site / name for name in (TEMPLATES_FOLDER, config.output, SETTINGS_FILE)))
    found = find_inputs(paths, own)
    files, problems = found.files, found.problems
    tell(problems)
    _tell_passed_over(found.passed_over)
    given = {key: value for key, value in known.items() if value}
    stated = Stated(given, crawled, names_tell_days)
    if only_explain:
        explained = explain(content, files, stated, found.folders)
        faults = [*problems, *_explain_all(explained, as_json=as_json)]
        raise SystemExit(1 if faults else 0)
    if Path(STANDARD_INPUT) in files and sys.stdin.isatty():
        note("Paste the text, and end it with Ctrl-D on a line of its own (Windows: Ctrl-Z).")
    summary = Summary()
    vocabulary = vocabulary_of(config.tags)
    with stops("The same command goes on from here."):
        try:
            _import_all(content, found, stated, jobs, summary, vocabulary, as_json=as_json)
        except (KeyboardInterrupt, BrokenPipeError):
            summary.tell()
            raise
    summary.tell()
    raise SystemExit(1 if problems or summary.problems else 0)


def _tell_passed_over(endings: Counter[str]) -> None:
    if endings:
        kinds = ", ".join(f"{ending} {number:,}" for ending, number in endings.most_common(8))
        told = f"Passed over {counted(endings.total(), 'file')} of other kinds: {kinds}."
        click.echo(printable(told), err=True)
        _tell_ways([ending for ending, _ in endings.most_common(8)])


def _tell_left_out(counts: Counter[str]) -> None:
    if counts:
        kinds = ", ".join(f"{kind} {number:,}" for kind, number in sorted(counts.items()))
        told = f"Left out, as no articles or not public: {kinds}."
        click.echo(printable(told), err=True)
        _tell_ways([kind.removesuffix(" files") for kind in sorted(counts)])


def _tell_ways(endings: Iterable[str]) -> None:
    """What to do with files of these kinds."""
    for ending in endings:
        if way := way_for(ending):
            click.echo(printable(f"  {ending}: {way}"), err=True)


def _import_all(
    content: Path,
    found: Inputs,
    stated: Stated,
    jobs: int | None,
    summary: Summary,
    vocabulary: Vocabulary,
    *,
    as_json: bool,
) -> None:
    files = found.files
    many = len(files) > _FEW or not all(map(holds_one, files))
    mapper = ProcessMapper(jobs or (os.cpu_count() or 1 if many else 1))
    progress = Progress()
    try:
        outcomes = ingest(
            content, files, stated, mapper, progress.step, vocabulary, note, found.folders
        )
        for outcome in outcomes:
            summary.add(outcome)
            progress.clear()
            _show(outcome, as_json=as_json)
    finally:
        progress.clear()


@dataclass(slots=True)
class Summary:
    """What is told at the end of an import."""

    counts: Counter[str] = field(default_factory=Counter)
    doubtful: list[tuple[float, str, str]] = field(default_factory=list)
    """Confidence, path and input of the articles that cleaning was least sure of."""
    doubts: int = 0
    named: int = 0
    """Articles without a day whose files are named by one."""
    left_out: Counter[str] = field(default_factory=Counter)
    """Kind → entries of exports that are no articles."""
    problems: Counter[str] = field(default_factory=Counter)
    """What is wrong → how often."""
    first: dict[str, str] = field(default_factory=dict)
    """What is wrong → the first file with it."""

    def add(self, outcome: Outcome) -> None:
        """Count what became of one document."""
        is_there = outcome.path and outcome.status in ("new", "unchanged")
        if is_there and not outcome.date and date_in_name(outcome.input):
            self.named += 1
        self.counts[outcome.status] += 1
        self.left_out.update(filter(None, [outcome.left_out]))
        for problem in outcome.problems:
            self.problems[problem.message] += 1
            self.first.setdefault(problem.message, problem.path)
        sure = outcome.confidence is None or outcome.confidence >= LOW_CONFIDENCE
        if not sure and outcome.path and outcome.status == "new":
            self.doubts += 1
            item = (outcome.confidence or 0.0, outcome.path, outcome.input)
            self.doubtful = sorted([*self.doubtful, item])[:_LISTED]

    def tell(self) -> None:
        """Print it on standard error."""
        order = ("new", "joined", "updated", "unchanged", "duplicate", "failed")
        parts = [f"{self.counts[status]:,} {status}" for status in order if self.counts[status]]
        click.echo(f"Imported: {', '.join(parts) or 'nothing'}.", err=True)
        _tell_left_out(self.left_out)
        self._tell_kinds_of_problems()
        if self.named:
            told = f"{counted(self.named, 'article')} without a day: a day is in the file's name."
            click.echo(f"{told} If it is that of the article, add --dates-from-names.", err=True)
        if self.doubtful:
            click.echo("Please look at these; the cleaning is not sure of them:", err=True)
        for confidence, path, name in self.doubtful:
            line = f"  {confidence:.2f}  {CONTENT_FOLDER}/{path}  (from {name})"
            click.echo(printable(line), err=True)
        if self.doubtful:
            more = self.doubts - len(self.doubtful)
            click.echo(f"{f'{more:,} more. ' if more else ''}Run 'archive review'.", err=True)

    def _tell_kinds_of_problems(self) -> None:
        """Many problems have gone by among thousands of lines."""
        if self.problems.total() <= _AT_A_GLANCE:
            return
        click.echo("Problems (with 2> FILE all of them are in FILE):", err=True)
        for message, number in self.problems.most_common(_KINDS):
            told = f"  {number:,} × {message}, first in {self.first[message]}"
            click.echo(printable(told), err=True)
        if len(self.problems) > _KINDS:
            others = counted(len(self.problems) - _KINDS, "other kind")
            click.echo(f"  {others}", err=True)


def _show(outcome: Outcome, *, as_json: bool) -> None:
    if as_json:
        record = dataclasses.asdict(outcome)
        record["date"] = outcome.date or None
        record["problems"] = [dataclasses.asdict(problem) for problem in outcome.problems]
        click.echo(json.dumps(record, ensure_ascii=False))
    elif outcome.status not in ("left out", "unchanged"):  # either may be thousands
        where = f"{CONTENT_FOLDER}/{outcome.path}" if outcome.path else outcome.input
        click.echo(printable(f"{outcome.status:<9}  {where}  {outcome.title}".rstrip()))
    tell(outcome.problems)


def _explain_all(
    found: Iterable[tuple[str, Cleaned] | Problem | LeftOut], *, as_json: bool
) -> list[Problem]:
    problems: list[Problem] = []
    left_out: Counter[str] = Counter()
    for item in found:
        if isinstance(item, Problem):
            problems.append(item)
        elif isinstance(item, tuple):
            name, cleaned = item
            (_explain_json if as_json else _explain_text)(name, cleaned)
            problems += cleaned.problems
        else:
            left_out[item.kind] += 1
    tell(problems)
    _tell_left_out(left_out)
    return problems


def _explain_json(name: str, cleaned: Cleaned) -> None:
    for line in cleaned.lines:
        record = {
            "input": name,
            "line": line.line,
            "label": line.label,
            "confidence": line.confidence,
            "reason": line.reason,
            "text": line.text,
        }
        click.echo(json.dumps(record, ensure_ascii=False))


def _explain_text(name: str, cleaned: Cleaned) -> None:
    click.echo(click.style(printable(f"{name}  (confidence {cleaned.confidence:.2f})"), bold=True))
    for line in cleaned.lines:
        if line.label is not None:
            click.echo(explained_line(line))
            click.echo(click.style(f"{'':>5}        {'':<10}        {line.reason}", dim=True))
