"""``archive search``. Imports nothing that a search does not need: it answers at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archive_gen.cli.shell import ends_with_status, json_option, printable, site_option
from archive_gen.problems import Problem, UsageError
from archive_gen.search import INDEX_FOLDER
from archive_gen.search.base import IndexMissingError, QueryError
from archive_gen.search.whoosh_index import WhooshIndex

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from archive_gen.search.base import Hit, Results, SortOrder


@click.command(epilog="Example: archive search 'flood tag:Harbour date:2015-10..2016-02'")
@click.argument("query", nargs=-1, required=True)
@site_option
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=10, show_default=True, help="Hits a page."
)
@click.option(
    "--page", type=click.IntRange(1, 10_000), default=1, show_default=True, help="Which page."
)
@click.option(
    "--sort",
    type=click.Choice(["relevance", "newest", "oldest"]),
    default="relevance",
    show_default=True,
    help="What comes first.",
)
@click.option("--paths", is_flag=True, help="Print only the paths of the Markdown files.")
@json_option
@ends_with_status
def command(
    query: tuple[str, ...],
    site: Path,
    limit: int,
    page: int,
    sort: SortOrder,
    *,
    paths: bool,
    as_json: bool,
) -> None:
    """Search the archive.

    All words must match; "quoted words" stand together; OR, -not, wild*, fuzzy~; title:, tag:,
    source:, author:, place:, lang:, date:2015-10, before:, after:, is:undated.

    Exit status: 0 answered, even without a hit; 2 the query can't be understood or the archive
    has no index.
    """
    results = _ask(site, " ".join(query), limit, page, sort)
    if as_json:
        import json

        from archive_gen.search.answer import as_json as plain

        click.echo(json.dumps(plain(results), ensure_ascii=False))
    elif paths:
        for hit in results.hits:
            click.echo(f"content/{hit.path}")
    else:
        click.echo("\n".join(_shown(results)))


def _ask(site: Path, query: str, limit: int, page: int, sort: SortOrder) -> Results:
    try:
        return WhooshIndex(site / INDEX_FOLDER).search(query, limit=limit, page=page, sort=sort)
    except QueryError as error:
        raise UsageError(Problem("query", 0, str(error))) from None
    except IndexMissingError as error:
        hint = "run 'archive build' to make it"
        raise UsageError(Problem(str(site / INDEX_FOLDER), 0, str(error), hint)) from None


def _shown(results: Results) -> Iterator[str]:
    if results.suggestion:
        yield f"Did you mean: {printable(results.suggestion)}"
    if not results.total:
        yield "Nothing found."
        return
    first = results.limit * (results.page - 1) + 1
    for number, hit in enumerate(results.hits, first):
        yield from _shown_hit(number, hit)
    last = first + len(results.hits) - 1
    which = f"{first}–{last} of " if len(results.hits) < results.total else ""
    yield f"{which}{results.total:,} article{'' if results.total == 1 else 's'}"
    if last < results.total and results.hits:
        yield f"Next: --page {results.page + 1}"


def _shown_hit(number: int, hit: Hit) -> Iterator[str]:
    about = " · ".join(filter(None, (hit.date.text if hit.date else "undated", hit.source)))
    yield f"{number}. {click.style(printable(hit.title), bold=True)}"
    yield f"   {click.style(printable(about), dim=True)}"
    if hit.snippet:
        yield "   " + "".join(_marked(printable(text), marked) for text, marked in hit.snippet)
    yield f"   {click.style(printable(f'content/{hit.path}'), dim=True)}\n"


def _marked(text: str, marked: bool) -> str:  # noqa: FBT001
    return click.style(text, bold=True, fg="yellow") if marked else text
