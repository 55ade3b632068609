"""The years, months and days that have articles, in order.

A period is ``2015``, ``2015-10`` or ``2015-10-07``; articles are the numbers that ``order`` gives.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from archive_gen.catalogue.order import Numbers


class Timeline:
    """Made from the articles of each period; there are ``count`` in all, the dated ones last."""

    def __init__(self, lists: Mapping[str, Numbers], count: int) -> None:
        self._lists = lists
        self._count = count
        self._only_in: dict[str, frozenset[int]] = {}

    @cached_property
    def _periods(self) -> Mapping[int, Sequence[str]]:
        periods = self._lists
        return {length: sorted(p for p in periods if len(p) == length) for length in (4, 7, 10)}

    def years(self) -> Sequence[str]:
        """The years that have articles."""
        return self._periods[4]

    @cached_property
    def _starts(self) -> Mapping[int, Sequence[int]]:
        """The number of the first article of each of ``_periods``."""
        first = self._lists
        return {length: [first[p][0] for p in some] for length, some in self._periods.items()}

    def year_at(self, number: int) -> tuple[str, int]:
        """The year of an article by its number, empty for an undated one; and where it ends."""
        return self._period_at(number, 4)

    def month_at(self, number: int) -> tuple[str, int]:
        """The same for the month of an article that stands in one."""
        return self._period_at(number, 7)

    def _period_at(self, number: int, length: int) -> tuple[str, int]:
        """The last period of a length that begins there or before, and where the next begins."""
        starts = self._starts[length]
        at = bisect_right(starts, number)
        end = starts[at] if at < len(starts) else self._count
        return self._periods[length][at - 1] if at else "", end

    def periods(self) -> Iterable[str]:
        """Every year, month and day that has articles."""
        return self._lists

    def siblings(self, period: str) -> Sequence[str]:
        """The years, or the months of a year, or the days of a month, that have articles."""
        periods = self._periods[len(period)]
        parent = period[: max(0, len(period) - 3)]
        after = parent + "\uffff"
        return periods[bisect_left(periods, parent) : bisect_left(periods, after)]

    def adjacent(self, period: str) -> tuple[str | None, str | None]:
        """The nearest periods of the same length, before and after, that have articles."""
        periods = self._periods[len(period)]
        before = bisect_left(periods, period)
        after = bisect_right(periods, period)
        return (
            periods[before - 1] if before else None,
            periods[after] if after < len(periods) else None,
        )

    def only_in(self, period: str) -> frozenset[int]:
        """The articles of a period that stand in none that lies within it.

        They need not stand together: an interval of several months lies among those of its first.
        """
        found = self._only_in.get(period)
        if found is None:
            deeper = map(self._lists.__getitem__, self.within(period))
            found = frozenset(self._lists.get(period, ())).difference(*deeper)
            self._only_in[period] = found
        return found

    def within(self, period: str) -> Sequence[str]:
        """The months of a year, or the days of a month, that have articles."""
        return self.siblings(f"{period}-00") if len(period) < 10 else ()
