"""Dates with a year of two digits, as pages show them below the headline: ``25.04.24``.

Elsewhere they are too easily something else, so only the lines of a header are read.
"""

from __future__ import annotations

import contextlib
import datetime
import re
from typing import TYPE_CHECKING

from archive_gen.scripts import HANGUL, KANA_AND_HAN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.cleaning.base import Page

_SHORT_DATE = re.compile(
    r"(?<![\d./])(?P<first>\d{1,2})(?P<mark>[./])(?P<second>\d{1,2})(?P=mark)(?P<year>\d\d)(?![\d./])"
)
_YEAR_FIRST = re.compile(f"[{KANA_AND_HAN}{HANGUL}]")
"""Where these are written, ``25.04.24`` is the 24th of April 2025."""
_RECORDING = re.compile(r"(?:audio|video|podcast|sendung)\b", re.IGNORECASE)
_CENTURIES = {**dict.fromkeys(range(50), 2000), **dict.fromkeys(range(70, 100), 1900)}
_MOST_WORDS = 16


def short_days(text: str) -> dict[bool, datetime.date]:
    """Whether the day comes first → which day that is, if it exists; the year stands last.

    Empty if ``text`` tells no such date.
    """
    match = _SHORT_DATE.search(text)
    if not match:
        return {}
    first, second, year = (int(match[name]) for name in ("first", "second", "year"))
    days = {}
    for order, day, month in ((True, first, second), (False, second, first)):
        if year in _CENTURIES:
            with contextlib.suppress(ValueError):
                days[order] = datetime.date(_CENTURIES[year] + year, month, day)
    return days


def short_dated(page: Page) -> Iterator[int]:
    """The lines of the header that tell such a date, neither sentences nor of a recording."""
    for index in page.header():
        block = page.blocks[index]
        is_short = block.words <= _MOST_WORDS and not block.ends
        if is_short and _SHORT_DATE.search(block.text) and not _is_else(block.text):
            yield index


def _is_else(text: str) -> bool:
    return bool(_YEAR_FIRST.search(text) or is_of_recording(text))


def is_of_recording(text: str) -> bool:
    """Whether a line speaks of a recording or a broadcast."""
    return bool(_RECORDING.match(text))
