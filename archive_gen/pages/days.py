"""Years day by day, as a map of weeks: a column a week, from Monday down to Sunday."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from archive_gen.pages.periods import period_of, within
from archive_gen.pages.values import DayCell, YearGrid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.catalogue.catalogue import Catalogue

_MOST = 800
"""Days that a page links to: beyond, a map weighs more than all the rest of it."""
_LEAST = 24
"""Days a year on the average: two a month."""


def newest_years(catalogue: Catalogue) -> tuple[YearGrid, ...]:
    """The years with articles whose day is known, newest first: as many as a page can bear.

    None where they are all but empty: there the months say the same.
    """
    years = tuple(_newest_years(catalogue))
    return years if sum(len(grid.days) for grid in years) >= _LEAST * len(years) else ()


def _newest_years(catalogue: Catalogue) -> Iterator[YearGrid]:
    drawn = 0
    for year in reversed(catalogue.timeline.years()):
        grid = _grid(year, catalogue)
        drawn += len(grid.days)
        if drawn > _MOST:
            return
        if grid.days:
            yield grid


def _grid(year: str, catalogue: Catalogue) -> YearGrid:
    days = (day for month in within(year, catalogue) for day in within(month.period, catalogue))
    return YearGrid(
        year=period_of(year, catalogue),
        months=tuple(_place(f"{year}-{month:02}-01") for month in range(1, 13)),
        last=_place(f"{year}-12-31"),
        days=tuple(DayCell(*_place(day.period), day) for day in days),
    )


def _place(day: str) -> tuple[int, int]:
    """Column and row."""
    date = datetime.date.fromisoformat(day)
    before = date.replace(month=1, day=1).weekday()
    return (date.timetuple().tm_yday - 1 + before) // 7, date.weekday()
