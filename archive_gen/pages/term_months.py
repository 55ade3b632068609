"""The months of a term that has too many articles of a year for one page: a group for each month.

So an article that comes makes a few pages new in the list of a term that thousands have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from archive_gen.catalogue.order import term_key
from archive_gen.pages.base import Archive, Page
from archive_gen.pages.data import data_pages, data_url, in_parts
from archive_gen.pages.listing import UNKNOWN, is_divided, listings_of_month, part_url
from archive_gen.pages.term_years import beside, is_at_limit, may_all_be_new
from archive_gen.pages.terms import data_of, template_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from archive_gen.catalogue.catalogue import Picked
    from archive_gen.catalogue.entry import Entry


def names(archive: Archive) -> Iterable[str]:
    """A group a month of a long year of a long list, named by taxonomy, month and the term's key.

    What is known to the year only stands in a month 00.
    """
    for taxonomy in archive.config.taxonomies:
        for key in archive.catalogue.terms.slugs.get(taxonomy, ()):
            for members in _long_years(taxonomy, key, archive).values():
                yield from (f"{taxonomy}/{month}/{key}" for month in members.by_month())


def touched(entry: Entry, archive: Archive) -> Iterable[str]:
    """Its month in the lists of its terms; others if what they show may differ."""
    year = month = ""
    if entry.date:
        year = f"{entry.date.year:04}"
        month = f"{year}-{entry.date.month:02}" if len(entry.date.period) > 4 else year + UNKNOWN
    for taxonomy, spellings in entry.terms.items():
        for spelling in spellings:
            key = term_key(spelling)
            years = archive.catalogue.with_term_key(taxonomy, key).by_year()
            found = {month, *_in_its_year(month, years.get(year), archive)} if year else set[str]()
            if may_all_be_new(spelling, taxonomy, archive):
                found.update(*(members.by_month() for members in years.values()))
            elif len(years.get(year, ())) <= archive.changed:  # it may be new, or gone
                found.update(*(years[other].by_month() for other in beside(year, list(years))))
            yield from (f"{taxonomy}/{month}/{key}" for month in found)


def _in_its_year(month: str, members: Picked | None, archive: Archive) -> Iterable[str]:
    """The other months of a year whose pages may differ: some of them need not have any."""
    if not members:
        return ()
    months = members.by_month()
    if is_at_limit(members, archive):
        return months
    # The month may be new, or gone: those beside it link over it.
    is_new = len(months.get(month, ())) <= archive.changed
    return beside(month, list(months)) if is_new else ()


def plan(name: str, archive: Archive) -> Iterator[Page]:
    """The pages of a month of a term, and its articles as data if those of the year are not."""
    taxonomy, month, key = name.split("/", 2)
    term = archive.catalogue.terms.named(taxonomy, key)
    members = _long_years(taxonomy, key, archive).get(month[:4])
    if not term or not members or month not in (months := members.by_month()):
        return
    url = part_url(term.url, month)
    common = data_of(term, archive)
    if in_parts(members):
        common = replace(common, data=data_url(url))
    elif in_parts(archive.catalogue.with_term_key(taxonomy, key)):
        common = replace(common, data=data_url(part_url(term.url, month[:4])))
    years = archive.catalogue.with_term_key(taxonomy, key).by_year()
    for page_url, listing in listings_of_month(term.url, years, month, archive.config.page_size):
        yield Page(page_url, template_of(taxonomy), replace(common, listing=listing))
    if in_parts(members):
        yield from data_pages(url, term.name, months[month], archive)


def _long_years(taxonomy: str, key: str, archive: Archive) -> Mapping[str, Picked]:
    """The years of a term that are divided into months."""
    entries, size = archive.catalogue.with_term_key(taxonomy, key), archive.config.page_size
    if not is_divided(entries, size):
        return {}
    years = entries.by_year().items()
    return {year: members for year, members in years if year and is_divided(members, size)}
