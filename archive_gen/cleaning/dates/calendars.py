"""Years of other calendars that news pages count in, as Gregorian dates."""

from __future__ import annotations

import datetime
import re

EARLIEST, LATEST = 1500, 2199
"""A Gregorian year outside is a number of something else."""
_BUDDHIST = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff]|\A[\W\d_]*\Z")
"""Thai, Lao or Khmer; or nothing but numbers: no other calendar has such years."""
_DEVANAGARI_DIGIT = re.compile(r"[\u0966-\u096f]")
_PERSIAN_DIGIT = re.compile(r"[\u06f0-\u06f9]")
_TELLS = 1000
"""Characters of a text that tell its script: of a long one with many dates not all, for each."""
_BUDDHIST_ERA = 543
_LAST_APRIL_YEAR = 2482
"""Up to it Thailand's years began in April, so that its January is of the next year of ours."""
_NOWRUZ_1394 = datetime.date(2015, 3, 21).toordinal()
_MONTH_STARTS = (0, 31, 62, 93, 124, 155, 186, 216, 246, 276, 306, 336)


def to_gregorian(year: int, month: int, day: int, text: str) -> datetime.date | None:
    """The day that ``text`` means; None if there is none.

    Thai text counts from the Buddha (2558 is 2015). Numbers in Persian digits are of the solar
    calendar when the year is 1300 to 1499; then ``month`` 1 is Farvardin. Nepal's years, 57 ahead
    and in Devanagari digits, are not read.
    """
    if 2400 <= year <= 2699 and _BUDDHIST.search(text, 0, _TELLS):
        year -= _BUDDHIST_ERA - (year <= _LAST_APRIL_YEAR and month < 4)
    elif 2050 <= year <= 2099 and _DEVANAGARI_DIGIT.search(text, 0, _TELLS):
        return None
    elif 1300 <= year <= 1499 and _PERSIAN_DIGIT.search(text, 0, _TELLS):
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


_ERAS = {
    "明治": (1867, (1873, 1, 1), (1912, 7, 29)),  # before, its months were the moon's
    "大正": (1911, (1912, 7, 30), (1926, 12, 24)),
    "昭和": (1925, (1926, 12, 25), (1989, 1, 7)),
    "平成": (1988, (1989, 1, 8), (2019, 4, 30)),
    "令和": (2018, (2019, 5, 1), (2199, 12, 31)),
    "民國": (1911, (1912, 1, 1), (2199, 12, 31)),
    "民国": (1911, (1912, 1, 1), (2199, 12, 31)),
}
"""Era of Japan, or that of the Republic of China → the year before its first, its first day and its
last."""
ERAS = "|".join(_ERAS)
"""A pattern of their names."""


def of_era(era: str, year: int, month: int, day: int) -> datetime.date | None:
    """A day of an emperor's reign or of the Republic; None if it is not of that time."""
    before, first, last = _ERAS[era]
    date = (before + year, month, day)
    try:
        return datetime.date(*date) if first <= date <= last else None
    except ValueError:
        return None


_ETHIOPIAN_SPELLINGS = (
    "መስከረም",
    "ጥቅምት",
    "ኅዳር ህዳር ሕዳር ኀዳር",
    "ታኅሣሥ ታህሳስ ታኅሳስ ታህሣሥ ታሕሳስ",
    "ጥር",
    "የካቲት",
    "መጋቢት",
    "ሚያዝያ ሚያዚያ",
    "ግንቦት",
    "ሰኔ",
    "ሐምሌ ሀምሌ ሃምሌ ኀምሌ",
    "ነሐሴ ነሀሴ ነሃሴ",
    "ጳጉሜን ጳጉሜ ጷግሜን",
)
ETHIOPIAN_MONTHS = {
    name: number
    for number, names in enumerate(_ETHIOPIAN_SPELLINGS, start=1)
    for name in names.split()
}
_MESKEREM_2008 = datetime.date(2015, 9, 12).toordinal()


def ethiopian(year: int, month: int, day: int) -> datetime.date | None:
    """A day of Ethiopia's calendar: twelve months of thirty days, and the rest of the year.

    The year before each that can be divided by four has one day more.
    """
    longest = 30 if month <= 12 else 6 if year % 4 == 3 else 5
    if not (1 <= month <= 13 and 1 <= day <= longest and EARLIEST <= year <= LATEST):
        return None
    years = 365 * (year - 2008) + year // 4 - 2008 // 4
    return datetime.date.fromordinal(_MESKEREM_2008 + years + 30 * (month - 1) + day - 1)
