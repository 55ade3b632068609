"""The filters and functions that templates have."""

from __future__ import annotations

import functools
import json
import uuid
from typing import TYPE_CHECKING, Any

from babel.dates import get_month_names
from babel.numbers import format_decimal
from babel.units import format_unit
from markupsafe import Markup

from archive_gen import urls
from archive_gen.alphabets import alphabet
from archive_gen.rendering.citations import Citation, citations
from archive_gen.rendering.comparison import compare
from archive_gen.rendering.json_feeds import as_json_feed, json_item
from archive_gen.rendering.localised import (
    direction,
    find_locale,
    gap,
    language_name,
    long_dates_in,
    machine_date,
    news_language,
    periods_in,
    rfc3339,
    weekday_names,
)
from archive_gen.rendering.notes import corrections, notice, rights
from archive_gen.rendering.tables import as_csv, as_json

if TYPE_CHECKING:
    import gettext
    from collections.abc import Callable, Mapping, Sequence

    from babel.core import Locale

    from archive_gen.article import Article
    from archive_gen.catalogue.entry import Row
    from archive_gen.config import SiteConfig
    from archive_gen.pages.values import FeedItem
    from archive_gen.pictures import Picture

# A name space of our own: feed ids stay the same wherever the archive is published.
_ENTRY_IDS = uuid.uuid5(uuid.NAMESPACE_URL, "archive-gen:entry")


_USUAL = {"sort_keys": True}
"""How ``tojson`` calls its encoder, unless it is to indent."""
_ENCODER = json.JSONEncoder(sort_keys=True)

SETTINGS_READ = {
    "absolute": {"base_url"},
    "body": {"image_origins"},
    "citations": {"base_url", "title"},
    "csv_table": {"base_url"},
    "feed_id": {"title"},
    "figures": {"image_origins"},
    "json_feed": {"base_url", "description", "title"},
    "json_table": {"base_url", "title"},
    "lead": {"image_origins"},
    "news_article": {"base_url", "rights"},
    "rights": {"rights"},
    "site_id": {"title"},
}
"""Filter or function → the settings that it reads besides ``language``: a template that calls it
depends on them as if it named them."""


def filters_for(
    config: SiteConfig, texts: gettext.NullTranslations
) -> Mapping[str, Callable[..., Any]]:
    """Name → filter. ``docs/templates.md`` describes each with an example."""
    locale = find_locale(config.language)
    period = periods_in(locale)
    return {
        "link": _link,
        "period_url": urls.period_url,
        "absolute": lambda url: Markup(urls.absolute(config.base_url, url)),  # noqa: S704
        "long_date": long_dates_in(period, texts),
        "long_period": period,
        "month_name": lambda month: get_month_names("wide", "stand-alone", locale)[month],
        "iso": machine_date,
        "rfc3339": rfc3339,
        "number": _numbers_in(locale),
        "file_size": functools.partial(_file_size, locale),
        "direction": direction,
        "initial": alphabet(config.language).initial,
        "news_language": news_language,
    }


def _file_size(locale: Locale, size: int) -> str:
    """As people say it: 84 kB, 1.2 MB."""
    unit, amount = ("megabyte", size / 1e6) if size >= 1e6 else ("kilobyte", max(size / 1e3, 1))
    pattern = "#,##0.#" if unit == "megabyte" and amount < 10 else "#,##0"
    return format_unit(amount, f"digital-{unit}", "short", format=pattern, locale=locale)


def _numbers_in(locale: Locale) -> Callable[[float], str]:
    """Writes numbers; lists show the same small ones again and again."""
    return functools.lru_cache(maxsize=1 << 12)(functools.partial(format_decimal, locale=locale))


@functools.lru_cache(maxsize=1 << 16)
def _link(url: str) -> Markup:
    return Markup(urls.link(url))  # noqa: S704 (quoted there)


def functions_for(
    config: SiteConfig, texts: gettext.NullTranslations
) -> Mapping[str, Callable[..., Any]]:
    """Name → function that templates can call."""
    locale = find_locale(config.language)
    period = periods_in(locale)
    return {
        "_": _text_in(texts),
        "ngettext": functools.partial(_counted_text, texts),
        "citations": functools.partial(_citations, config, period, texts),
        "compare": compare,
        "corrections": corrections,
        "notice": notice,
        "gap": gap,
        "json_feed": functools.partial(_json_feed, config),
        "csv_table": functools.partial(_csv_table, config),
        "json_table": functools.partial(_json_table, config),
        "language_name": functools.partial(language_name, locale),
        "weekday_names": functools.partial(weekday_names, locale),
        "entry_id": entry_id,
        "news_article": functools.partial(news_article, config),
        "rights": functools.partial(rights, config.rights),
        "site_id": lambda: uuid.uuid5(_ENTRY_IDS, config.title).urn,
        "feed_id": lambda url: uuid.uuid5(_ENTRY_IDS, f"{config.title}\n{url}").urn,
    }


def plain_json(value: object, **options: Any) -> str:
    """``json.dumps``, which makes an encoder for each call with options."""
    return _ENCODER.encode(value) if options == _USUAL else json.dumps(value, **options)


def _json_feed(config: SiteConfig, title: str, url: str, entries: Sequence[FeedItem]) -> Markup:
    address = _address(config)
    items = [
        json_item(entry, entry_id(entry), rfc3339(entry.date) if entry.date else "", address)
        for entry in entries
    ]
    return Markup(as_json_feed(config, title, url, items))  # noqa: S704 (no HTML)


def _address(config: SiteConfig) -> Callable[[str], str]:
    """The public address of a url where it is known, else the way there from the page."""
    if config.base_url:
        return functools.partial(urls.absolute, config.base_url)
    return urls.link


def _json_table(
    config: SiteConfig, title: str, url: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> Markup:
    address = _address(config)
    facts = {"archive": config.title, "list": title, "page": address(url)}
    return Markup(as_json(_present(**facts), columns, rows, address))  # noqa: S704 (no HTML)


def _csv_table(config: SiteConfig, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Markup:
    return Markup(as_csv(columns, rows, _address(config)))  # noqa: S704 (no HTML)


def _present(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def entry_id(entry: FeedItem) -> str:
    """A permanent identifier for feeds, which holds wherever the site is published."""
    return uuid.uuid5(_ENTRY_IDS, entry.path).urn


def news_article(
    config: SiteConfig, entry: Row, article: Article, url: str, pictures: Sequence[Picture] = ()
) -> dict[str, Any]:
    """What schema.org calls a ``NewsArticle``: https://schema.org/NewsArticle.

    It can't say "about", so only a date that is known without doubt is given.
    """
    date = entry.date
    certain = date and not (date.approximate or date.uncertain or date.end)
    people = [{"@type": "Person", "name": name} for name in article.authors]
    base_url = config.base_url
    allowed = rights(config.rights, article)
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": entry.title,
        "inLanguage": entry.language,
        "description": entry.summary,
        "datePublished": machine_date(date) if date and certain else "",
        "keywords": article.tags,
        "contentLocation": {"@type": "Place", "name": entry.place} if entry.place else None,
        "publisher": {"@type": "Organization", "name": entry.source} if entry.source else None,
        "author": people,
        "url": urls.absolute(base_url, url) if base_url else "",
        "image": [urls.absolute(base_url, url + picture.name) for picture in pictures]
        if base_url
        else (),
        "isBasedOn": article.url,
        "license": allowed.url,
        "copyrightNotice": "" if allowed.url else allowed.text,
        "correction": [
            {"@type": "CorrectionComment", "text": correction.text}
            | ({"datePublished": machine_date(correction.date)} if correction.date else {})
            for correction in corrections(article)
        ],
    }
    return {name: value for name, value in facts.items() if value}


def _citations(
    config: SiteConfig,
    period: Callable[[str], str],
    texts: gettext.NullTranslations,
    entry: Row,
    article: Article,
) -> list[Citation]:
    return citations(
        entry,
        article,
        address=urls.absolute(config.base_url, entry.url) if config.base_url else article.url,
        archive=config.title,
        date=long_dates_in(period, texts)(entry.date) if entry.date else texts.gettext("undated"),
        plain=texts.gettext("Text"),
    )


def _text_in(texts: gettext.NullTranslations) -> Callable[..., Markup]:
    """``_``. Most texts have no variables and are asked for on every page."""

    @functools.cache
    def plain(text: str) -> Markup:
        return Markup(texts.gettext(text)) % {}  # noqa: S704 (ours; values are escaped)

    def text(text: str, **values: object) -> Markup:
        return Markup(texts.gettext(text)) % values if values else plain(text)  # noqa: S704

    return text


def _counted_text(
    texts: gettext.NullTranslations, one: str, many: str, number: int, **values: object
) -> Markup:
    return Markup(texts.ngettext(one, many, number)) % {"num": number, **values}  # noqa: S704
