"""``archive redact``."""

from __future__ import annotations

import json
import os
from functools import partial
from typing import TYPE_CHECKING

import click

from archive_gen import redact
from archive_gen.building.build import build
from archive_gen.building.publish import FolderSink
from archive_gen.building.trace import Trace, TracedMapper
from archive_gen.cli.articles import find_article
from archive_gen.cli.progress import Progress
from archive_gen.cli.shell import json_option, note, site_option, tell
from archive_gen.config import load_config
from archive_gen.layout import CONTENT_FOLDER
from archive_gen.parallel import ProcessMapper
from archive_gen.remains import HISTORY, find_left

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from archive_gen.problems import Problem

_EPILOG = """\b
Examples:
  archive redact content/2015/10/flood.md --reason 'Removed by court order, 3 May 2021.'
  archive redact content/2015/10/flood.md --passage 'Mr Doe of 4 High Street' --reason Privacy
  archive redact $(archive search --paths --limit 99 '"Mr Doe"') --passage 'Mr Doe' --reason Privacy
"""


@click.command(epilog=_EPILOG)
@click.argument("articles", metavar="ARTICLE…", nargs=-1, required=True)
@click.option("--reason", required=True, metavar="TEXT", help="Told to whoever opens its page.")
@click.option(
    "--passage",
    "passages",
    multiple=True,
    metavar="TEXT",
    help="Take out only this; may be repeated.",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
@site_option
def command(
    articles: tuple[str, ...],
    reason: str,
    passages: tuple[str, ...],
    site: Path,
    *,
    yes: bool,
    as_json: bool,
) -> None:
    """Take articles, or passages of them, out of everything: text, original, site and indexes.

    A page with the reason stays at each address. Then every file of the archive is searched for
    the words that were removed. There is no way back, and copies elsewhere (version control,
    backups, published sites) are for you to find.

    Exit status: 0 the words are nowhere any more, 1 some still are, 2 nothing was done.
    """
    config = load_config(site)
    site = site.absolute()
    paths = [*dict.fromkeys(find_article(site, one) for one in articles)]
    if not yes:
        shown = f"{CONTENT_FOLDER}/{paths[0]}" if len(paths) == 1 else f"{len(paths):,} articles"
        what = "this from " if passages or len(paths) == 1 else ""
        click.confirm(f"Remove {what}{shown} for good?", abort=True, err=True)
    if passages:
        done = redact.remove_passages(site, paths, passages, reason)
    else:
        done = redact.remove_articles(site, paths, reason)
    progress = Progress()
    trace = Trace(progress.part)
    mapper = TracedMapper(ProcessMapper(os.cpu_count() or 1), trace)
    sink = FolderSink(site / config.output)
    left_in = partial(find_left, site, config.output, redact.words_of(done), mapper)
    try:
        report = build(site, config, mapper=mapper, sink=sink, on_phase=trace.phase)
    except BaseException as error:
        progress.clear()
        _tell_unfinished(left_in() if isinstance(error, Exception) else ())
        raise
    trace.phase("searching what is left")
    left = list(left_in())
    progress.clear()
    tell([*report.problems, *left])
    if as_json:
        for one in done:
            click.echo(json.dumps(_record(one, left), ensure_ascii=False))
    else:
        for one in done:
            click.echo(_summary(one))
        click.echo(f"Files that still hold the words: {len(left) or 'none'}.")
        if any((folder / HISTORY).exists() for folder in (site, *site.parents)):
            note("The history of version control was not searched, and holds what it held.")
    raise SystemExit(1 if left else 0)


def _tell_unfinished(left: Iterable[Problem]) -> None:
    """Also where else the words are: of an article that is gone, nobody knows them any more."""
    note("The words are out of content/, but not out of the site: 'archive build' ends it.")
    tell(problem for problem in left if problem.path.startswith(f"{CONTENT_FOLDER}/"))


def _record(done: redact.Redaction, left: Sequence[Problem]) -> dict[str, object]:
    return {
        "path": done.path,
        "original_kept": done.original_kept,
        "left": [problem.path for problem in left],
        "pictures": list(done.pictures),
        "document": done.document or None,
    }


def _summary(done: redact.Redaction) -> str:
    original = "keeps the rest" if done.original_kept else "is gone too"
    shown = [
        f"It showed {CONTENT_FOLDER}/{picture}: delete that too if it has to go."
        for picture in done.pictures
    ]
    if done.document:
        shown.insert(
            0, f"The document that it was made of, {CONTENT_FOLDER}/{done.document}, is gone."
        )
    return "\n".join([f"Redacted {CONTENT_FOLDER}/{done.path}: its original {original}.", *shown])
