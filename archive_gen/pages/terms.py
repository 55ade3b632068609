"""The page of each term of each taxonomy: tag, source, author, place, …"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from archive_gen import markup
from archive_gen.catalogue import term_key
from archive_gen.config import STORIES
from archive_gen.pages.base import Archive, Link, Page, TermData, TermFeedData
from archive_gen.pages.data import FROM, WHOLE, data_pages, data_url
from archive_gen.pages.listing import by_year, listings_by_year, part_url
from archive_gen.urls import term_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archive_gen.catalogue import Entry, Term

_TOGETHER = 8


def names(archive: Archive) -> Iterable[str]:
    """A group a term, named by taxonomy and what the term's spellings share."""
    for taxonomy in archive.config.taxonomies:
        for key in archive.catalogue.term_slugs.get(taxonomy, ()):
            yield f"{taxonomy}/{key}"


def touched(entry: Entry, archive: Archive) -> Iterable[str]:  # noqa: ARG001 (the contract)
    """The terms it has."""
    for taxonomy, spellings in entry.terms.items():
        for spelling in spellings:
            yield f"{taxonomy}/{term_key(spelling)}"


def plan(name: str, archive: Archive) -> Iterator[Page]:
    """A term's list, and its feed."""
    taxonomy, _, key = name.partition("/")
    term = archive.catalogue.term(taxonomy, key)
    if not term:
        return
    entries = archive.catalogue.with_term(term)
    newest = [entry for entry in entries if entry.date][: -archive.config.feed_size - 1 : -1]
    feed = f"{term.url}feed.xml" if len(entries) >= FROM and newest else ""
    files = dict(_data(term, entries))
    title = archive.config.taxonomies[taxonomy].title
    story = archive.config.stories.get(term.name) if taxonomy == STORIES else None
    about = markup.to_html(story.about) if story else ""
    template = "story.html" if taxonomy == STORIES else "term.html"
    for url, listing in listings_by_year(term.url, entries, archive.config.page_size):
        landing = listing.number == 0 and listing.part is None
        data = TermData(
            taxonomy=taxonomy,
            taxonomy_title=title,
            name=term.name,
            url=term.url,
            count=term.count if landing else 0,
            listing=listing,
            years=tuple(_years(entries)) if landing else (),
            together=tuple(_together(taxonomy, key, entries, archive)) if landing else (),
            feed=feed,
            data=next((data_url(at) for at in (listing.url, term.url) if at in files), ""),
            about=about if landing else "",
        )
        yield Page(url, template, data)
    if feed:
        shown = tuple(replace(entry, digest="", versions=(), pictures=()) for entry in newest)
        yield Page(feed, "term_feed.xml", TermFeedData(term.name, term.url, shown))
    for url, part in files.items():
        yield from data_pages(url, term.name, part)


def _data(term: Term, entries: Sequence[Entry]) -> Iterator[tuple[str, Sequence[Entry]]]:
    """The lists of a term that are there as data: all of it, or each of its years."""
    if len(entries) > WHOLE:
        for year, members in by_year(entries).items():
            yield part_url(term.url, year), members
    elif len(entries) >= FROM:
        yield term.url, entries


def _years(entries: Sequence[Entry]) -> Iterator[tuple[str, int]]:
    counts = Counter(entry.date.year for entry in entries if entry.date)
    if len(counts) > 1:
        for year in range(min(counts), max(counts) + 1):
            yield f"{year:04}", counts[year]


def _together(
    taxonomy: str, key: str, entries: Sequence[Entry], archive: Archive
) -> Iterator[Link]:
    """Named as these articles spell them: how others do is not shown here."""
    spellings = Counter(
        chain.from_iterable(set(entry.terms.get(taxonomy, ())) for entry in entries)
    )
    counts: Counter[str] = Counter()
    names: dict[str, str] = {}
    often_first = sorted((-count, term_key(name), name) for name, count in spellings.items())
    for less, other, name in often_first:
        counts[other] -= less
        names.setdefault(other, name)
    del counts[key]
    often = [other for other, count in counts.items() if count > 1]
    slugs = archive.catalogue.term_slugs[taxonomy]
    for other in sorted(often, key=lambda other: (-counts[other], other))[:_TOGETHER]:
        yield Link(names[other], term_url(taxonomy, slugs[other]))
