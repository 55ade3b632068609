"""``archive import``: clean raw articles and add them to the archive."""

from __future__ import annotations

import dataclasses
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive_gen.cleaning import BODY_LABELS, DROPPED_LABELS
from archive_gen.cli.shell import ends_with_status, json_option, printable, site_option, tell
from archive_gen.dates import parse_date
from archive_gen.frontmatter import is_language, is_web_address
from archive_gen.ingest import Outcome, explain, find_inputs, ingest
from archive_gen.parallel import ProcessMapper, SerialMapper
from archive_gen.problems import Problem
from archive_gen.store import CONTENT_FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from archive_gen.cleaning import Cleaned, Label

LOW_CONFIDENCE = 0.5
"""Articles below this are listed at the end, for a person to look at."""
_FEW = 40
"""So few files do not pay for starting processes."""
_COLOURS = {"title": "cyan", "lead": "cyan", "caption": "blue", "credit": "blue"}

_EPILOG = """\b
Examples:
  archive import dumps/
  archive import page.txt --date 2015-10-07 --source Sputnik --tag Syria --tag Russia
  archive import page.txt --explain
"""


def _checked(
    check: Callable[[str], object], hint: str
) -> Callable[[click.Context, click.Parameter, str | None], Any]:
    """An option's value as ``check`` reads it; false or ``ValueError`` is a usage error."""

    def read(_context: click.Context, _parameter: click.Parameter, value: str | None) -> Any:
        if not value:
            return None
        try:
            result = check(value)
        except ValueError as error:
            raise click.BadParameter(f"{error}; {hint}") from None
        if result is False:
            raise click.BadParameter(f"'{value}': {hint}")
        return value if result is True else result

    return read


@click.command("import", epilog=_EPILOG)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
@click.option(
    "--date",
    metavar="DATE",
    callback=_checked(parse_date, "write it like 2015-10-07, 2015-10 or 2015"),
    help="When it appeared: 2015-10-07, 2015-10, 2015, …",
)
@click.option("--source", metavar="NAME", help="The publication.")
@click.option(
    "--url",
    metavar="URL",
    callback=_checked(is_web_address, "write an address that begins with https:// or http://"),
    help="The address it was found at.",
)
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="A tag; may be repeated.")
@click.option("--author", "authors", multiple=True, metavar="NAME", help="May be repeated.")
@click.option("--place", metavar="NAME", help="Where the story was filed from.")
@click.option(
    "--language",
    metavar="TAG",
    callback=_checked(is_language, "write a tag like en, pt-BR or zh-Hant"),
    help="Its language: en, pt-BR, …",
)
@click.option(
    "--explain",
    "only_explain",
    is_flag=True,
    help="Show what becomes of every line, and why. Nothing is written.",
)
@json_option
@site_option
@ends_with_status
def command(
    paths: tuple[Path, ...], site: Path, *, only_explain: bool, as_json: bool, **known: Any
) -> None:
    """Clean raw articles and add them to the archive.

    PATH is a text file as a scraper wrote it, or a folder of them. What the options state holds
    for every article of this call. Files that were imported before are left as they are.
    """
    files, problems = find_inputs(paths)
    tell(problems)
    if only_explain:
        faults = [*problems, *_explain_all(files, known, as_json=as_json)]
        raise SystemExit(1 if faults else 0)
    jobs = os.cpu_count() or 1
    mapper = ProcessMapper(jobs) if len(files) > _FEW else SerialMapper()
    outcomes = []
    for outcome in _with_progress(ingest(site / CONTENT_FOLDER, files, known, mapper), len(files)):
        _show(outcome, as_json=as_json)
        outcomes.append(outcome)
    _summarise(outcomes)
    faults = [*problems, *(problem for outcome in outcomes for problem in outcome.problems)]
    raise SystemExit(1 if faults else 0)


def _with_progress(outcomes: Iterator[Outcome], length: int) -> Iterator[Outcome]:
    # Where results go to the same terminal, they are the progress.
    if sys.stdout.isatty() or not sys.stderr.isatty():
        yield from outcomes
        return
    with click.progressbar(outcomes, length=length, file=sys.stderr, label="Importing") as bar:
        yield from bar


def _show(outcome: Outcome, *, as_json: bool) -> None:
    if as_json:
        record = dataclasses.asdict(outcome)
        record["date"] = outcome.date or None
        record["problems"] = [dataclasses.asdict(problem) for problem in outcome.problems]
        click.echo(json.dumps(record, ensure_ascii=False))
    else:
        where = f"{CONTENT_FOLDER}/{outcome.path}" if outcome.path else outcome.input
        click.echo(printable(f"{outcome.status:<9}  {where}  {outcome.title}".rstrip()))
    tell(outcome.problems)


def _summarise(outcomes: list[Outcome]) -> None:
    counts = {
        status: sum(outcome.status == status for outcome in outcomes)
        for status in ("new", "updated", "unchanged", "duplicate", "failed")
    }
    parts = [f"{count} {status}" for status, count in counts.items() if count]
    click.echo(f"Imported: {', '.join(parts) or 'nothing'}.", err=True)
    doubtful = [
        outcome
        for outcome in outcomes
        if outcome.confidence is not None and outcome.confidence < LOW_CONFIDENCE and outcome.path
    ]
    if doubtful:
        click.echo("Please look at these; the cleaning is not sure of them:", err=True)
    for outcome in sorted(doubtful, key=lambda item: (item.confidence, item.input)):
        line = (
            f"  {outcome.confidence:.2f}  {CONTENT_FOLDER}/{outcome.path}  (from {outcome.input})"
        )
        click.echo(printable(line), err=True)


def _explain_all(files: Iterable[Path], known: dict[str, Any], *, as_json: bool) -> list[Problem]:
    problems: list[Problem] = []
    for path in files:
        for item in explain(path, known):
            if isinstance(item, Problem):
                problems.append(item)
            else:
                name, cleaned = item
                (_explain_json if as_json else _explain_text)(name, cleaned)
                problems += cleaned.problems
    tell(problems)
    return problems


def _explain_json(name: str, cleaned: Cleaned) -> None:
    for line in cleaned.lines:
        record = {
            "input": name,
            "line": line.line,
            "label": line.label,
            "reason": line.reason,
            "text": line.text,
        }
        click.echo(json.dumps(record, ensure_ascii=False))


def _explain_text(name: str, cleaned: Cleaned) -> None:
    click.echo(click.style(printable(f"{name}  (confidence {cleaned.confidence:.2f})"), bold=True))
    for line in cleaned.lines:
        if line.label is None:
            continue
        text = printable(" ".join(line.text.split()))
        shown = text if len(text) <= 72 else text[:71] + "…"
        kept = "drop" if line.label in DROPPED_LABELS else "keep"
        left = click.style(f"{line.line:>5}  {kept}  {line.label:<10}", fg=_colour(line.label))
        click.echo(f"{left}  {shown}")
        click.echo(click.style(f"{'':>5}        {'':<10}  {line.reason}", dim=True))


def _colour(label: Label) -> str:
    if label in DROPPED_LABELS:
        return "red"
    return "green" if label in BODY_LABELS else _COLOURS.get(label, "yellow")
