"""Year, month and day pages, and the overview of all dates."""

from __future__ import annotations

import calendar
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archive_gen.pages.base import Archive, Page
from archive_gen.pages.data import data_of_parts, data_pages, data_url, in_parts, table
from archive_gen.pages.feeds import atom, feed_of, feed_url
from archive_gen.pages.listing import is_divided, listings, newest_and_parts, undivided
from archive_gen.pages.values import DatesData, Link, Listing, MonthGrid, Part, Period, PeriodData
from archive_gen.urls import period_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archive_gen.catalogue.catalogue import Catalogue
    from archive_gen.catalogue.entry import Entry

OVERVIEW = "dates"
_ADDRESS = "dates/"
_TEMPLATES = {4: "year.html", 7: "month.html", 10: "day.html"}
_NEAR = 2
"""How many years before and after its own a month or a day leads to: a new year makes them new."""
_NEAR_A_YEAR = 12
"""How many a year leads to: of two centuries all would fill a screen of each year's page."""
_WEEKS = calendar.Calendar(firstweekday=calendar.MONDAY)


def names(archive: Archive) -> Iterable[str]:
    """A group a period, and the overview."""
    yield OVERVIEW
    yield from archive.catalogue.timeline.periods()


def touched(entry: Entry, archive: Archive) -> Iterable[str]:
    """The periods it stands in; and those beside a new one, or one that is no more."""
    yield OVERVIEW
    for period in entry.date.periods if entry.date else ():
        yield period
        # A period that comes or goes does so with its first article.
        others = archive.catalogue.in_period(period)
        if not others or (len(others) <= archive.changed and others[0].path == entry.path):
            yield from filter(None, archive.catalogue.timeline.adjacent(period))
            yield from _picking(period, archive.catalogue)


def plan(name: str, archive: Archive) -> Iterator[Page]:
    """The pages of a year, a month, a day, or the overview."""
    if name == OVERVIEW:
        yield from _overview(archive)
        return
    entries = archive.catalogue.in_period(name)
    if not entries:
        return
    previous, following = archive.catalogue.timeline.adjacent(name)
    for url, listing in _listings(name, entries, archive):
        landing = listing.number == 0 and listing.part is None
        data = PeriodData(
            period=name,
            count=len(entries) if landing else 0,
            listing=listing,
            months=tuple(_months(name, archive.catalogue)) if landing else (),
            pickers=tuple(_pickers(name, archive.catalogue)) if landing else (),
            parents=tuple(Link(name[:n], period_url(name[:n])) for n in (4, 7) if n < len(name)),
            previous=_link(previous),
            next=_link(following),
            data=data_url(_page_of_data(name, listing, entries)),
            feed=f"{feed_url(period_url(name))}.xml",
        )
        yield Page(url, _TEMPLATES[len(name)], data)
    if archive.config.list_files:
        yield atom(feed_of(period_url(name), entries, archive, period=name))
    yield from _data(name, entries, archive)


def _page_of_data(name: str, listing: Listing, entries: Sequence[Entry]) -> str:
    """The page beside which the data lie that a page of a period names."""
    return period_url(name) if listing.part is None or not in_parts(entries) else listing.url


def _data(name: str, entries: Sequence[Entry], archive: Archive) -> Iterator[Page]:
    """The articles of a period; those of a long year or month are in the files of its parts."""
    url = period_url(name)
    if len(name) == 10 or not in_parts(entries):
        yield from data_pages(url, name, entries, archive)
        return
    catalogue = archive.catalogue
    unknown = catalogue.only_in(name)
    yield from data_of_parts(url, name, _parts(name, unknown, catalogue), archive)
    if unknown:
        yield from data_pages(_unknown_url(name), name, unknown, archive)


def _listings(
    name: str, entries: Sequence[Entry], archive: Archive
) -> Iterator[tuple[str, Listing]]:
    """A long year is divided into its months, a long month into its days, a day into pages."""
    url, size = period_url(name), archive.config.page_size
    if len(name) == 10:
        yield from listings(url, entries, size)
        return
    if not is_divided(entries, size):
        yield url, undivided(url, entries)
        return
    unknown = archive.catalogue.only_in(name)
    for page_url, listing in listings(_unknown_url(name), unknown, size) if unknown else ():
        yield page_url, replace(listing, part="")
    yield url, newest_and_parts(url, entries, size, _parts(name, unknown, archive.catalogue))


def _parts(name: str, unknown: Sequence[Entry], catalogue: Catalogue) -> list[Part]:
    """The months of a year, or the days of a month; before them what stands in none."""
    rest = [Part("", _unknown_url(name), len(unknown))] if unknown else []
    return rest + [Part(each.period, each.url, each.count) for each in within(name, catalogue)]


def _unknown_url(name: str) -> str:
    """No month and no day is called that, and it stands before all that are."""
    return f"{period_url(name)}00/"


def period_of(name: str, catalogue: Catalogue) -> Period:
    """A period with the number of its articles."""
    return Period(name, period_url(name), len(catalogue.in_period(name)))


def within(period: str, catalogue: Catalogue) -> tuple[Period, ...]:
    """The months of a year, or the days of a month, that have articles."""
    return tuple(period_of(each, catalogue) for each in catalogue.timeline.within(period))


def _overview(archive: Archive) -> Iterator[Page]:
    catalogue = archive.catalogue
    years = tuple(
        (period_of(year, catalogue), within(year, catalogue)) for year in catalogue.timeline.years()
    )
    data = f"{_ADDRESS}days"
    yield Page(_ADDRESS, "dates.html", DatesData(years, len(catalogue.undated), data))
    rows = (
        (period, len(catalogue.in_period(period)), period_url(period))
        for period in sorted(catalogue.timeline.periods())
        if len(period) == 10
    )
    yield from table(data, "", _ADDRESS, ("day", "articles", "url"), rows, archive)


def _pickers(period: str, catalogue: Catalogue) -> Iterator[tuple[Link, ...]]:
    years = _near_years(period[:4], catalogue, _NEAR_A_YEAR if len(period) == 4 else _NEAR)
    deeper = (catalogue.timeline.siblings(period[:n]) for n in (7, 10) if n <= len(period))
    for row in (years, *deeper):
        yield tuple(Link(each, period_url(each)) for each in row)


def _picking(period: str, catalogue: Catalogue) -> Iterator[str]:
    """The periods whose pages lead to ``period``, which may have come or gone."""
    if len(period) == 4:
        yield from _near_years(period, catalogue, _NEAR_A_YEAR)
        for year in _near_years(period, catalogue, _NEAR):
            yield from months_and_days(year, catalogue)
        return
    yield from catalogue.timeline.siblings(period)
    if len(period) == 7:
        yield from months_and_days(period[:4], catalogue)


def _near_years(year: str, catalogue: Catalogue, reach: int) -> Sequence[str]:
    """So many years that have articles on each side of ``year``, and itself if it has."""
    years = catalogue.timeline.years()
    before, after = bisect_left(years, year), bisect_right(years, year)
    return years[max(0, before - reach) : after + reach]


def months_and_days(year: str, catalogue: Catalogue) -> Iterator[str]:
    """Those of a year that have articles: each month before its days."""
    for month in catalogue.timeline.within(year):
        yield month
        yield from catalogue.timeline.within(month)


def _months(period: str, catalogue: Catalogue) -> Iterator[MonthGrid]:
    if len(period) == 4:
        yield from (_grid(f"{period}-{month:02}", catalogue) for month in range(1, 13))
    elif len(period) == 7:
        yield _grid(period, catalogue)


def _grid(month: str, catalogue: Catalogue) -> MonthGrid:
    count = len(catalogue.in_period(month))
    weeks = tuple(
        tuple(_cell(f"{month}-{day:02}", day, catalogue) for day in week)
        for week in _WEEKS.monthdayscalendar(int(month[:4]), int(month[5:]))
    )
    return MonthGrid(month, period_url(month) if count else "", count, weeks)


def _cell(period: str, day: int, catalogue: Catalogue) -> Period | int:
    return period_of(period, catalogue) if catalogue.in_period(period) else day


def _link(period: str | None) -> Link | None:
    return Link(period, period_url(period)) if period else None
