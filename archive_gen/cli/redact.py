"""``archive redact``."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import click

from archive_gen import redact
from archive_gen.build import build
from archive_gen.cli.shell import ends_with_status, json_option, site_option, tell
from archive_gen.config import load_config
from archive_gen.parallel import ProcessMapper
from archive_gen.publish import FolderSink
from archive_gen.store import CONTENT_FOLDER

if TYPE_CHECKING:
    from pathlib import Path

_EPILOG = """\b
Examples:
  archive redact content/2015/10/flood.md --reason 'Removed by court order, 3 May 2021.'
  archive redact content/2015/10/flood.md --passage 'Mr Doe of 4 High Street' --reason Privacy
"""


@click.command(epilog=_EPILOG)
@click.argument("article", metavar="ARTICLE")
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
@ends_with_status
def command(
    article: str, reason: str, passages: tuple[str, ...], site: Path, *, yes: bool, as_json: bool
) -> None:
    """Take an article, or passages of it, out of everything: text, original, site and indexes.

    A page with the reason stays at its address. Then every file of the archive is searched for
    the words that were removed. There is no way back, and copies elsewhere (version control,
    backups, published sites) are for you to find.

    Exit status: 0 the words are nowhere any more, 1 some still are, 2 nothing was done.
    """
    config = load_config(site)
    site = site.absolute()
    path = article.removeprefix(f"{CONTENT_FOLDER}/")
    if not yes:
        click.confirm(f"Remove this from {CONTENT_FOLDER}/{path} for good?", abort=True, err=True)
    if passages:
        done = redact.remove_passages(site, path, passages, reason)
    else:
        done = redact.remove_article(site, path, reason)
    mapper = ProcessMapper(os.cpu_count() or 1)
    report = build(site, config, mapper=mapper, sink=FolderSink(site / config.output))
    left = list(redact.find_left(site, config.output, done.words))
    tell([*report.problems, *left])
    if as_json:
        result = {
            "path": done.path,
            "original_kept": done.original_kept,
            "left": [problem.path for problem in left],
            "pictures": list(done.pictures),
        }
        click.echo(json.dumps(result, ensure_ascii=False))
    else:
        click.echo(_summary(done, len(left)))
        for picture in done.pictures:
            click.echo(f"It showed {CONTENT_FOLDER}/{picture}: delete that too if it has to go.")
    raise SystemExit(1 if left else 0)


def _summary(done: redact.Redaction, left: int) -> str:
    original = "its original keeps the rest" if done.original_kept else "its original is gone too"
    where = f"{left} files still hold the words" if left else "no file holds the words any more"
    return f"Redacted {CONTENT_FOLDER}/{done.path}: {original}; {where}."
