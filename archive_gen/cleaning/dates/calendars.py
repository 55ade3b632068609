"""Years of other calendars that news pages count in, as Gregorian dates."""

from __future__ import annotations

import datetime
import re

EARLIEST, LATEST = 1500, 2199
"""A Gregorian year outside is a number of something else."""
_THAI = re.compile(r"[\u0e00-\u0e7f]")
_PERSIAN_DIGIT = re.compile(r"[\u06f0-\u06f9]")
_BUDDHIST_ERA = 543
_NOWRUZ_1394 = datetime.date(2015, 3, 21).toordinal()
_MONTH_STARTS = (0, 31, 62, 93, 124, 155, 186, 216, 246, 276, 306, 336)


def to_gregorian(year: int, month: int, day: int, text: str) -> datetime.date | None:
    """The day that ``text`` means; None if there is none.

    Thai text counts from the Buddha (2558 is 2015). Numbers in Persian digits, or in a text of
    Arabic script, are of the solar calendar when the year is 1300 to 1499; then ``month`` 1 is
    Farvardin.
    """
    if 2400 <= year <= 2699 and _THAI.search(text):
        year -= _BUDDHIST_ERA
    elif 1300 <= year <= 1499 and _PERSIAN_DIGIT.search(text):
        return solar_hijri(year, month, day)
    if not EARLIEST <= year <= LATEST:
        return None
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def solar_hijri(year: int, month: int, day: int) -> datetime.date | None:
    """A day of Iran's calendar, 1178 to 1633.

    By the 33-year cycle, which gives the astronomical leap years of that span (K. M. Borkowski,
    *The Persian calendar for 3000 years*, Earth, Moon, and Planets 74, 1996).
    """
    leap = (25 * year + 11) % 33 < 8
    longest = 31 if month <= 6 else 30 if month <= 11 or leap else 29
    if not (1 <= month <= 12 and 1 <= day <= longest):
        return None
    years = _days_before(year) - _days_before(1394)
    return datetime.date.fromordinal(_NOWRUZ_1394 + years + _MONTH_STARTS[month - 1] + day - 1)


def _days_before(year: int) -> int:
    return 365 * (year - 1) + (8 * year + 21) // 33


SOLAR_MONTHS = {
    name: number
    for number, name in enumerate(
        "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split(), start=1
    )
}
"""Arabic keyboards write the same letters otherwise; ``in_text`` levels them."""
