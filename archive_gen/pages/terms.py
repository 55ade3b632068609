"""The page of each term of each taxonomy: tag, source, author, place, …"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.catalogue import term_key
from archive_gen.pages.base import Archive, Page, TermData
from archive_gen.pages.listing import listings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive_gen.catalogue import Entry


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
    """A term's list."""
    taxonomy, _, key = name.partition("/")
    term = archive.catalogue.term(taxonomy, key)
    if not term:
        return
    entries = archive.catalogue.with_term(term)
    title = archive.config.taxonomies[taxonomy].title
    for url, listing in listings(term.url, entries, archive.config.page_size):
        count = 0 if listing.number else term.count
        yield Page(url, "term.html", TermData(taxonomy, title, term.name, count, listing))
