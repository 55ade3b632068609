"""Long lists in pages whose addresses stay true: divided by the calendar, numbered from the oldest.

``docs/decisions/0012-long-lists-are-divided-by-the-calendar.md`` says why.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archive_gen.pages.base import Listing, Part
from archive_gen.urls import numbered_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from archive_gen.catalogue import Picked
    from archive_gen.entry import Entry, Row

UNDATED = "undated"
_ROOM = 2
"""A list is divided when it is longer than so many pages: parts of a few articles help nobody."""


def listings(url: str, entries: Sequence[Entry], size: int) -> Iterator[tuple[str, Listing]]:
    """The landing page at ``url`` and, for more than ``size`` entries, the numbered pages.

    ``entries`` are oldest first. Numbered page *n* holds entries (n-1)·size to n·size: full, it
    changes no more but for its link to the next, so a citation of it stays true.
    """
    count = -(-len(entries) // size) if len(entries) > size else 0
    numbered = tuple(numbered_url(url, number) for number in range(1, count + 1))
    before_landing = numbered[(len(entries) - size - 1) // size] if numbered else ""
    newest = _rows(entries[-size:])
    yield url, Listing(newest, 0, url, older=before_landing, newer="", pages=numbered)
    for index, page_url in enumerate(numbered):
        yield (
            page_url,
            Listing(
                entries=_rows(entries[index * size : (index + 1) * size]),
                number=index + 1,
                url=url,
                older=numbered[index - 1] if index else "",
                newer=numbered[index + 1] if index + 1 < count else url,
                pages=(),
            ),
        )


def is_divided(entries: Sequence[Entry], size: int) -> bool:
    """Whether a list is too long for one page."""
    return len(entries) > _ROOM * size


def undivided(url: str, entries: Sequence[Entry]) -> Listing:
    """The one page of a list."""
    return Listing(_rows(entries), 0, url, older="", newer="", pages=())


def newest_and_parts(
    url: str, entries: Sequence[Entry], size: int, parts: Sequence[Part]
) -> Listing:
    """The landing page of a list that is too long for one page: the newest, and its ``parts``."""
    return Listing(_rows(entries[-size:]), 0, url, older="", newer="", pages=(), parts=tuple(parts))


def landing_by_year(url: str, entries: Picked, size: int) -> Listing:
    """The landing page of a list that has ``listings_of_year`` if it is too long for one page.

    ``entries`` are undated first, then oldest first.
    """
    if not is_divided(entries, size):
        return undivided(url, entries)
    return newest_and_parts(url, entries, size, parts_by_year(url, entries))


def parts_by_year(url: str, entries: Picked) -> list[Part]:
    """The parts of a list that has ``listings_of_year``."""
    years = entries.by_year()
    return [Part(year, part_url(url, year), len(members)) for year, members in years.items()]


def listings_of_year(
    url: str, years: Mapping[str, Sequence[Entry]], year: str, size: int
) -> Iterator[tuple[str, Listing]]:
    """The pages of one of the ``years`` of the list at ``url``.

    An article that comes changes the pages of its year and, if that is new, links of those beside
    it.
    """
    names = list(years)
    at = names.index(year)
    older = part_url(url, names[at - 1]) if at else ""
    newer = part_url(url, names[at + 1]) if at + 1 < len(names) else ""
    for page_url, listing in listings(part_url(url, year), years[year], size):
        yield (
            page_url,
            replace(listing, older=listing.older or older, newer=listing.newer or newer, part=year),
        )


def part_url(url: str, year: str) -> str:
    """The part of the list at ``url`` with the articles of a year, or with the undated."""
    return f"{url}{year or UNDATED}/"


def _rows(entries: Sequence[Entry]) -> tuple[Row, ...]:
    return tuple(entry.row() for entry in reversed(entries))
