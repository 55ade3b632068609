"""``archive show``: what an article states, and where each value comes from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive_gen.cli.articles import find_article
from archive_gen.cli.shell import json_option, printable, site_option
from archive_gen.intake import provenance
from archive_gen.layout import CONTENT_FOLDER
from archive_gen.loading.load import read_article
from archive_gen.problems import OperationError

if TYPE_CHECKING:
    from archive_gen.article import Article

_EPILOG = """\b
Examples:
  archive show content/2015/10/some-story.md
  archive show some-story --origins
"""


@click.command("show", epilog=_EPILOG)
@click.argument("named", metavar="ARTICLE")
@click.option("--origins", "with_origins", is_flag=True, help="Say where each value comes from.")
@json_option
@site_option
def command(named: str, site: Path, *, with_origins: bool, as_json: bool) -> None:
    """Show what an article states: its front matter, and where each value comes from.

    ARTICLE is a path, or the name of the file. A value that is not as cleaning wrote it is a
    person's; cleaning never touches it.
    """
    content = site / CONTENT_FOLDER
    path = find_article(site, named)
    article, problems = read_article(content, path)
    if article is None:
        raise OperationError(problems)
    values = _values(article)
    record = provenance.read(content, article.original) if with_origins else None
    origins = provenance.origins(article, record) if with_origins else {}
    if as_json:
        result = {"path": path, **values, **({"origins": origins} if with_origins else {})}
        click.echo(json.dumps(result, ensure_ascii=False, default=str))
        return
    click.echo(click.style(f"{CONTENT_FOLDER}/{path}", bold=True))
    for key, value in values.items():
        origin = f"  ({origins[key]})" if key in origins else ""
        shown = click.style(f"{key}: ", bold=True) + printable(_shown(value))
        click.echo(shown + click.style(printable(origin), dim=True))
    if "body" in origins:
        body = f"{len(article.body.split()):,} words"
        click.echo(f"{click.style('body: ', bold=True)}{body}  ({printable(origins['body'])})")


def _values(article: Article) -> dict[str, Any]:
    """What is stated, as JSON has it; ``body`` is left to the file."""
    keys = (*provenance.KEYS, "original", "slug", "versions", "aliases")
    stated = provenance.plain({key: getattr(article, key) for key in keys})
    return {**stated, **article.extra}


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(map(_shown, value))
    if isinstance(value, dict):
        return ", ".join(f"{key} {_shown(item)}" for key, item in value.items())
    return str(value)
