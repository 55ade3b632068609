"""The years of a term that has too many articles for one page: a group for each year.

So an article that comes makes the pages of its own year new, and not those of all others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from archive_gen.catalogue.order import term_key
from archive_gen.pages.base import Archive, Page
from archive_gen.pages.data import WHOLE, data_of_parts, data_pages, data_url, in_parts
from archive_gen.pages.listing import is_divided, listings_of_year, part_url, parts_by_month
from archive_gen.pages.terms import data_of, template_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archive_gen.catalogue.entry import Entry


def names(archive: Archive) -> Iterable[str]:
    """A group a year of a long list, named by taxonomy, year and what the term's spellings share.

    The year of the undated is empty.
    """
    for taxonomy in archive.config.taxonomies:
        for key in archive.catalogue.terms.slugs.get(taxonomy, ()):
            entries = archive.catalogue.with_term_key(taxonomy, key)
            if is_divided(entries, archive.config.page_size):
                yield from (f"{taxonomy}/{year}/{key}" for year in entries.by_year())


def touched(entry: Entry, archive: Archive) -> Iterable[str]:
    """Its year in the lists of its terms; all years if what each of them shows may differ."""
    own = f"{entry.date.year:04}" if entry.date else ""
    for taxonomy, spellings in entry.terms.items():
        for spelling in spellings:
            key = term_key(spelling)
            years = archive.catalogue.with_term_key(taxonomy, key).by_year()
            yield f"{taxonomy}/{own}/{key}"
            if may_all_be_new(spelling, taxonomy, archive):
                yield from (f"{taxonomy}/{year}/{key}" for year in years)
            elif len(years.get(own, ())) <= archive.changed:
                # The year may be new, or gone: those beside it link over it.
                yield from (f"{taxonomy}/{year}/{key}" for year in beside(own, list(years)))


def plan(name: str, archive: Archive) -> Iterator[Page]:
    """The pages of a year of a term, and its articles as data if those of the term are not.

    The pages of the months of a long year are for ``term_months``.
    """
    taxonomy, year, key = name.split("/", 2)
    term = archive.catalogue.terms.named(taxonomy, key)
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
    members = years[year]
    if in_parts(members) and year:
        yield from data_of_parts(url, term.name, parts_by_month(term.url, members), archive)
    elif in_parts(entries):
        yield from data_pages(url, term.name, members, archive)


def may_all_be_new(spelling: str, taxonomy: str, archive: Archive) -> bool:
    """Whether the list may have become long or short, or the term have got another name."""
    key = term_key(spelling)
    named_anew = list(archive.catalogue.terms.spellings(taxonomy, key)) != [spelling]
    return named_anew or is_at_limit(archive.catalogue.with_term_key(taxonomy, key), archive)


def is_at_limit(entries: Sequence[Entry], archive: Archive) -> bool:
    """Whether a list, or a year of it, may have become long or short."""
    limits = (2 * archive.config.page_size, WHOLE)
    return any(abs(len(entries) - limit) <= archive.changed for limit in limits)


def beside(period: str, periods: Sequence[str]) -> Iterable[str]:
    """The nearest of some sorted periods, before and after one that need not be among them."""
    before = [other for other in periods if other < period]
    after = [other for other in periods if other > period]
    return (*before[-1:], *after[:1])
