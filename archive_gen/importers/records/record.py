"""A record with named fields (a JSON object, a row of a table) → ``RawDocument``.

The names are those that crawlers and schema.org use, in capitals or not, with lines between
their words or not; the first of a list that is filled counts.
"""

from __future__ import annotations

import html
import itertools
import re
from typing import TYPE_CHECKING, Any

from archive_gen.article import ARTICLE, HTML, MARKDOWN, PLAIN, RawDocument
from archive_gen.dates import ArchiveDate
from archive_gen.importers.base import LeftOut
from archive_gen.importers.cms_exports import is_filed
from archive_gen.importers.misread import undone
from archive_gen.importers.record_dates import any_date, read_date
from archive_gen.importers.records.fields import fold_name, is_empty
from archive_gen.importers.records.systems import hidden_kind_of, in_our_words
from archive_gen.importers.records.typed_json import untyped
from archive_gen.importers.records.values import (
    address_of,
    authors_of,
    images_of,
    line_of,
    names_of,
    text_of,
)
from archive_gen.importers.texts.marked import is_page, unmarked
from archive_gen.importers.texts.unstripped import stripped
from archive_gen.importers.web_pages.web_copies import day_of_copy
from archive_gen.language_tags import LANGUAGE_TAG
from archive_gen.problems import Problem
from archive_gen.texts import as_meant, encodable
from archive_gen.urls import is_web_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def _fields(text: str) -> tuple[str, ...]:
    return tuple(map(fold_name, text.split()))


_PAGE = _fields("html raw_html page_html html_content content_html")
_PART_FIELD = fold_name("content_html")
"""A page without its frame, in a JSON Feed."""
_DUMP = _fields("raw_text dump")
_STORY = _fields(
    "maintext articleBody body article_body body_text content content_text full_text fulltext "
    "plaintext plain_content rich_content body_html bodytext content_elements paragraphs "
    "article_text post_content body_value blocks"
)
_MARKDOWN = _fields("markdown body_markdown content_markdown markdown_body")
_TEXT = _fields("text")
_BEGINNING = _fields("transcript introtext lead_paragraph snippet")
"""What stands for a text where there is none: often its beginning."""
_TEXTS = (_PAGE, _MARKDOWN, _DUMP, _STORY, _TEXT, _BEGINNING)
_TITLE = _fields("title headline title_page og:title article_title name")
_DATE = _fields(
    "date date_publish datePublished date_published published published_at publish_date "
    "publishing_date pub_date publication_date published_date published_time "
    "article:published_time dateCreated date_gmt display_date publish_up effective "
    "post_date seendate authored_on"
)
_MADE = _fields(
    "created_at created created_on creation_date date_created created_date date_added inserted_at"
)
"""When a row was made: for most stories the day on which readers saw it, or one close to it."""
_NO_LANGUAGES = ("und", "zxx", "mul")
"""Codes for texts of no language that is known."""
_WITHOUT_A_PERSON = frozenset(_fields("meta_keywords meta_description keywords summary"))
"""Where all of these stand, newspaper3k and newspaper4k made the last two from the text."""
_CRAWLED = _fields(
    "crawl_date date_download date_crawled crawled crawled_at fetched fetched_at download_date "
    "retrieved retrieved_at scraped_at date_scraped accessed access_date"
)
_SUMMARY = _fields(
    "summary description standfirst lead subtitle alternativeHeadline excerpt og:description "
    "meta_description teaser abstract dek"
)
_AUTHORS = _fields("authors author dc:creator creator byline article:author authored_by")
_ACCOUNT = fold_name("user")
"""Whoever wrote it, if that is told with a name; a login alone may be that of a program."""
_SOURCE = _fields(
    "source source_name publisher site_name og:site_name meta_site_name sitename publication "
    "newspaper media_name source_domain source_hostname hostname site"
)
_TAGS = _fields("tags keywords topics meta_keywords news_keywords article:tag tag_list")
_LANGUAGE = _fields("language inLanguage lang meta_lang")
_URL = _fields(
    "url link permalink canonical_link source_url article_url og:url source mainEntityOfPage @id "
    "web_url requested_url post_url canonical_url "
    "url_source"
)
_PLACE = _fields("place dateline contentLocation locationCreated")
_IMAGES = _fields("images image")
_OF_ARTICLES = frozenset[str]().union(
    *(_TITLE, _DATE, _CRAWLED, _SUMMARY, _AUTHORS, _SOURCE, _TAGS, _LANGUAGE, _URL, _PLACE, _IMAGES)
)
"""What says something of an article beside its text."""
_WHOLE_PAGE = re.compile(r"<(?:!doctype|html|body)\b", re.IGNORECASE)
_MARKUP = re.compile(
    r"<(?:/p|p|br|div|h[1-6]|ul|ol|blockquote|figure|table)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_ESCAPED = re.compile(r"&(?:[A-Za-z]{2,8}\d{0,2}|#\d{2,6}|#x[\dA-Fa-f]{2,5});")
_OF_MARKDOWN = re.compile(r"^\#{1,6} [^\W\d_]|\w\]\((?:https?:/|mailto:|)/", re.MULTILINE)
"""A heading or a link: no other text with blank lines has these. What is bold is no proof."""
_IN_MARKDOWN = ("# ", "](")
_SEPARATOR = re.compile(r"\s[-–—|·•]\s")
"""Between a headline and the name behind it."""
_PART = HTML + ARTICLE
_DAY = len("2015-10-07")
_CUT = re.compile(r" ?\[\+?\d{1,7} chars\]$")
"""NewsAPI.org and GNews give the beginning of a text, and say how much is missing."""


def document(name: str, record: Mapping[str, Any]) -> RawDocument | Problem:
    """What ``record`` holds; the text as it was is its original.

    HTML and ``raw_text`` are cleaned. ``text`` is a dump to clean too, unless there is a title
    beside it: then a crawler has cleaned it, as it has ``maintext`` and ``articleBody``.
    """
    fields = _folded(record)
    if _WITHOUT_A_PERSON.issubset(map(fold_name, record)):
        for made in ("keywords", "summary"):
            fields.pop(made, None)
    known = _known_values(fields)
    text, kind = _chosen(fields, titled="title" in known)
    if not text:
        hint = "known fields for it: html, raw_text, text, maintext, articleBody, body, content"
        return Problem(name, 0, "has no text", hint)
    original = text.encode()
    text, kind = _unescaped(text, kind)
    in_words = "date" not in known and not any_date(_first(fields, _DATE))
    written = line_of(_first(fields, _DATE)) if in_words else ""
    crawled = _date(fields, _CRAWLED) or day_of_copy(line_of(_first(fields, _URL)))
    return RawDocument(name, original, text, kind, known, crawled, written_date=written)


def document_if_shown(name: str, record: Mapping[str, Any]) -> RawDocument | Problem | LeftOut:
    """The same; ``LeftOut`` if readers never saw the record."""
    hidden = hidden_kind_of(record)
    return LeftOut(hidden, name) if hidden else document(name, record)


def _chosen(fields: Mapping[str, Any], *, titled: bool) -> tuple[str, str]:
    """The text of a record and its media type."""
    written = _text(fields, _MARKDOWN)
    page, dump, story, text = (_text(fields, names) for names in (_PAGE, _DUMP, _STORY, _TEXT))
    if page:
        whole = _WHOLE_PAGE.search(page) or _PART_FIELD not in fields
        return page, HTML if whole else _PART
    if written:
        return written, PLAIN if is_page(written) else MARKDOWN + ARTICLE
    if titled and text:
        return (story or text), _kind_of_story(story or text)
    if dump or (text and not story):
        return (dump or text), PLAIN
    story = story or _text(fields, _BEGINNING)
    return story, _kind_of_story(story)


def _unescaped(text: str, kind: str) -> tuple[str, str]:
    """A text in which some program has escaped signs as HTML does, as it was meant: a story
    without markup may turn out to have some, and a dump may have tags left."""
    if kind == PLAIN:
        return stripped(unmarked(text)), kind
    if kind != PLAIN + ARTICLE or not _ESCAPED.search(text):
        return text, kind
    meant = html.unescape(text)
    return meant, _kind_of_story(meant)


def holds_text(record: Mapping[str, Any]) -> bool:
    """Whether there is a text among the fields of ``record``."""
    fields = _folded(record)
    return any(_text(fields, names) for names in _TEXTS)


def knows_fields(names: Iterable[str]) -> bool:
    """Whether one of ``names``, the header of a table, is that of a text."""
    return not set(map(fold_name, names)).isdisjoint(itertools.chain(*_TEXTS))


def states_value(name: str) -> bool:
    """Whether ``name`` is that of a field which says something of an article."""
    return fold_name(name) in _OF_ARTICLES


def with_day_of_row(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """A row of a newsroom's own table with the day on which it was made as an uncertain date, where
    no other is stated. In a record of a program that would be the program's own."""
    fields = _folded(row)
    made = None if _first(fields, _DATE) else _date(fields, _MADE)
    return {**row, "date": f"{made.text[:_DAY]}?"} if made and len(made.text) >= _DAY else row


def known_values(record: Mapping[str, Any]) -> dict[str, Any]:
    """The front matter that a record states; what can't be understood is left out."""
    return _known_values(_folded(record))


def _known_values(fields: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "title": line_of(_first(fields, _TITLE)),
        "date": _date(fields, _DATE),
        "summary": line_of(_first(fields, _SUMMARY)),
        "authors": authors_of(_first(fields, _AUTHORS) or _account(fields)),
        "source": _source(fields),
        "tags": _tags(fields),
        "language": _language(fields),
        "url": _url(fields),
        "place": line_of(_first(fields, _PLACE)),
        "images": images_of(_first(fields, _IMAGES)),
    }
    found["title"] = _without_source(found["title"], found["source"])
    return {key: value for key, value in found.items() if value}


def _without_source(title: str, source: str) -> str:
    """A headline without the name of its publication, which pages and search services put behind
    it."""
    *_, last = [None, *_SEPARATOR.finditer(title)]
    is_name = "." in source or not source.islower()
    is_behind = last and is_name and title[last.end() :] == source
    return title[: last.start()].rstrip() if last and is_behind else title


def _folded(record: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that are filled, by their names in plain letters."""
    fields: dict[str, Any] = {}
    for name, written in record.items():
        value, key = untyped(written), fold_name(str(name))
        if not fields.get(key):
            fields[key] = None if is_empty(value) else value
    # A system is known by its fields though they be empty.
    return {key: value for key, value in in_our_words(fields).items() if value}


def _first(fields: Mapping[str, Any], names: Iterable[str]) -> Any:
    return next((fields[name] for name in names if name in fields), None)


def _text(fields: Mapping[str, Any], names: Iterable[str]) -> str:
    values = (text_of(fields[name]) for name in names if name in fields)
    text = _CUT.sub("", next((value for value in values if value.strip()), ""))
    plain = encodable(text).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return as_meant(undone(plain))


def _kind_of_story(text: str) -> str:
    if _WHOLE_PAGE.search(text):
        return HTML
    if _MARKUP.search(text):
        return _PART
    if is_page(text):
        return PLAIN
    return (MARKDOWN if _is_markdown(text) else PLAIN) + ARTICLE


def _is_markdown(text: str) -> bool:
    if not any(map(text.__contains__, _IN_MARKDOWN)):
        return False
    are_parted = "\n\n" in text or "\n" not in text
    return are_parted and bool(_OF_MARKDOWN.search(text))


def _account(fields: Mapping[str, Any]) -> Any:
    value = fields.get(_ACCOUNT)
    return value if isinstance(value, dict) else None


def _source(fields: Mapping[str, Any]) -> str:
    """The name of the publication; an address in its place is the article's."""
    names = (line_of(fields.get(name)) for name in _SOURCE)
    return next((name for name in names if name and not is_web_address(name)), "")


def _date(fields: Mapping[str, Any], names: Iterable[str]) -> ArchiveDate | None:
    dates = (read_date(fields[name]) for name in names if name in fields)
    return next((date for date in dates if date), None)


def _tags(fields: Mapping[str, Any]) -> tuple[str, ...]:
    """Databases have a number where the names of tags stand elsewhere."""
    stated = (fields[name] for name in _TAGS if name in fields)
    told = next((one for one in stated if not str(one).strip().isdigit()), None)
    return tuple(filter(is_filed, names_of(told)))


def _language(fields: Mapping[str, Any]) -> str:
    tag = line_of(_first(fields, _LANGUAGE)).replace("_", "-")
    return tag if LANGUAGE_TAG.fullmatch(tag) and tag not in _NO_LANGUAGES else ""


def _url(fields: Mapping[str, Any]) -> str:
    for name in _URL:
        value = fields.get(name)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        found = address_of(value)
        if found:
            return found
    return ""
