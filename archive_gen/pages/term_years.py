"""The years of a term that has too many articles for one page: a group for each year.

So an article that comes makes the pages of its own year new, and not those of all others.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archive_gen.order import term_key
from archive_gen.pages.base import Archive, Page
from archive_gen.pages.data import WHOLE, data_pages, data_url, in_parts
from archive_gen.pages.listing import is_divided, listings_of_year, part_url
from archive_gen.pages.terms import data_of, template_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive_gen.catalogue import Picked
    from archive_gen.entry import Entry


def names(archive: Archive) -> Iterable[str]:
    """A group a year of a long list, named by taxonomy, year and what the term's spellings share.

    The year of the undated is empty.
    """
    for taxonomy in archive.config.taxonomies:
        for key in archive.catalogue.term_slugs.get(taxonomy, ()):
            entries = archive.catalogue.with_term_key(taxonomy, key)
            if is_divided(entries, archive.config.page_size):
                yield from (f"{taxonomy}/{year}/{key}" for year in entries.by_year())


def touched(entry: Entry, archive: Archive) -> Iterable[str]:
    """Its year in the lists of its terms; all years if what each of them shows may differ."""
    own = f"{entry.date.year:04}" if entry.date else ""
    for taxonomy, spellings in entry.terms.items():
        for spelling in spellings:
            key = term_key(spelling)
            entries = archive.catalogue.with_term_key(taxonomy, key)
            years = entries.by_year()
            yield f"{taxonomy}/{own}/{key}"
            if _may_be_all_new(spelling, taxonomy, entries, archive):
                yield from (f"{taxonomy}/{year}/{key}" for year in years)
            elif len(years.get(own, ())) <= archive.changed:
                # The year may be new, or gone: those beside it link over it.
                yield from (f"{taxonomy}/{year}/{key}" for year in _beside(own, list(years)))


def plan(name: str, archive: Archive) -> Iterator[Page]:
    """The pages of a year of a term, and its articles as data if those of the term are not."""
    taxonomy, year, key = name.split("/", 2)
    term = archive.catalogue.term(taxonomy, key)
    entries = archive.catalogue.with_term_key(taxonomy, key)
    years = entries.by_year()
    if not term or year not in years or not is_divided(entries, archive.config.page_size):
        return
    url = part_url(term.url, year)
    common = data_of(term, archive)
    if in_parts(entries):
        common = replace(common, data=data_url(url))
    for page_url, listing in listings_of_year(term.url, years, year, archive.config.page_size):
        yield Page(page_url, template_of(taxonomy), replace(common, listing=listing))
    if in_parts(entries):
        yield from data_pages(url, term.name, years[year])


def _may_be_all_new(spelling: str, taxonomy: str, entries: Picked, archive: Archive) -> bool:
    """Whether the list may have become long or short, or the term have got another name."""
    known = archive.catalogue.spellings(taxonomy, term_key(spelling))
    limits = (2 * archive.config.page_size, WHOLE)
    return list(known) != [spelling] or any(
        abs(len(entries) - limit) <= archive.changed for limit in limits
    )


def _beside(year: str, years: list[str]) -> Iterable[str]:
    before = [other for other in years if other < year]
    after = [other for other in years if other > year]
    return (*before[-1:], *after[:1])
