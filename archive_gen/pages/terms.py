"""The page of each term of each taxonomy: tag, source, author, place, …"""

from __future__ import annotations

import heapq
from collections import Counter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archive_gen import markup
from archive_gen.catalogue.order import term_key
from archive_gen.conditions import term_condition
from archive_gen.config import STORIES
from archive_gen.pages.base import Archive, Page
from archive_gen.pages.data import data_of_parts, data_pages, data_url, in_parts
from archive_gen.pages.feeds import atom, feed_of, feed_url, json_feed
from archive_gen.pages.listing import landing_by_year, parts_by_year, undivided
from archive_gen.pages.values import Link, TermData
from archive_gen.urls import term_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive_gen.catalogue.catalogue import Catalogue, Picked
    from archive_gen.catalogue.entry import Entry, Term

_TOGETHER = 8


def names(archive: Archive) -> Iterable[str]:
    """A group a term, named by taxonomy and what the term's spellings share."""
    for taxonomy in archive.config.taxonomies:
        for key in archive.catalogue.terms.slugs.get(taxonomy, ()):
            yield f"{taxonomy}/{key}"


def touched(entry: Entry, archive: Archive) -> Iterable[str]:  # noqa: ARG001 (the contract)
    """The terms it has."""
    for taxonomy, spellings in entry.terms.items():
        for spelling in spellings:
            yield f"{taxonomy}/{term_key(spelling)}"


def plan(name: str, archive: Archive) -> Iterator[Page]:
    """The landing page of a term's list, and its feeds. The rest is for ``term_years``."""
    taxonomy, _, key = name.partition("/")
    term = archive.catalogue.terms.named(taxonomy, key)
    if not term:
        return
    entries = archive.catalogue.with_term(term)
    common = data_of(term, archive)
    story = archive.config.stories.get(term.name) if taxonomy == STORIES else None
    data = replace(
        common,
        count=term.count,
        listing=landing_by_year(term.url, entries, archive.config.page_size),
        years=tuple(_years(entries)),
        together=tuple(_together(taxonomy, key, entries, archive)),
        about=markup.to_html(story.about) if story else "",
        other_names=tuple(archive.config.names.get(taxonomy, {}).get(term.name, ())),
    )
    yield Page(term.url, template_of(taxonomy), data)
    if archive.config.list_files:
        feed = feed_of(term.url, entries, archive, term=term.name)
        yield atom(feed)
        yield json_feed(feed)
    if in_parts(entries):
        yield from data_of_parts(term.url, term.name, parts_by_year(term.url, entries), archive)
    else:
        yield from data_pages(term.url, term.name, entries, archive)


def data_of(term: Term, archive: Archive) -> TermData:
    """What all pages of a term show."""
    return TermData(
        taxonomy=term.taxonomy,
        taxonomy_title=archive.config.taxonomies[term.taxonomy].title,
        name=term.name,
        url=term.url,
        count=0,
        listing=undivided(term.url, ()),
        years=(),
        together=(),
        feed=feed_url(term.url),
        data=data_url(term.url),
        about="",
        other_names=(),
        condition=term_condition(term.taxonomy, term.name),
    )


def template_of(taxonomy: str) -> str:
    """That of a story is another."""
    return "story.html" if taxonomy == STORIES else "term.html"


def _years(entries: Picked) -> Iterator[tuple[str, int]]:
    counts = {int(year): len(members) for year, members in entries.by_year().items() if year}
    if len(counts) > 1:
        for year in range(min(counts), max(counts) + 1):
            yield f"{year:04}", counts.get(year, 0)


def _together(taxonomy: str, key: str, entries: Picked, archive: Archive) -> Iterator[Link]:
    """Named as these articles spell them: how others do is not shown here."""
    if not archive.shows(template_of(taxonomy), "together"):
        return
    catalogue = archive.catalogue
    counts = catalogue.terms.shared(taxonomy, entries.numbers)
    often = [(-count, other) for other, count in counts.items() if count > 1 and other != key]
    slugs = catalogue.terms.slugs[taxonomy]
    for _, other in heapq.nsmallest(_TOGETHER, often):
        name = _spelling(taxonomy, other, entries, catalogue)
        yield Link(name, term_url(taxonomy, slugs[other]))


def _spelling(taxonomy: str, key: str, entries: Picked, catalogue: Catalogue) -> str:
    """How ``entries`` spell a term most often."""
    known = catalogue.terms.spellings(taxonomy, key)
    if len(known) == 1:
        return next(iter(known))
    shared = catalogue.with_term_key(taxonomy, key).among(entries)
    names = Counter(
        name for entry in shared for name in set(entry.terms[taxonomy]) if term_key(name) == key
    )
    return min(names, key=lambda name: (-names[name], name))
