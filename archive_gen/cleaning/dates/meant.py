"""How a date is to be written that a person has written in another form."""

from __future__ import annotations

import re

from archive_gen.cleaning.dates.in_text import Reading, find_date
from archive_gen.cleaning.dates.names import fold, names

_DECADE = re.compile(r"(?<!\d)(\d{3})(?:0['’]?s|[XxUu])(?!\w)")
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]+")
_MONTH_NUMBER = re.compile(
    r"(?<![\d/.-])(\d{1,2})[/.-](?=\d{4}(?![\d/.-]))|(?<![\d/.-]\d{4})(?<=\d{4})[/.-](\d{1,2})(?![\d/.-])"
)


def meant_date(text: str) -> str:
    """How a date is written that a person wrote in words, or in another order of numbers; empty if
    nobody can tell."""
    days = (find_date(text, Reading(first)) for first in (None, True, False))
    dates = dict.fromkeys(found.date for found in days if found and not found.open)
    if dates:
        return " or ".join(dates)
    decades, rest = _DECADE.findall(text), _DECADE.sub("", text)
    if decades:
        known = len(decades) == 1 and not _YEAR.search(rest)
        return f"{decades[0]}0/{decades[0]}9" if known else ""
    months = _months_meant(text)
    if len(months) == 1:
        return f"{months[0]}, or {months[0]}~ (approximate),"
    years = _YEAR.findall(text)
    known = not months and len(years) == 1 and not _DIGIT.search(_YEAR.sub("", text))
    return f"{years[0]}, or {years[0]}~ (approximate)," if known else ""


def _months_meant(text: str) -> list[str]:
    """The months that a text with one year may mean: ``Oct 2015``, ``10/2015``, ``2015-10``."""
    years = _YEAR.findall(text)
    if len(years) != 1:
        return []
    numbers = {int(before or after) for before, after in _MONTH_NUMBER.findall(text)}
    named = (names().months.get(fold(word), ()) for word in _WORD.findall(text))
    months = numbers.union(*named)
    return [f"{years[0]}-{month:02}" for month in sorted(months) if 1 <= month <= 12]
