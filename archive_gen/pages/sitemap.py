"""Sitemaps for search engines: only where the archive's public address is known.

``sitemap.xml`` names the others: one for each year, or each month of a year that is long, one for
each taxonomy, and a few more. So an article makes only those new that name it, and none that is
long. https://www.sitemaps.org/protocol.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.pages.base import Archive, Page
from archive_gen.pages.data import in_parts
from archive_gen.pages.periods import months_and_days
from archive_gen.pages.values import NewsSitemapData, SitemapData
from archive_gen.pages.versions import plan as plan_versions
from archive_gen.urls import period_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archive_gen.catalogue.catalogue import Catalogue, Picked
    from archive_gen.catalogue.entry import Entry

LIMIT = 50_000
"""Addresses that the protocol allows in one file."""
_INDEX, _FIXED, _UNDATED, _VERSIONS, _NEWS = "", "pages", "undated", "versions", "news"
_TERMS = "terms-"
_NEWS_DAYS = 2
_NEWS_LIMIT = 1_000
"""Both are what https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
asks for. "Recent" is reckoned from the newest article: no clock is read."""


def names(archive: Archive) -> Iterable[str]:
    """A group a file, or several where there is more than one is to hold; and the index."""
    yield from (_INDEX, _FIXED, _UNDATED, _VERSIONS, _NEWS)
    yield from (_TERMS + taxonomy for taxonomy in archive.config.taxonomies)
    yield from archive.catalogue.timeline.years()


def touched(entry: Entry, archive: Archive) -> Iterable[str]:
    """Those that name it, its periods or its terms; and the index, which names them."""
    yield _INDEX
    if entry.date:
        yield f"{entry.date.year:04}"
        yield _NEWS
    else:
        yield _UNDATED
    if entry.versions or archive.catalogue.versions(entry):
        yield _VERSIONS
    yield from (_TERMS + taxonomy for taxonomy, terms in entry.terms.items() if terms)


def plan(name: str, archive: Archive) -> Iterator[Page]:
    """The files of a group; none without ``base_url``: the format knows only absolute addresses."""
    if not archive.config.base_url:
        return
    if name == _INDEX:
        yield Page("sitemap.xml", "sitemap_index.xml", SitemapData(tuple(_files(archive))))
    elif name == _NEWS:
        news = tuple(entry.mention() for entry in _recent(archive.catalogue))
        if news:
            yield Page("sitemaps/news.xml", "news_sitemap.xml", NewsSitemapData(news))
    else:
        for each in _lists(name, archive.catalogue):
            urls = _urls(each, archive)
            for at, file in enumerate(_parts(each, len(urls))):
                yield Page(file, "sitemap.xml", SitemapData(urls[at * LIMIT : (at + 1) * LIMIT]))


def _files(archive: Archive) -> Iterator[str]:
    for name in names(archive):
        if name == _NEWS:
            yield from ("sitemaps/news.xml" for _ in _recent(archive.catalogue)[:1])
        elif name != _INDEX:
            for each in _lists(name, archive.catalogue):
                yield from _parts(each, _count(each, archive))


def _lists(name: str, catalogue: Catalogue) -> Iterator[str]:
    """What has files of its own in a group: itself, and the months of a long year."""
    yield name
    if _is_period(name) and in_parts(catalogue.in_period(name)):
        yield from catalogue.timeline.within(name)


def _parts(name: str, count: int) -> list[str]:
    numbers = range(1, -(-count // LIMIT) + 1)
    return [f"sitemaps/{name}{f'-{number}' * (number > 1)}.xml" for number in numbers]


def _count(name: str, archive: Archive) -> int:
    """How many urls ``_urls`` has, without making them where there may be many."""
    catalogue = archive.catalogue
    if _is_period(name):
        return len(_articles(name, catalogue)) + len(_periods_of(name, catalogue))
    if name.startswith(_TERMS):
        return len(catalogue.terms.slugs.get(name.removeprefix(_TERMS), ()))
    return len(catalogue.undated) if name == _UNDATED else len(_urls(name, archive))


def _urls(name: str, archive: Archive) -> tuple[str, ...]:
    catalogue = archive.catalogue
    if name == _FIXED:
        own = (url for _, url, _ in archive.own_links)
        return ("", "dates/", "undated/", *(f"{name}/" for name, _ in archive.navigation), *own)
    if name == _UNDATED:
        return tuple(catalogue.undated.urls)
    if name == _VERSIONS:
        planned = (
            page for each in catalogue.in_versions() for page in plan_versions(each, archive)
        )
        return tuple(sorted(page.url for page in planned))
    if name.startswith(_TERMS):
        return tuple(term.url for term in catalogue.terms.of(name.removeprefix(_TERMS)))
    return (
        *map(period_url, _periods_of(name, catalogue)),
        *_articles(name, catalogue).urls,
    )


def _is_period(name: str) -> bool:
    return name[:4].isdigit()


def _periods_of(period: str, catalogue: Catalogue) -> Sequence[str]:
    """A year, and its months and days that have articles; they are all in the year's file."""
    is_year = len(period) == 4 and catalogue.in_period(period)
    return (period, *months_and_days(period, catalogue)) if is_year else ()


def _articles(period: str, catalogue: Catalogue) -> Picked:
    """Those of a year, but for those of its months if these have files of their own; or a month."""
    entries = catalogue.in_period(period)
    return catalogue.only_in(period) if len(period) == 4 and in_parts(entries) else entries


def _recent(catalogue: Catalogue) -> Sequence[Entry]:
    """The articles of the newest days, newest first; only those whose day is known."""
    found: list[Entry] = []
    newest = 0
    for entry in reversed(catalogue.dated):
        date = entry.date
        if date is None or not date.day or date.end:
            continue
        newest = newest or date.ordinal
        if newest - date.ordinal >= _NEWS_DAYS or len(found) == _NEWS_LIMIT:
            break
        found.append(entry)
    return found
