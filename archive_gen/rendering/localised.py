"""Dates, periods and names of languages in the site's language, and dates as machines read them."""

from __future__ import annotations

import datetime
import functools
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, get_day_names

from archive_gen.dates import ArchiveDate, parse_date

if TYPE_CHECKING:
    import gettext
    from collections.abc import Callable


def find_locale(language: str) -> Locale:
    """CLDR data for a BCP 47 tag: of its nearest known ancestor, at last English."""
    parts = language.split("-")
    while parts:
        try:
            return Locale.parse("-".join(parts), sep="-")
        except (UnknownLocaleError, ValueError):
            parts.pop()
    return Locale("en")


@functools.cache
def direction(language: str) -> str:
    """``rtl`` or ``ltr``: how a language is written."""
    return find_locale(language).text_direction


def language_name(locale: Locale, tag: str) -> str:
    """The name of the language ``tag``, as ``locale`` says it."""
    return find_locale(tag).get_display_name(locale) or tag


def news_language(tag: str) -> str:
    """As news sitemaps want it: two letters, but for the two ways to write Chinese."""
    locale = find_locale(tag)
    if locale.language == "zh":
        written = locale.script or ("Hant" if locale.territory in ("TW", "HK", "MO") else "")
        return "zh-tw" if written == "Hant" else "zh-cn"
    return locale.language


def weekday_names(locale: Locale) -> list[tuple[str, str]]:
    """Narrow and full names from Monday."""
    narrow = get_day_names("narrow", "stand-alone", locale)
    wide = get_day_names("wide", "stand-alone", locale)
    return [(narrow[day], wide[day]) for day in range(7)]


@functools.cache
def periods_in(locale: Locale) -> Callable[[str], str]:
    """One function for all filters: Babel takes long, so each period is asked for once."""
    return functools.cache(functools.partial(_long_period, locale))


def _long_period(locale: Locale, period: str) -> str:
    year, month, day = (int(part) for part in (period + "-01-01")[:10].split("-"))
    date = datetime.date(year, month, day)
    if len(period) < 10:
        return format_skeleton("y" if len(period) == 4 else "yMMMM", date, locale=locale)
    return format_date(date, "long", locale=locale)


@functools.cache
def long_dates_in(
    period: Callable[[str], str], texts: gettext.NullTranslations
) -> Callable[[ArchiveDate | str], str]:
    """One function for all, so that a date in words is put together once for all its rows."""

    @functools.lru_cache(maxsize=1 << 12)
    def long_date(date: ArchiveDate | str) -> str:
        return _long_date(date, period, texts)

    return long_date


def _long_date(
    date: ArchiveDate | str, period: Callable[[str], str], texts: gettext.NullTranslations
) -> str:
    date = _parsed(date)
    start = "-".join(
        [f"{date.year:04}"] + [f"{part:02}" for part in (date.month, date.day) if part]
    )
    text = f"{period(start)} – {period(date.end)}" if date.end else period(start)
    if date.approximate:
        text = texts.gettext("about %(date)s") % {"date": text}
    if date.uncertain:
        text = texts.gettext("%(date)s (uncertain)") % {"date": text}
    return text


@functools.lru_cache(maxsize=1 << 12)
def machine_date(date: ArchiveDate | str) -> str:
    """What HTML's ``datetime`` attribute takes: no qualifiers, no intervals."""
    date = _parsed(date)
    text = f"{date.year:04}"
    if date.month:
        text += f"-{date.month:02}"
    if date.day:
        text += f"-{date.day:02}"
    if date.time:
        text += f"T{date.time}{_zone(date)}"
    return text


def rfc3339(date: ArchiveDate | None) -> str:
    """A full time stamp for feeds: what is not known is the beginning of what is.

    Atom wants one of undated articles, too. It is the beginning of all computers' time.
    """
    if not date:
        return "1970-01-01T00:00:00Z"
    text = f"{date.year:04}-{date.month or 1:02}-{date.day or 1:02}"
    clock = date.time or "00:00:00"
    zone = _zone(date) if date.time else ""
    return f"{text}T{clock if len(clock) > 5 else clock + ':00'}{zone or 'Z'}"


def _zone(date: ArchiveDate) -> str:
    """What stands behind its clock time."""
    return date.text.partition(date.time)[2].rstrip("~?%")


def _parsed(date: ArchiveDate | str) -> ArchiveDate:
    """A hit of a search has its date as text."""
    return parse_date(date) if isinstance(date, str) else date


def gap(earlier: str, later: str) -> tuple[str, str] | None:
    """The first and the last period between two of the same length; None if they touch."""
    first, last = _count_of(earlier) + 1, _count_of(later) - 1
    if first > last:
        return None
    return (_period_at(first, len(later)), _period_at(last, len(later)))


def _count_of(period: str) -> int:
    year, month, day = (int(part) for part in (period + "-01-01")[:10].split("-"))
    if len(period) == 10:
        return datetime.date(year, month, day).toordinal()
    return year if len(period) == 4 else year * 12 + month - 1


def _period_at(count: int, length: int) -> str:
    if length == 10:
        return datetime.date.fromordinal(count).isoformat()
    return f"{count:04}" if length == 4 else f"{count // 12:04}-{count % 12 + 1:02}"
