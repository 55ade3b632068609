"""The filters and functions that templates have: links, and dates in the reader's language."""

from __future__ import annotations

import datetime
import functools
import gettext
import uuid
from typing import TYPE_CHECKING, Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, get_day_names, get_month_names
from babel.numbers import format_decimal
from markupsafe import Markup

from archive_gen import urls
from archive_gen.dates import ArchiveDate, parse_date

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from archive_gen.article import Article
    from archive_gen.catalogue import Entry, Row
    from archive_gen.config import SiteConfig

TRANSLATIONS = gettext.NullTranslations()
"""Of the interface's texts, which are in English so far."""

# A name space of our own: feed ids stay the same wherever the archive is published.
_ENTRY_IDS = uuid.uuid5(uuid.NAMESPACE_URL, "archive-gen:entry")


def filters_for(config: SiteConfig) -> Mapping[str, Callable[..., Any]]:
    """Name → filter. ``docs/templates.md`` describes each with an example."""
    locale = find_locale(config.language)
    period = functools.cache(functools.partial(_long_period, locale))
    return {
        "link": lambda url: Markup(urls.link(url)),  # noqa: S704 (quoted there)
        "period_url": urls.period_url,
        "absolute": lambda url: Markup(urls.absolute(config.base_url, url)),  # noqa: S704
        "long_date": lambda date: _long_date(date, period),
        "long_period": period,
        "month_name": lambda month: get_month_names("wide", "stand-alone", locale)[month],
        "iso": _machine_date,
        "rfc3339": _rfc3339,
        "number": lambda number: format_decimal(number, locale=locale),
        "direction": direction,
    }


def functions_for(config: SiteConfig) -> Mapping[str, Callable[..., Any]]:
    """Name → function that templates can call."""
    locale = find_locale(config.language)
    return {
        "language_name": functools.partial(_language_name, locale),
        "weekday_names": functools.partial(_weekdays, locale),
        "entry_id": entry_id,
        "news_article": functools.partial(news_article, config.base_url),
        "site_id": lambda: uuid.uuid5(_ENTRY_IDS, config.title).urn,
    }


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


def entry_id(entry: Entry) -> str:
    """A permanent identifier for feeds, which holds wherever the site is published."""
    return uuid.uuid5(_ENTRY_IDS, entry.path).urn


def news_article(base_url: str, entry: Row, article: Article, url: str) -> dict[str, Any]:
    """What schema.org calls a ``NewsArticle``: https://schema.org/NewsArticle.

    It can't say "about", so only a date that is known without doubt is given.
    """
    date = entry.date
    certain = date and not (date.approximate or date.uncertain or date.end)
    people = [{"@type": "Person", "name": name} for name in article.authors]
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": entry.title,
        "inLanguage": entry.language,
        "description": entry.summary,
        "datePublished": _machine_date(date) if date and certain else "",
        "keywords": article.tags,
        "contentLocation": {"@type": "Place", "name": entry.place} if entry.place else None,
        "publisher": {"@type": "Organization", "name": entry.source} if entry.source else None,
        "author": people,
        "url": urls.absolute(base_url, url) if base_url else "",
        "isBasedOn": article.url,
    }
    return {name: value for name, value in facts.items() if value}


def _long_period(locale: Locale, period: str) -> str:
    year, month, day = (int(part) for part in (period + "-01-01")[:10].split("-"))
    date = datetime.date(year, month, day)
    if len(period) == 4:
        return period
    if len(period) == 7:
        return format_skeleton("yMMMM", date, locale=locale)
    return format_date(date, "long", locale=locale)


def _parsed(date: ArchiveDate | str) -> ArchiveDate:
    """A hit of a search has its date as text."""
    return parse_date(date) if isinstance(date, str) else date


def _long_date(date: ArchiveDate | str, period: Callable[[str], str]) -> str:
    date = _parsed(date)
    start = "-".join(
        [f"{date.year:04}"] + [f"{part:02}" for part in (date.month, date.day) if part]
    )
    text = f"{period(start)} – {period(date.end)}" if date.end else period(start)
    if date.approximate:
        text = TRANSLATIONS.gettext("about %(date)s") % {"date": text}
    if date.uncertain:
        text = TRANSLATIONS.gettext("%(date)s (uncertain)") % {"date": text}
    return text


def _machine_date(date: ArchiveDate | str) -> str:
    """What HTML's ``datetime`` attribute takes: no qualifiers, no intervals."""
    date = _parsed(date)
    text = f"{date.year:04}"
    if date.month:
        text += f"-{date.month:02}"
    if date.day:
        text += f"-{date.day:02}"
    if date.time:
        _, _, clock = date.text.replace(" ", "T").partition("T")
        text += f"T{clock.rstrip('~?%')}"
    return text


def _rfc3339(date: ArchiveDate) -> str:
    """A full time stamp for feeds: what is not known is the beginning of what is."""
    text = f"{date.year:04}-{date.month or 1:02}-{date.day or 1:02}"
    zone = "Z"
    if date.time:
        _, _, clock = date.text.replace(" ", "T").partition("T")
        zone = clock.removeprefix(date.time).strip(" ~?%") or "Z"
        if len(zone) == 5:  # +0300
            zone = f"{zone[:3]}:{zone[3:]}"
    clock = date.time or "00:00:00"
    return f"{text}T{clock if len(clock) > 5 else clock + ':00'}{zone}"


def _language_name(locale: Locale, tag: str) -> str:
    return find_locale(tag).get_display_name(locale) or tag


def _weekdays(locale: Locale) -> list[tuple[str, str]]:
    """Narrow and full names from Monday."""
    narrow = get_day_names("narrow", "stand-alone", locale)
    wide = get_day_names("wide", "stand-alone", locale)
    return [(narrow[day], wide[day]) for day in range(7)]
