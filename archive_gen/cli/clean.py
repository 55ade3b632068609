"""``archive clean``: articles again from their originals."""

from __future__ import annotations

import dataclasses
import json
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive_gen.cli.articles import find_article
from archive_gen.cli.progress import Progress
from archive_gen.cli.shell import (
    Number,
    json_option,
    printable,
    site_option,
    stops,
    tell,
)
from archive_gen.config import load_config
from archive_gen.intake.reclean import reclean
from archive_gen.intake.terms.vocabulary import vocabulary_of
from archive_gen.layout import CONTENT_FOLDER
from archive_gen.parallel import ProcessMapper

if TYPE_CHECKING:
    from archive_gen.intake.reclean import Recleaned

_EPILOG = """\b
Examples:
  archive clean --again
  archive clean --again content/2015/10/some-story.md --dry-run
"""


@click.command("clean", epilog=_EPILOG)
@click.argument("articles", nargs=-1, metavar="[ARTICLE]…")
@click.option("--again", is_flag=True, required=True, help="From the originals; must be said.")
@click.option("--dry-run", is_flag=True, help="Say what would change; write nothing.")
@click.option(
    "--jobs",
    type=Number(1, 256),
    metavar="N",
    help="Processes to work with; the result is the same.  [default: one a core]",
)
@json_option
@site_option
def command(
    articles: tuple[str, ...],
    site: Path,
    *,
    again: bool,  # noqa: ARG001 - it is there to be said
    dry_run: bool,
    jobs: int | None,
    as_json: bool,
) -> None:
    """Clean articles again from their originals, with what is known of their sources now.

    Without ARTICLE all that were imported are; their sources are counted anew first. What a
    person edited stays: each value of the front matter, each paragraph. Where cleaning would
    change the same place, the person's word counts, and the place is told as a conflict.

    Exit status: 0 done, 1 done but with problems, 2 not begun, 130 stopped.
    """
    paths = [find_article(site, named) for named in articles]
    mapper = ProcessMapper(jobs or os.cpu_count() or 1)
    progress = Progress()
    counts: Counter[str] = Counter()
    found = reclean(
        site / CONTENT_FOLDER,
        mapper,
        paths,
        dry_run=dry_run,
        watch=progress.step,
        vocabulary=vocabulary_of(load_config(site).tags),
    )
    with stops("What was cleaned stays. The same command cleans the rest."):
        try:
            for outcome in found:
                counts[outcome.status] += 1
                counts["with a person's edits"] += bool(outcome.edits)
                counts["with conflicts"] += bool(outcome.conflicts)
                progress.clear()
                _show(outcome, as_json=as_json)
        except KeyboardInterrupt:
            progress.clear()
            _tell_counts(counts, dry_run=dry_run)
            raise
        finally:
            progress.clear()
    _tell_counts(counts, dry_run=dry_run)
    raise SystemExit(1 if counts["failed"] else 0)


def _tell_counts(counts: Counter[str], *, dry_run: bool) -> None:
    parts = [f"{number:,} {name}" for name, number in counts.items() if number]
    began = "Would clean" if dry_run else "Cleaned"
    click.echo(f"{began}: {', '.join(parts) or 'nothing'}.", err=True)


def _show(outcome: Recleaned, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(outcome), ensure_ascii=False))
    elif outcome.status == "updated" or outcome.edits:
        told = {"": outcome.changed, "kept ": outcome.edits, "conflict ": outcome.conflicts}
        parts = [f"{name}{', '.join(keys)}" for name, keys in told.items() if keys]
        where = f"{CONTENT_FOLDER}/{outcome.path}"
        click.echo(printable(f"{outcome.status:<9}  {where}  {'; '.join(parts)}"))
    tell(outcome.problems)
