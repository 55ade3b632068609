"""Year, month and day pages, and the overview of all dates."""

from __future__ import annotations

import calendar
from typing import TYPE_CHECKING

from archive_gen.pages.base import (
    Archive,
    DatesData,
    Link,
    MonthGrid,
    Page,
    Period,
    PeriodData,
)
from archive_gen.pages.listing import listings
from archive_gen.urls import period_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive_gen.catalogue import Catalogue, Entry

OVERVIEW = "dates"
_TEMPLATES = {4: "year.html", 7: "month.html", 10: "day.html"}
_WEEKS = calendar.Calendar(firstweekday=calendar.MONDAY)


def names(archive: Archive) -> Iterable[str]:
    """A group a period, and the overview."""
    yield OVERVIEW
    yield from archive.catalogue.all_periods()


def touched(entry: Entry, archive: Archive) -> Iterable[str]:
    """The periods it stands in, and those beside them, which link over empty ones."""
    yield OVERVIEW
    for period in entry.date.periods if entry.date else ():
        yield period
        yield from filter(None, archive.catalogue.adjacent_periods(period))
        # A period that comes or goes does so with its first article.
        others = archive.catalogue.in_period(period)
        if not others or others[0].path == entry.path:
            yield from archive.catalogue.sibling_periods(period)


def plan(name: str, archive: Archive) -> Iterator[Page]:
    """The pages of a year, a month, a day, or the overview."""
    if name == OVERVIEW:
        yield _overview(archive.catalogue)
        return
    entries = archive.catalogue.in_period(name)
    if not entries:
        return
    previous, following = archive.catalogue.adjacent_periods(name)
    for url, listing in listings(period_url(name), entries, archive.config.page_size):
        landing = listing.number == 0
        data = PeriodData(
            period=name,
            count=len(entries) if landing else 0,
            listing=listing,
            months=tuple(_months(name, archive.catalogue)) if landing else (),
            siblings=tuple(_siblings(name, archive.catalogue)) if landing else (),
            parents=tuple(Link(name[:n], period_url(name[:n])) for n in (4, 7) if n < len(name)),
            previous=_link(previous),
            next=_link(following),
        )
        yield Page(url, _TEMPLATES[len(name)], data)


def period_of(name: str, catalogue: Catalogue) -> Period:
    """A period with the number of its articles."""
    return Period(name, period_url(name), len(catalogue.in_period(name)))


def months_of(year: str, catalogue: Catalogue) -> tuple[Period, ...]:
    """The months of a year that have articles."""
    months = (f"{year}-{month:02}" for month in range(1, 13))
    return tuple(period_of(month, catalogue) for month in months if catalogue.in_period(month))


def _overview(catalogue: Catalogue) -> Page:
    years = tuple(
        (period_of(year, catalogue), months_of(year, catalogue)) for year in catalogue.years()
    )
    return Page("dates/", "dates.html", DatesData(years, len(catalogue.undated)))


def _siblings(period: str, catalogue: Catalogue) -> Iterator[Link]:
    for sibling in catalogue.sibling_periods(period):
        yield Link(sibling, period_url(sibling))


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
    return period_of(period, catalogue) if day and catalogue.in_period(period) else day


def _link(period: str | None) -> Link | None:
    return Link(period, period_url(period)) if period else None
