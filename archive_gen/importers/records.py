"""A record with named fields (a JSON object, a row of a table) → ``RawDocument``.

The names are those that crawlers and schema.org use; the first of a line that is filled counts.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from archive_gen.article import ARTICLE, HTML, PLAIN, Image, RawDocument
from archive_gen.dates import ArchiveDate, parse_date
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PAGE = ("html", "raw_html", "html_content", "content_html")
_DUMP = ("raw_text", "dump")
_STORY = ("maintext", "articleBody", "body", "article_body", "content", "content_text", "full_text")
_TITLE = ("title", "headline", "title_page", "name")
_DATE = (
    "date",
    "date_publish",
    "datePublished",
    "date_published",
    "published",
    "published_at",
    "publishedAt",
    "publish_date",
    "pubDate",
    "pub_date",
    "publication_date",
)
_SUMMARY = ("summary", "description", "standfirst", "subtitle", "alternativeHeadline", "excerpt")
_AUTHORS = ("authors", "author", "creator", "byline")
_SOURCE = (
    "source",
    "source_name",
    "publisher",
    "site_name",
    "sitename",
    "source_domain",
    "hostname",
)
_TAGS = ("tags", "keywords")
_LANGUAGE = ("language", "inLanguage", "lang")
_URL = ("url", "link", "permalink", "mainEntityOfPage", "@id")
_PLACE = ("place", "dateline", "contentLocation", "locationCreated")
_IMAGES = ("images", "image")
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_WEB_ADDRESS = re.compile(r"https?://[^\s/?#<>\"]+[^\s<>\"]*", re.IGNORECASE)
_LIST = re.compile(r"(?<!\s)\s*[;,]\s*")
_BY = re.compile(r"by\s+(?=\S)", re.IGNORECASE)


def document(name: str, record: Mapping[str, Any]) -> RawDocument | Problem:
    """What ``record`` holds; the text as it was is its original.

    HTML and ``raw_text`` are cleaned. ``text`` is a dump to clean too, unless there is a title
    beside it: then a crawler has cleaned it, as it has ``maintext`` and ``articleBody``.
    """
    known = known_values(record)
    page, dump, story = (_text(record, names) for names in (_PAGE, _DUMP, _STORY))
    text = _text(record, ("text",))
    if page:
        return RawDocument(name, _bytes(page), page, HTML, known)
    if dump or (text and not story and "title" not in known):
        return RawDocument(name, _bytes(dump or text), dump or text, PLAIN, known)
    if story or text:
        return RawDocument(name, _bytes(story or text), story or text, PLAIN + ARTICLE, known)
    hint = "known fields for it: html, raw_text, text, maintext, articleBody, body, content"
    return Problem(name, 0, "has no text", hint)


def known_values(record: Mapping[str, Any]) -> dict[str, Any]:
    """The front matter that a record states; what can't be understood is left out."""
    found: dict[str, Any] = {
        "title": _line(_first(record, _TITLE)),
        "date": _date(record),
        "summary": _line(_first(record, _SUMMARY)),
        "authors": _names(_first(record, _AUTHORS)),
        "source": _line(_first(record, _SOURCE)),
        "tags": _names(_first(record, _TAGS)),
        "language": _matching(_LANGUAGE_TAG, _line(_first(record, _LANGUAGE)).replace("_", "-")),
        "url": _url(record),
        "place": _line(_first(record, _PLACE)),
        "images": _images(_first(record, _IMAGES)),
    }
    return {key: value for key, value in found.items() if value}


def read_date(text: str) -> ArchiveDate | None:
    """An ISO date as machines write it (``2015-10-07 14:05:00``, with or without zone)."""
    try:
        return parse_date(re.sub(r"(\d)\s*(?:UTC|GMT)$", r"\1Z", text.strip()))
    except ValueError:
        pass
    match = re.match(r"\s*(\d{4}-\d\d-\d\d)(?!\d)", text)
    try:
        return parse_date(match[1]) if match else None
    except ValueError:
        return None


def _first(record: Mapping[str, Any], names: Iterable[str]) -> Any:
    return next((record[name] for name in names if record.get(name)), None)


def _text(record: Mapping[str, Any], names: Iterable[str]) -> str:
    values = (record.get(name) for name in names)
    text = next((value for value in values if isinstance(value, str) and value.strip()), "")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _bytes(text: str) -> bytes:
    # A lone surrogate, which JSON can name, is no text.
    return text.encode("utf-8", "replace")


def _line(value: Any) -> str:
    """A string as one line; of an object, its name."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("headline")
    elif isinstance(value, (list, tuple)) and value:
        return _line(value[0])
    text = value if isinstance(value, str) else ""
    return " ".join(html.unescape(text).encode("utf-8", "replace").decode("utf-8").split())


def _names(value: Any) -> tuple[str, ...]:
    """A list of names, however it is written."""
    if isinstance(value, str):
        parts: list[str] = _LIST.split(_BY.sub("", _line(value), count=1))
    elif isinstance(value, (list, tuple)):
        parts = [_line(item) for item in value]
    else:
        parts = [_line(value)]
    return tuple(dict.fromkeys(part for part in parts if part))


def _date(record: Mapping[str, Any]) -> ArchiveDate | None:
    values = (record.get(name) for name in _DATE)
    dates = (read_date(value) for value in values if isinstance(value, str))
    return next((date for date in dates if date), None)


def _url(record: Mapping[str, Any]) -> str:
    for name in _URL:
        value = record.get(name)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        found = _matching(_WEB_ADDRESS, value.strip() if isinstance(value, str) else "")
        if found:
            return found
    return ""


def _matching(pattern: re.Pattern[str], text: str) -> str:
    return text if pattern.fullmatch(text) else ""


def _images(value: Any) -> tuple[Image, ...]:
    """Pictures of which a caption or credit is told."""
    items = value if isinstance(value, (list, tuple)) else [value]
    images = (
        Image(_line(item.get("caption")), _line(item.get("credit") or item.get("creditText")))
        for item in items
        if isinstance(item, dict)
    )
    return tuple(dict.fromkeys(image for image in images if image.caption or image.credit))
