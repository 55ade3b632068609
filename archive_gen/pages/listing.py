"""Long lists in pages whose addresses stay true: divided by the calendar, numbered from the oldest.

``docs/decisions/0012-long-lists-are-divided-by-the-calendar.md`` says why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from archive_gen.pages.values import Listing, Part
from archive_gen.urls import numbered_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from archive_gen.catalogue.catalogue import Picked
    from archive_gen.catalogue.entry import Entry, Row

UNDATED = "undated"
UNKNOWN = "-00"
"""The end of the name of the month that nobody knows, in a year."""
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
    url: str, years: Mapping[str, Picked], year: str, size: int
) -> Iterator[tuple[str, Listing]]:
    """The pages of one of the ``years`` of the list at ``url``, but for those of its months.

    An article that comes changes the page of its year and, if that is new, links of those beside
    it.
    """
    own, members = part_url(url, year), years[year]
    if not year:
        pages = listings(own, members, size)
    elif is_divided(members, size):
        parts = parts_by_month(url, members)
        pages = iter([(own, newest_and_parts(own, members, size, parts))])
    else:
        pages = iter([(own, undivided(own, members))])
    older, newer = _beside(year, list(years))
    yield from _of_part(pages, year, _part_url_or_none(url, older), _part_url_or_none(url, newer))


def parts_by_month(url: str, members: Picked) -> list[Part]:
    """The parts of a year of the list at ``url`` that is too long for one page.

    The one whose month nobody knows has no name.
    """
    return [
        Part("" if month.endswith(UNKNOWN) else month, part_url(url, month), len(some))
        for month, some in members.by_month().items()
    ]


def listings_of_month(
    url: str, years: Mapping[str, Picked], month: str, size: int
) -> Iterator[tuple[str, Listing]]:
    """The pages of a month of a year that ``is_divided``: they are numbered if it is long.

    Beside the first and the last month of a year are the years before and after it.
    """
    months = years[month[:4]].by_month()
    older, newer = _beside(month, list(months))
    year_before, year_after = _beside(month[:4], list(years))
    pages = listings(part_url(url, month), months[month], size)
    yield from _of_part(
        pages,
        month,
        _part_url_or_none(url, year_before if older is None else older),
        _part_url_or_none(url, year_after if newer is None else newer),
    )


def part_url(url: str, period: str) -> str:
    """The part of the list at ``url`` with the articles of a year or month, or the undated."""
    return f"{url}{period.replace('-', '/') or UNDATED}/"


def _part_url_or_none(url: str, period: str | None) -> str:
    return "" if period is None else part_url(url, period)


def _beside(name: str, names: Sequence[str]) -> tuple[str | None, str | None]:
    at = names.index(name)
    return names[at - 1] if at else None, names[at + 1] if at + 1 < len(names) else None


def _of_part(
    pages: Iterable[tuple[str, Listing]], part: str, older: str, newer: str
) -> Iterator[tuple[str, Listing]]:
    """Pages of a part that lead on to those beside it."""
    for url, listing in pages:
        steps = listing.older or older, listing.newer or newer
        yield url, replace(listing, part=part, older=steps[0], newer=steps[1])


def _rows(entries: Sequence[Entry]) -> tuple[Row, ...]:
    return tuple(entry.row() for entry in reversed(entries))
