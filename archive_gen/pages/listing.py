"""Long lists in pages whose addresses stay true: divided by the calendar, numbered from the oldest.

``docs/decisions/0012-long-lists-are-divided-by-the-calendar.md`` says why.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archive_gen.pages.base import Listing, Part
from archive_gen.urls import numbered_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive_gen.catalogue import Entry, Row

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


def listings_by_year(
    url: str, entries: Sequence[Entry], size: int
) -> Iterator[tuple[str, Listing]]:
    """The landing page at ``url`` and, if it is too long, ``listings`` of each year.

    ``entries`` are undated first, then oldest first. An article that comes changes the pages of
    its year and no others.
    """
    if not is_divided(entries, size):
        yield url, undivided(url, entries)
        return
    years = by_year(entries)
    parts = [Part(year, part_url(url, year), len(members)) for year, members in years.items()]
    yield url, newest_and_parts(url, entries, size, parts)
    for index, part in enumerate(parts):
        older = parts[index - 1].url if index else ""
        newer = parts[index + 1].url if index + 1 < len(parts) else ""
        for page_url, listing in listings(part.url, years[part.name], size):
            yield (
                page_url,
                replace(
                    listing,
                    older=listing.older or older,
                    newer=listing.newer or newer,
                    part=part.name,
                ),
            )


def by_year(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    """Year → its entries; the year of undated ones is empty."""
    years: dict[str, list[Entry]] = {}
    for entry in entries:
        years.setdefault(f"{entry.date.year:04}" if entry.date else "", []).append(entry)
    return years


def part_url(url: str, year: str) -> str:
    """The part of the list at ``url`` with the articles of a year, or with the undated."""
    return f"{url}{year or UNDATED}/"


def _rows(entries: Sequence[Entry]) -> tuple[Row, ...]:
    return tuple(entry.row() for entry in reversed(entries))
