"""Dates as news pages write them, in many languages; month names are CLDR's, through Babel."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from babel import Locale

from archive_gen.dates import parse_date

_LOCALES = (
    "en de fr es pt it nl pl ru uk ar ar_SY ar_MA tr fa he el ro cs sk hu sv da nb fi bg sr "
    "sr_Latn hr sl lt lv et id ms vi hi bn ca az ka"
)
_EAST_ASIAN = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")
_DOTTED = re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4})(?![\d/])")
_YEAR_FIRST = re.compile(r"(?<![\d/])(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?![\d/])")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a line."""

    date: str
    """EDTF to the day; empty if day and month can't be told apart."""
    before: str
    """The line before the date, and after it."""
    after: str


def find_date(text: str) -> FoundDate | None:
    """The first full date in ``text``; None if there is none that exists."""
    plain = _western_digits(text)
    for pattern, order in _patterns():
        match = pattern.search(plain)
        if match:
            found = _check(plain, match, order)
            if found:
                return found
    return None


def is_weekday(word: str) -> bool:
    """Whether ``word`` is the name of a day of the week in any language we know."""
    return word.casefold().strip(".,") in _names()[1]


def _check(text: str, match: re.Match[str], order: str) -> FoundDate | None:
    parts = dict(zip(order.strip("?"), match.groups(), strict=True))
    month = parts["m"]
    number = int(month) if month.isdecimal() else _names()[0][month.casefold().rstrip(".")]
    day = int(parts["d"])
    if order.endswith("?"):
        if day <= 12 and number <= 12 and day != number:
            return FoundDate("", text[: match.start()], text[match.end() :])
        if number > 12:
            day, number = number, day
    try:
        date = parse_date(f"{parts['y']}-{number:02}-{day:02}")
    except ValueError:
        return None
    return FoundDate(date.text, text[: match.start()], text[match.end() :])


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Pattern and the order of year, month and day in it; ``?``: the last two may be swapped."""
    names = sorted(_names()[0], key=len, reverse=True)
    month = r"(?<![^\W\d_])(" + "|".join(map(re.escape, names)) + r")(?![^\W\d_])\.?"
    link = r"(?:\s*(?:de|del|of|da|van|,)\s*|\s*)"
    ordinal = r"(?:st|nd|rd|th|er|º|°|ª|\.|-?(?:го|е))?"
    year = r"(\d{4})(?!\d)"
    flags = re.IGNORECASE
    return (
        (_ISO, "ymd"),
        (_EAST_ASIAN, "ymd"),
        (re.compile(rf"(?<!\d)(\d{{1,2}}){ordinal}{link}{month},?{link}{year}", flags), "dmy"),
        (re.compile(rf"{month}\s*(\d{{1,2}}){ordinal},?\s+{year}", flags), "mdy"),
        (_DOTTED, "dmy"),
        (_YEAR_FIRST, "ymd"),
        (_SLASHED, "dmy?"),
    )


@cache
def _names() -> tuple[dict[str, int], frozenset[str]]:
    """Month name → number, and the names of days, case-folded, without a final dot.

    A name that means two months in two languages is left out.
    """
    months: dict[str, int] = {}
    unclear: set[str] = set()
    days: set[str] = set()
    for locale in map(Locale.parse, _LOCALES.split(" ")):
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale.months[context][width].items():
                    key = name.casefold().rstrip(".")
                    if months.setdefault(key, number) != number:
                        unclear.add(key)
                days.update(n.casefold().rstrip(".") for n in locale.days[context][width].values())
    months.setdefault("sept", 9)
    return {k: n for k, n in months.items() if k not in unclear and not k.isdecimal()}, frozenset(
        days
    )


def _western_digits(text: str) -> str:
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
