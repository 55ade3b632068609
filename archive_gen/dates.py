"""A date as precisely as it is known: EDTF levels 0 and 1, as far as a news archive needs.

https://www.loc.gov/standards/datetime/ — supported: ``2015``, ``2015-10``, ``2015-10-07``,
``2015-10-07T14:05:00Z``, the qualifiers ``~`` (approximate), ``?`` (uncertain) and ``%``
(both), unspecified parts (``2015-XX``, ``2015-10-XX``) and closed intervals
(``2015-09-30/2015-10-31``).
"""

from __future__ import annotations

import calendar
import datetime
import functools
import re
from dataclasses import dataclass

from archive_gen.texts import quoted

_POINT = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?"
    r"(?:[T ](?P<time>\d\d:\d\d(?::\d\d(?:\.\d+)?)?)"
    r"[ ]?(?P<zone>Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?)?"
    r"(?P<qualifier>[~?%])?",
    re.ASCII,
)


_MOMENT = re.compile(r"(?:19|20)[0-9]{12}")


class NoDateError(ValueError):
    """What is written is not a date that does not exist, but in no form that we read."""


@dataclass(frozen=True, slots=True)
class ArchiveDate:
    """When an article appeared. ``month`` or ``day`` is 0 where it is not known.

    No ``msgspec.Struct``, which would take less: a search has dates, and need not load that.
    """

    text: str
    """The EDTF expression, normalised: what front matter and search store."""
    year: int
    month: int = 0
    day: int = 0
    time: str = ""
    """Clock time as written (``14:05:00``), without its zone."""
    approximate: bool = False
    uncertain: bool = False
    end: str = ""
    """The last day, month or year of an interval."""

    def __hash__(self) -> int:
        return hash(self.text)  # it tells all the rest, and its own hash is known

    @property
    def period(self) -> str:
        """The finest page that this date stands on: ``2015``, ``2015-10`` or ``2015-10-07``."""
        if self.end:
            return self._shared_period()
        return self.text[: 10 if self.day else 7 if self.month else 4]

    @property
    def periods(self) -> tuple[str, ...]:
        """Every period that holds this date, coarsest first."""
        period = self.period
        return tuple(period[:length] for length in (4, 7, 10) if length <= len(period))

    @property
    def sort_key(self) -> tuple[int, int, int, str]:
        """Chronological; what is only known to the month comes before its days."""
        return (self.year, self.month, self.day, self.time)

    @property
    def ordinal(self) -> int:
        """The number of its first day, as ``datetime.date.toordinal`` counts."""
        return datetime.date(*_first(self)).toordinal()

    def _shared_period(self) -> str:
        start = _join(self.year, self.month, self.day)
        shared = [n for n in (4, 7, 10) if len(start) >= n <= len(self.end)]
        same = [start[:n] for n in shared if start[:n] == self.end[:n]]
        return same[-1] if same else start[:4]


@functools.lru_cache(maxsize=1 << 12)  # many articles share a day
def parse_date(text: str) -> ArchiveDate:
    """Read an EDTF expression.

    Raises ``ValueError`` with a sentence for a person when the day does not exist, and
    ``NoDateError`` when it is none.
    """
    start_text, slash, end_text = text.strip().partition("/")
    try:
        start = _parse_point(start_text)
        if not slash:
            return start
        end = _parse_point(end_text)
    except NoDateError:
        raise NoDateError(f"{quoted(text)} is not a date") from None
    if _last(end) < _first(start):
        raise ValueError(f"the interval {quoted(text)} ends before it begins")
    return ArchiveDate(
        text=f"{start.text}/{end.text}",
        year=start.year,
        month=start.month,
        day=start.day,
        approximate=start.approximate or end.approximate,
        uncertain=start.uncertain or end.uncertain,
        end=_join(end.year, end.month, end.day),
    )


def is_zero_of_clock(date: ArchiveDate) -> bool:
    """Whether ``date`` is the moment from which computers count: what software states of a date
    that nobody gave it."""
    if date.approximate or date.uncertain or not date.time:
        return False
    moment = datetime.datetime.fromisoformat(date.text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    return moment.timestamp() == 0


def _parse_point(text: str) -> ArchiveDate:
    match = _POINT.fullmatch(text.strip())
    if not match:
        raise NoDateError(text)
    year = int(match["year"])
    month = _part(match["month"])
    day = _part(match["day"])
    _check_calendar(match, year, month, day)
    if match["time"]:
        _check_time(text, match["time"], day)
    qualifier = match["qualifier"] or ""
    return ArchiveDate(
        text=_normal(match),
        year=year,
        month=month,
        day=day,
        time=match["time"] or "",
        approximate=qualifier in ("~", "%"),
        uncertain=qualifier in ("?", "%"),
    )


def _normal(match: re.Match[str]) -> str:
    if not match["time"]:
        return match[0]
    zone = match["zone"] or ""
    if zone[3:] and ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:]}"
    day = f"{match['year']}-{match['month']}-{match['day']}"
    return f"{day}T{match['time']}{zone}{match['qualifier'] or ''}"


def _part(text: str | None) -> int:
    return int(text) if text and text != "XX" else 0


def _check_calendar(match: re.Match[str], year: int, month: int, day: int) -> None:
    if year == 0:
        raise ValueError("there is no year 0")
    if month > 12 or match["month"] == "00":
        raise ValueError(f"{quoted(match[0])} names a month that does not exist")
    if day and not month:
        raise ValueError(f"{quoted(match[0])} names a day but no month")
    if match["day"] == "00" or (day and day > calendar.monthrange(year, month)[1]):
        raise ValueError(f"{quoted(match[0])} names a day that does not exist")


def _check_time(text: str, time: str, day: int) -> None:
    if not day:
        raise ValueError(f"{quoted(text)} has a clock time but no day")
    try:
        # Newer Pythons take 24:00 for midnight; an archive is to be the same with all.
        datetime.time(int(time[:2]), int(time[3:5]), int(time[6:8] or 0))
    except ValueError:
        raise ValueError(f"{quoted(text)} names a clock time that does not exist") from None


def _first(date: ArchiveDate) -> tuple[int, int, int]:
    return (date.year, date.month or 1, date.day or 1)


def _last(date: ArchiveDate) -> tuple[int, int, int]:
    return (date.year, date.month or 12, date.day or 31)


def _join(year: int, month: int, day: int) -> str:
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


def day_of_moment(name: str) -> ArchiveDate | None:
    """The day of a moment in fourteen digits (``20151007120000``), as the Wayback Machine names
    copies by it; None for any other name."""
    if not _MOMENT.fullmatch(name):
        return None
    try:
        return parse_date(f"{name[:4]}-{name[4:6]}-{name[6:8]}")
    except ValueError:
        return None
