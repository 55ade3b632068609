"""``archive search``. Imports nothing that a search does not need: it answers at once."""

from __future__ import annotations

import math
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive_gen.cli.shell import Number, counted, json_option, printable, site_option
from archive_gen.conditions import typed
from archive_gen.layout import CONTENT_FOLDER, INDEX_FOLDER
from archive_gen.problems import Problem, UsageError
from archive_gen.search.flat.lists import FACETS
from archive_gen.search.searcher import Searcher
from archive_gen.search.values import IndexMissingError, QueryError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.dates import ArchiveDate
    from archive_gen.search.values import Hit, Results, SortOrder

_NAMED = 6
"""So many values of each facet."""


@click.command(epilog="Example: archive search 'flood tag:Harbour date:2015-10..2016-02'")
@click.argument("query", nargs=-1)
@site_option
@click.option("--limit", type=Number(1, 10_000), default=10, show_default=True, help="Hits a page.")
@click.option("--page", type=Number(1, 10_000), default=1, show_default=True, help="Which page.")
@click.option(
    "--sort",
    type=click.Choice(["relevance", "newest", "oldest"]),
    default="relevance",
    show_default=True,
    help="What comes first.",
)
@click.option(
    "--like", metavar="ARTICLE", help="Articles that share the rare words of this Markdown file."
)
@click.option("--paths", is_flag=True, help="Print only the paths of the Markdown files.")
@json_option
def command(
    query: tuple[str, ...],
    site: Path,
    limit: int,
    page: int,
    sort: SortOrder,
    *,
    like: str | None,
    paths: bool,
    as_json: bool,
) -> None:
    """Search the archive.

    All words must match; "quoted words" stand together; OR, -not, wild*, fuzzy~; title:, tag:,
    source:, author:, place:, story:, term:, lang:, date:2015-10, before:, after:, is:undated.

    Exit status: 0 answered, even without a hit; 2 the query can't be understood or the archive
    has no index.
    """
    searcher = Searcher(site / INDEX_FOLDER)
    if bool(query) == bool(like):
        raise click.UsageError("Name a QUERY, or an article with --like.")
    try:
        if like:
            results = _similar(searcher, site, like, limit)
        else:
            results = searcher.search(" ".join(query), limit=limit, page=page, sort=sort)
    except QueryError as error:
        raise UsageError(Problem("query", 0, str(error))) from None
    except IndexMissingError as error:
        hint = "run 'archive build' to make it"
        raise UsageError(Problem(str(site / INDEX_FOLDER), 0, str(error), hint)) from None
    if as_json:
        import json

        from archive_gen.search.answer import as_json as plain

        click.echo(json.dumps(plain(results), ensure_ascii=False))
    elif paths:
        _print_paths(results, site)
    else:
        click.echo("\n".join(_shown(results, site)))


def _similar(searcher: Searcher, site: Path, article: str, limit: int) -> Results:
    content = (site / CONTENT_FOLDER).resolve()
    try:
        path = Path(article).resolve().relative_to(content).as_posix()
    except ValueError:
        path = article.removeprefix("content/")
    results = searcher.similar(path, limit=limit)
    if results is None:
        hint = "name a file below content/; 'archive build' adds new ones to the index"
        raise UsageError(Problem(article, 0, "this article is not in the search index", hint))
    return results


def _print_paths(results: Results, site: Path) -> None:
    for line in _told(results, site):  # apart from what a script reads
        click.echo(line, err=True)
    for hit in results.hits:
        click.echo(f"content/{hit.path}")


def _shown(results: Results, site: Path) -> Iterator[str]:
    told = list(_told(results, site))
    yield from told
    if not results.total:
        return
    if told:
        yield ""
    first = results.limit * (results.page - 1) + 1
    for number, hit in enumerate(results.hits, first):
        yield from _shown_hit(number, hit, site)
    last = first + len(results.hits) - 1
    if not results.hits:
        last_page = math.ceil(results.total / results.limit)
        yield f"{counted(results.total, 'article')}; the last page is --page {last_page}"
        return
    which = f"{first}–{last} of " if len(results.hits) < results.total else ""
    yield f"{which}{counted(results.total, 'article')}"
    if last < results.total:
        yield from _narrower(results)
        yield f"Next: --page {results.page + 1}"


def _told(results: Results, site: Path) -> Iterator[str]:
    """What is said of an answer that is not, or not only, what was asked for."""
    query, searched = printable(results.query), printable(results.searched or "")
    if results.missing:
        words = ", ".join(f"“{printable(word)}”" for word in results.missing)
        yield f"No article has {words}." + (f" Searched: {searched}" if searched else "")
    elif searched:
        yield f"Hardly anything for “{query}”. Searched: {searched}"
    if results.least:
        yield f"No article has all words. These have at least {results.least} of them."
    if results.suggestion:
        yield f"Did you mean: {printable(results.suggestion)}"
    if not (results.total or results.missing):
        yield "Nothing found."
    for other in results.alternatives:
        asked = shlex.quote(printable(other.query))
        dashes = "-- " if other.query.startswith("-") else ""
        yield f"Try: archive search {dashes}{asked}  ({counted(other.total, 'article')})"
    if results.missing or not results.total:
        yield from _told_of_changes(site)


def _told_of_changes(site: Path) -> Iterator[str]:
    """Whether what was not found may stand in articles that the index does not know yet."""
    # It takes long to import, and most searches find something.
    from archive_gen.building.current import files_not_built

    if number := files_not_built(site):
        changed = f"{counted(number, 'file')} of {CONTENT_FOLDER}/ changed after the last build"
        yield f"{changed}: 'archive build' brings the search up to date"


def _narrower(results: Results) -> Iterator[str]:
    """What the query can be narrowed by, as it would be typed."""
    for facet, field in FACETS.items():
        counts = results.facets[facet]
        if len(counts) > 1:
            some = [f"{typed(value)} ({count:,})" for value, count in counts.items()][:_NAMED]
            more = ", …" if len(counts) > _NAMED else ""
            yield click.style(printable(f"{field}: {', '.join(some)}{more}"), dim=True)


def _shown_hit(number: int, hit: Hit, site: Path) -> Iterator[str]:
    about = " · ".join(filter(None, (_day(hit.date), hit.source)))
    title = _linked(click.style(printable(hit.title), bold=True), site / CONTENT_FOLDER / hit.path)
    yield f"{number}. {title}"
    yield f"   {click.style(printable(about), dim=True)}"
    if hit.snippet:
        yield "   " + "".join(_marked(printable(text), marked) for text, marked in hit.snippet)
    yield f"   {click.style(printable(f'content/{hit.path}'), dim=True)}\n"


def _day(date: ArchiveDate | None) -> str:
    """Without the time of the day, which tells nothing in a list."""
    if date is None:
        return "undated"
    return date.period if date.time else date.text


def _linked(text: str, file: Path) -> str:
    """``text`` as a link, on a terminal: those that know no links show the text (OSC 8)."""
    if not sys.stdout.isatty() or click.get_current_context().color is False:
        return text
    return f"\x1b]8;;{file.absolute().as_uri()}\x1b\\{text}\x1b]8;;\x1b\\"


def _marked(text: str, marked: bool) -> str:  # noqa: FBT001
    return click.style(text, bold=True, fg="yellow") if marked else text
