"""``archive remove``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from archive_gen.cli.articles import find_article
from archive_gen.cli.shell import json_option, printable, site_option, tell
from archive_gen.intake.removal import remove
from archive_gen.layout import CONTENT_FOLDER

_EPILOG = """\b
Examples:
  archive remove content/undated/log-in.md
  archive check articles --json | jq -r 'select(.code=="list-page").path' | xargs archive remove
"""


@click.command("remove", epilog=_EPILOG)
@click.argument("articles", metavar="ARTICLE…", nargs=-1, required=True)
@json_option
@site_option
def command(articles: tuple[str, ...], site: Path, *, as_json: bool) -> None:
    """Take out articles that are none: front pages, forms, tests.

    Their originals stay, and no import makes articles of them again. Nothing is removed that a
    person wrote or changed. What has to vanish from originals, too, is for 'archive redact'.

    Exit status: 0 done, 1 some were left, 2 nothing was done.
    """
    paths = dict.fromkeys(find_article(site, named) for named in articles)
    is_left = False
    for path, problem in remove(site / CONTENT_FOLDER, paths):
        if as_json:
            click.echo(json.dumps({"path": path, "removed": not problem}, ensure_ascii=False))
        elif not problem:
            click.echo(printable(f"removed    {CONTENT_FOLDER}/{path}"))
        tell(filter(None, [problem]))
        is_left |= problem is not None
    raise SystemExit(1 if is_left else 0)
