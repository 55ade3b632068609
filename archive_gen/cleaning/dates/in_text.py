"""Dates as news pages write them, in many languages and digits."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive_gen.cleaning.dates.calendars import (
    ERAS,
    ETHIOPIAN_MONTHS,
    SOLAR_MONTHS,
    ethiopian,
    of_era,
    solar_hijri,
    to_gregorian,
)
from archive_gen.cleaning.dates.names import ages_by_letter, fold, names
from archive_gen.scripts import UNSPACED

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = r"(?P<name>[^\W\d_][^\d\n]{0,29}?)"
_ORDINAL = r"(?:st|nd|rd|th|er|re|º|°|ª|-?(?:го|е|ее)|ই|শে|লা|রা|ঠা)?"
_LINK = r"[\s.,،፣\-/]{0,9}(?:(?<!\w)(?:del?|of|da|di|van|năm)\s{1,9}|[พค]\.ศ\.\s*|d['’])?"
_DAY = r"(?<![\d./:-])(?P<day>\d{1,2})"
_YEAR = r"(?P<year>\d{4})(?:(?!\d)|(?=\d{1,2}\s?min|\d{1,2}\.?\s[^\W\d_]{3,12}\.?\s\d{4}))"
"""The minutes that reading takes may stick to it (``20255 mins``), and the same date for those
who do not see it (``4 May 20194 May 2019``)."""
_FLAGS = re.IGNORECASE
_NUMERIC = re.compile(
    r"(?<![\d./-])(?P<first>\d{1,2})(?P<mark>\u200f?[/.-]|\s\|)\s?(?P<second>\d{1,2})(?P=mark)\s?"
    + _YEAR
)
_HAN = "[〇零一二三四五六七八九十]"
_PATTERNS = (
    re.compile(
        r"(?<![\d./-])(?P<year>\d{4})(?P<mark>[-/.])\s?(?P<month>\d{1,2})(?P=mark)\s?"
        r"(?P<day>\d{1,2})(?!\d)"
    ),
    re.compile(
        r"(?P<year>\d{4})\)?\s?[年년](?:[（(][^()（）]{1,8}[）)])?\s?"
        r"(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日号號일]"
    ),
    re.compile(
        rf"(?P<era>{ERAS})?\s?(?P<counted>元|\d{{1,3}}|{_HAN}{{1,4}})年\s?"
        rf"(?P<month>\d{{1,2}}|{_HAN}{{1,3}})月\s?(?P<day>\d{{1,2}}|{_HAN}{{1,3}})日"
    ),
    re.compile(
        _DAY
        + r"\s?(?P<name>[\u0e01-\u0e4e.]{4,12})\s?(?:พ\.ศ\.\s?)?(?P<short>[4-7๔-๗]\d)(?![\d.:])"
    ),
    _NUMERIC,
    re.compile(_DAY + r"\s+(?:tháng|thg)\s+(?P<month>\d{1,2})(?:\s*,|\s+năm)?\s+" + _YEAR, _FLAGS),
    re.compile(_DAY + r"(?P<dot>\.?)" + _ORDINAL + _LINK + _NAME + _LINK + _YEAR, _FLAGS),
    re.compile(
        r"(?P<name>[^\s\d.,;:()|/\"]{2,20})\.?\s*(?P<day>\d{1,2})"
        + _ORDINAL
        + r"(?:[,،፣.]\s*|(?:\s+ቀን)?\s+)"
        + _YEAR,
        _FLAGS,
    ),
    re.compile(
        r"(?<!\d)(?P<year>\d{4})(?:\.|,|-|\s*m\.|e?ko)?\s*"
        + _NAME
        + r"[\s.-]*(?P<day>\d{1,2})(?!\d)"
    ),
    re.compile(r"(?<!\d)(?P<year>\d{4})\. gada (?P<day>\d{1,2})\. (?P<name>[^\W\d_]+)"),
)
_YEAR_DIGITS = re.compile(r"(?<!\d)" + _YEAR + r"|年|[\u0e01-\u0e4e.]\s?\d\d(?!\d)")
"""What each date has; most lines have none."""
_OF_ETHIOPIA = re.compile(r"ዓ\s?[.፡/]?\s?ም")
_OF_EUROPE = re.compile(r"እ\s?[.፡/]?\s?[ኤአ]\s?[.፡/]?\s?አ")
SHORT_TIMED = re.compile(
    r"(?<!\d)(?P<first>\d\d)(?P<mark>[./])(?P<second>\d\d)(?P=mark)\d\d,? .{0,3}\d{1,2}:\d\d"
)
"""``04.28.05, 1:21 PM``: a year of two digits, and a time that tells that it is a date."""
_CLOCK = re.compile(r"\d{1,2}\s?[:.h]\s?\d\d(?!\d)|\d{1,2}\s?(?:a\.?m|p\.?m|uhr|時|点|시)", _FLAGS)
_CAPITALS = re.compile(r"(?<=[a-z])[A-Z]{3,}$")
_NO_SPACES = re.compile(f"[{UNSPACED}]")
_LONGEST_AGE = 200


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a line."""

    date: str
    """EDTF: to the day, or the year alone when day and month can't be told apart."""
    before: str
    """The line before the date, and after it."""
    after: str
    open: bool = False
    """Whether day and month can't be told apart."""


@dataclass(frozen=True, slots=True)
class Age:
    """How long ago: ``3 hours ago``, ``yesterday``."""

    count: int
    unit: str
    """A minute, hour, day, week, month or year."""
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of a text that tells how its dates are to be read."""

    day_first: bool | None = None
    """Whether ``04/05/2015`` is a day of May; None if nobody knows."""
    latest: datetime.date | None = None
    """The day on which it was fetched: what names a later one is no date."""


NOTHING_KNOWN = Reading()


def find_date(text: str, reading: Reading = NOTHING_KNOWN) -> FoundDate | None:
    """The first full date in ``text``; None if there is none that exists."""
    return next(find_dates(text, reading), None)


def find_dates(text: str, reading: Reading = NOTHING_KNOWN) -> Iterator[FoundDate]:
    """Every full date in ``text``, in order."""
    if not _YEAR_DIGITS.search(text):
        return
    matches = [match for pattern in _PATTERNS for match in pattern.finditer(text)]
    end = 0
    for match in sorted(matches, key=lambda match: match.start()):
        days = _days(match, text, reading) if match.start() >= end else ()
        possible = {day for day in days if not reading.latest or day <= reading.latest}
        if possible:
            end = match.end()
            date = min(possible)
            edtf = date.isoformat() if len(possible) == 1 else f"{date.year:04}"
            before, after = text[: match.start() + _glued(match)], text[match.end() :]
            yield FoundDate(edtf, before, after, len(possible) > 1)


def _days(match: re.Match[str], text: str, reading: Reading) -> set[datetime.date]:
    """The days that a match can mean."""
    parts = match.groupdict()
    if "counted" in parts:
        return _of_east_asia(parts)
    year = int(parts.get("year") or f"25{parts['short']}")
    if parts.get("name", "") in ETHIOPIAN_MONTHS:
        days = _ethiopian(match, year)
    elif "name" in parts:
        months = _months(parts["name"][_glued(match) :], year)
        # Who means October by it puts a dot after the day, and after the year; Polish, which means
        # November, after neither.
        if not parts.get("dot"):
            months = months[-1:]
        elif match.string.startswith(".", match.end()):
            months = months[:1]
        days = {_named(year, month, int(parts["day"]), text) for month in months}
    elif "first" in parts:
        numbers = (int(parts["first"]), int(parts["second"]))
        # Dots mean that the day is first, unless who writes them is known to put the month first.
        order = reading.day_first
        order = True if order is None and parts["mark"] == "." else order
        days = _in_order(year, numbers, text, day_first=order)
    else:
        days = {to_gregorian(year, int(parts["month"]), int(parts["day"]), text)}
    return {day for day in days if day}


def _of_east_asia(parts: dict[str, str | None]) -> set[datetime.date]:
    """``令和元年8月18日``, ``民國104年10月13日``, ``二〇一五年十月十三日``."""
    counted, era = parts["counted"] or "", parts["era"]
    year, month, day = (_number(parts[part] or "") for part in ("counted", "month", "day"))
    if era:
        date = of_era(era, year, month, day)
    else:
        date = to_gregorian(year, month, day, "") if len(counted) == 4 else None
    return {date} if date else set()


def _number(text: str) -> int:
    """``13``, ``十三``, ``二十``, ``二〇一五``; 元 is the first year."""
    if text.isdecimal():
        return int(text)
    if text == "元":
        return 1
    tens, ten, ones = text.rpartition("十")
    if ten:
        return 10 * (_number(tens) if tens else 1) + (_number(ones) if ones else 0)
    return int("".join(str("〇一二三四五六七八九".find(c)) for c in text.replace("零", "〇")))


def _ethiopian(match: re.Match[str], year: int) -> set[datetime.date | None]:
    """Where the month comes first, or the era is told; elsewhere the year may be of Europe's."""
    after = match.string[match.end() : match.end() + 8]
    is_first = match.start("name") < match.start("day")
    told = is_first or _OF_ETHIOPIA.search(after)
    if not told or _OF_EUROPE.search(match.string):
        return set()
    return {ethiopian(year, ETHIOPIAN_MONTHS[match["name"]], int(match["day"]))}


def _glued(match: re.Match[str]) -> int:
    """How many letters of something else stick to the name of a month (``SmithDec. 22``)."""
    name = match.groupdict().get("name") or ""
    name = name if match[0].startswith(name) else ""
    if _months(name, 2000):
        return 0
    last = max((i for i, letter in enumerate(name) if letter.isupper()), default=0)
    if name[last + 1 :].islower():
        return last
    capitals = _CAPITALS.search(name)
    return capitals.start() if capitals else 0


def _in_order(
    year: int, numbers: tuple[int, int], text: str, *, day_first: bool | None
) -> set[datetime.date | None]:
    """Month and day in the order that is known; else in each that gives a day that exists."""
    first, second = numbers
    by_order = {
        True: to_gregorian(year, second, first, text),
        False: to_gregorian(year, first, second, text),
    }
    known = by_order[day_first] if day_first is not None else None
    return {known} if known else set(by_order.values())


def _named(year: int, month: int, day: int, text: str) -> datetime.date | None:
    if 1300 <= year <= 1499:
        return solar_hijri(year, month, day)
    return to_gregorian(year, month, day, text)


def _months(name: str, year: int) -> tuple[int, ...]:
    """The numbers of the months that ``name`` can mean; empty if it is none."""
    if 1300 <= year <= 1499:
        return tuple(filter(None, [SOLAR_MONTHS.get(_solar_name(name))]))
    months = names().months
    for part in (name, *name.split("/"), name.removeprefix("ב")):
        numbers = months.get(fold(part.strip(" \t.,-–—•·*|\"'’‘“”«»")))
        if numbers:
            return numbers
    return ()


def _solar_name(name: str) -> str:
    """``مهرماه``, or with the letters of an Arabic keyboard, as the table spells it."""
    return name.replace("ي", "ی").strip().removesuffix("ماه").strip(" \u200c")


def date_order(text: str) -> bool | None:
    """Whether numeric dates in ``text`` put the day first (``25/12/2015``) or the month.

    None if no date in it tells, or if they disagree.
    """
    orders = set()
    for match in (*_NUMERIC.finditer(text), *SHORT_TIMED.finditer(text)):
        first, second = int(match["first"]), int(match["second"])
        if 1 <= min(first, second) <= 12 < max(first, second) <= 31:
            orders.add(first > second)
    return orders.pop() if len(orders) == 1 else None


def find_age(text: str) -> Age | None:
    """How long ago a short line says that something was; None if it does not.

    A day by its name (``yesterday``) counts beside a clock time, or when it is all of the line:
    ``Today`` is as often the name of a page.
    """
    line = fold(text)
    if len(line) > _LONGEST_AGE:
        return None
    best: Age | None = None
    for number in re.finditer(r"(?<![\d.,:])\d{1,3}(?![\d.,:])", line):
        letters = {line[number.end() :].lstrip()[:1], line[: number.start()].rstrip()[-1:]}
        near = [age for letter in sorted(letters) for age in ages_by_letter().get(letter, ())]
        for before, after, unit in near:
            start, end = number.start() - len(before), number.end() + len(after)
            if (
                line.startswith(after, number.end())
                and start >= 0
                and line.startswith(before, start)
                and _stands_alone(line, start, end)
                and (best is None or len(best.before) + len(best.after) > len(line) - end + start)
            ):
                best = Age(int(number[0]), unit, line[:start], line[end:])
    return best or _day_by_name(line)


def _day_by_name(line: str) -> Age | None:
    timed = bool(_CLOCK.search(line))
    if not timed and not names().days_ago.get(line):
        return None
    for name, days in names().days_ago.items():
        start = line.find(name)
        if start < 0:
            continue
        if _stands_alone(line, start, start + len(name)):
            return Age(days, "day", line[:start], line[start + len(name) :])
    return None


def _stands_alone(line: str, start: int, end: int) -> bool:
    """Whether no letter touches ``line[start:end]``, where the script parts words at all."""
    touched = line[start - 1 : start].isalpha() or line[end : end + 1].isalpha()
    return not touched or bool(_NO_SPACES.search(line[start:end]))


def is_weekday(word: str) -> bool:
    """Whether ``word`` is the name of a day of the week in any language we know."""
    return fold(word.strip(",")) in names().weekdays


def is_month(word: str) -> bool:
    """Whether ``word`` is the name of a month in any language we know."""
    return fold(word) in names().months
