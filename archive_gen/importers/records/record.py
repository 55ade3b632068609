"""A record with named fields (a JSON object, a row of a table) → ``RawDocument``.

The names are those that crawlers and schema.org use, in capitals or not, with lines between
their words or not; the first of a list that is filled counts.
"""

from __future__ import annotations

import html
import itertools
import re
from typing import TYPE_CHECKING, Any

from archive_gen.article import ARTICLE, HTML, MARKDOWN, PLAIN, Image, RawDocument
from archive_gen.dates import ArchiveDate
from archive_gen.importers.record_dates import any_date, read_date
from archive_gen.importers.records.rich_text import as_html
from archive_gen.importers.records.systems import fold_name, in_our_words, is_empty
from archive_gen.importers.records.typed_json import untyped
from archive_gen.importers.web_copies import day_of_copy, original_address
from archive_gen.problems import Problem
from archive_gen.texts import as_meant, strip_unwanted
from archive_gen.urls import is_web_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def _names_of(text: str) -> tuple[str, ...]:
    return tuple(map(fold_name, text.split()))


_PAGE = _names_of("html raw_html page_html html_content content_html")
_PART_FIELD = fold_name("content_html")
"""A page without its frame, in a JSON Feed."""
_DUMP = _names_of("raw_text dump")
_STORY = _names_of(
    "maintext articleBody body article_body body_text content content_text full_text fulltext "
    "plaintext plain_content rich_content body_html bodytext content_elements paragraphs "
    "article_text post_content body_value"
)
_MARKDOWN = _names_of("markdown body_markdown content_markdown markdown_body")
_TEXT = _names_of("text")
_BEGINNING = _names_of("transcript introtext lead_paragraph snippet")
"""What stands for a text where there is none: often its beginning."""
_TEXTS = (_PAGE, _MARKDOWN, _DUMP, _STORY, _TEXT, _BEGINNING)
_TITLE = _names_of("title headline title_page og:title article_title name")
_DATE = _names_of(
    "date date_publish datePublished date_published published published_at publish_date "
    "publishing_date pub_date publication_date published_date published_time "
    "article:published_time dateCreated date_gmt display_date publish_up effective "
    "post_date seendate"
)
_WITHOUT_A_PERSON = frozenset(_names_of("meta_keywords meta_description keywords summary"))
"""Where all of these stand, newspaper3k and newspaper4k made the last two from the text."""
_CRAWLED = _names_of(
    "crawl_date date_download date_crawled crawled crawled_at fetched_at download_date "
    "retrieved_at scraped_at date_scraped"
)
_SUMMARY = _names_of(
    "summary description standfirst subtitle alternativeHeadline excerpt og:description "
    "meta_description teaser abstract dek"
)
_AUTHORS = _names_of("authors author dc:creator creator byline article:author")
_ACCOUNT = fold_name("user")
"""Whoever wrote it, if that is told with a name; a login alone may be that of a program."""
_SOURCE = _names_of(
    "source source_name publisher site_name og:site_name meta_site_name sitename publication "
    "newspaper media_name source_domain source_hostname hostname"
)
_TAGS = _names_of("tags keywords topics meta_keywords news_keywords article:tag tag_list")
_LANGUAGE = _names_of("language inLanguage lang meta_lang")
_URL = _names_of(
    "url link permalink canonical_link source_url article_url og:url source mainEntityOfPage @id "
    "web_url requested_url post_url canonical_url"
)
_PLACE = _names_of("place dateline contentLocation locationCreated")
_IMAGES = _names_of("images image")
_OF_ARTICLES = frozenset(
    (
        *_TITLE,
        *_DATE,
        *_CRAWLED,
        *_SUMMARY,
        *_AUTHORS,
        *_SOURCE,
        *_TAGS,
        *_LANGUAGE,
        *_URL,
        *_PLACE,
        *_IMAGES,
    )
)
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_LIST = re.compile(r"(?<!\s)\s*[;,|]\s*(?:(?:and|und|et) )?")
_LISTED = re.compile(r"\s*\[([^\[\]]*)\]\s*")
_QUOTED = re.compile(r""" "([^"]*)"|'([^']*)' """.strip())
"""A list as programs write it into a table: ``['Ada Lund', "Bo O'Hara"]``."""
_WHOLE_PAGE = re.compile(r"<(?:!doctype|html|body)\b", re.IGNORECASE)
_MARKUP = re.compile(r"<(?:/p|p|br|div|h[1-6]|ul|ol|blockquote)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_OF_MARKDOWN = re.compile(r"^\#{1,6} [^\W\d_]|\w\]\((?:https?:/|mailto:|)/", re.MULTILINE)
"""A heading or a link: no other text with blank lines has these. What is bold is no proof."""
_IN_MARKDOWN = ("# ", "](")
_TAG = re.compile(
    r"</?(?:a|abbr|b|bdi|big|br|cite|code|del|dfn|div|em|font|h[1-6]|i|img|ins|kbd|li|mark|ol|p|q|s"
    r"|script|small|span|strike|strong|style|sub|sup|svg|time|tt|u|ul|wbr)(?:[\s/][^<>]{0,200})?>",
    re.IGNORECASE,
)
"""A headline's markup; what else stands in such brackets, as a ticker does, is said."""
_PART = HTML + ARTICLE
_CUT = re.compile(r" ?\[\+?\d{1,7} chars\]$")
"""NewsAPI.org and GNews give the beginning of a text, and say how much is missing."""
_INNER_TEXTS = ("rendered", "processed", "value", "data")
"""Where an object has its text: in WordPress, Drupal, ninjs, Plone."""
_INNER_NAMES = tuple(
    "value display_name name headline rendered basic main original title text".split()
)
"""Where an object has what it is called, or what is said with it."""
_NAMES_OF_PERSON = (
    ("first_name", "firstName", "firstname", "givenName"),
    ("last_name", "lastName", "lastname", "surname", "familyName"),
)
_DEEPEST = 8
"""Such objects and lists in one another."""
_BY = re.compile(r"by\s+(?=\S)", re.IGNORECASE)


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
    in_words = "date" not in known and not any_date(_first(fields, _DATE))
    written = _line(_first(fields, _DATE)) if in_words else ""
    crawled = _date(fields, _CRAWLED) or day_of_copy(_line(_first(fields, _URL)))
    return RawDocument(name, text.encode(), text, kind, known, crawled, written_date=written)


def _chosen(fields: Mapping[str, Any], *, titled: bool) -> tuple[str, str]:
    """The text of a record and its media type."""
    written = _text(fields, _MARKDOWN)
    page, dump, story, text = (_text(fields, names) for names in (_PAGE, _DUMP, _STORY, _TEXT))
    if page:
        whole = _WHOLE_PAGE.search(page) or _PART_FIELD not in fields
        return page, HTML if whole else _PART
    if written:
        return written, MARKDOWN + ARTICLE
    if titled and text:
        return (story or text), _kind_of_story(story or text)
    if dump or (text and not story):
        return (dump or text), PLAIN
    story = story or _text(fields, _BEGINNING)
    return story, _kind_of_story(story)


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


def known_values(record: Mapping[str, Any]) -> dict[str, Any]:
    """The front matter that a record states; what can't be understood is left out."""
    return _known_values(_folded(record))


def _known_values(fields: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "title": _line(_first(fields, _TITLE)),
        "date": _date(fields, _DATE),
        "summary": _line(_first(fields, _SUMMARY)),
        "authors": _authors(_first(fields, _AUTHORS) or _account(fields)),
        "source": _source(fields),
        "tags": _names(_first(fields, _TAGS)),
        "language": _matching(_LANGUAGE_TAG, _line(_first(fields, _LANGUAGE)).replace("_", "-")),
        "url": _url(fields),
        "place": _line(_first(fields, _PLACE)),
        "images": _images(_first(fields, _IMAGES)),
    }
    found["title"] = _without_source(found["title"], found["source"])
    return {key: value for key, value in found.items() if value}


def _without_source(title: str, source: str) -> str:
    """A headline without the name of its publication, which search services put behind it."""
    before, mark, after = title.rpartition(" - ")
    is_name = "." in source or not source.islower()
    return before.rstrip() if mark and after == source and is_name else title


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
    values = (_one_text(fields[name]) for name in names if name in fields)
    text = _CUT.sub("", next((value for value in values if value.strip()), ""))
    return as_meant(_encodable(text)).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _encodable(text: str) -> str:
    """``text`` without half a character, which JSON can name and no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _one_text(value: Any) -> str:
    """A text, a list of its paragraphs, one in an object (``{"rendered": …}``), or rich text."""
    if isinstance(value, str):
        return as_html(value) or value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "\n\n".join(value)
    objects = value if isinstance(value, list) else [value]
    wrapped = (one.get(key) for one in objects if isinstance(one, dict) for key in _INNER_TEXTS)
    text = max((one for one in wrapped if isinstance(one, str)), key=len, default="")
    return as_html(value) or text


def _kind_of_story(text: str) -> str:
    if _WHOLE_PAGE.search(text):
        return HTML
    if _MARKUP.search(text):
        return _PART
    return (MARKDOWN if _is_markdown(text) else PLAIN) + ARTICLE


def _is_markdown(text: str) -> bool:
    if not any(map(text.__contains__, _IN_MARKDOWN)):
        return False
    are_parted = "\n\n" in text or "\n" not in text
    return are_parted and bool(_OF_MARKDOWN.search(text))


def _line(value: Any) -> str:
    """A string as one line; of an object, its name."""
    for _ in range(_DEEPEST if isinstance(value, (dict, list, tuple)) else 0):
        if isinstance(value, dict):
            value = _called(value)
        elif isinstance(value, (list, tuple)) and value:
            value = value[0]
    text = value if isinstance(value, str) else ""
    # Twice: what a feed escapes, a record that was made from it may have escaped again.
    text = html.unescape(_TAG.sub(" ", html.unescape(text)))
    return " ".join(_encodable(text).split())


def _called(value: Mapping[str, Any]) -> Any:
    """What an object is called; a person may have two names."""
    parts = (next((value[key] for key in keys if value.get(key)), "") for keys in _NAMES_OF_PERSON)
    whole = " ".join(part for part in parts if isinstance(part, str) and part)
    return next((value[key] for key in _INNER_NAMES if value.get(key)), whole)


def _names(value: Any) -> tuple[str, ...]:
    """A list of names, however it is written."""
    if isinstance(value, dict) and "original" in value:
        value = _line(value)  # a byline as it was printed
    if isinstance(value, str) and (listed := _LISTED.fullmatch(value)):
        parts = [_line(double or single) for double, single in _QUOTED.findall(listed[1])]
    elif isinstance(value, str):
        parts = _LIST.split(_BY.sub("", _line(value), count=1))
    elif isinstance(value, (list, tuple)):
        parts = [_line(item) for item in value]
    else:
        parts = [_line(value)]
    return tuple(dict.fromkeys(part for part in parts if part))


def _authors(value: Any) -> tuple[str, ...]:
    """Names of people; ``Lund, Ada`` is one of them, ``Lund, Ada; Berg, Bo`` are two.

    The number that somebody has in a database is no name.
    """
    if isinstance(value, str) and ";" in value:
        value = ";".join(map(_forwards, value.split(";")))
    names = tuple(name for name in _names(value) if not name.isdigit())
    if isinstance(value, str) and len(names) == 2 and not any(" " in name for name in names):
        return (f"{names[1]} {names[0]}",)
    return names


def _account(fields: Mapping[str, Any]) -> Any:
    value = fields.get(_ACCOUNT)
    return value if isinstance(value, dict) else None


def _forwards(name: str) -> str:
    """``Lund, Ada`` as it is spoken."""
    last, comma, first = (part.strip() for part in name.partition(","))
    return f"{first} {last}" if comma and first and " " not in last else name


def _source(fields: Mapping[str, Any]) -> str:
    """The name of the publication; an address in its place is the article's."""
    names = (_line(fields.get(name)) for name in _SOURCE)
    return next((name for name in names if name and not is_web_address(name)), "")


def _date(fields: Mapping[str, Any], names: Iterable[str]) -> ArchiveDate | None:
    dates = (read_date(fields[name]) for name in names if name in fields)
    return next((date for date in dates if date), None)


def _url(fields: Mapping[str, Any]) -> str:
    for name in _URL:
        value = fields.get(name)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        found = _address(value)
        if found:
            return found
    return ""


def _address(value: Any) -> str:
    text = strip_unwanted(value).strip() if isinstance(value, str) else ""
    return original_address(text) if is_web_address(text) else ""


def _matching(pattern: re.Pattern[str], text: str) -> str:
    return text if pattern.fullmatch(text) else ""


def _images(value: Any) -> tuple[Image, ...]:
    """Pictures of which a caption or credit is told."""
    items = value if isinstance(value, (list, tuple)) else [value]
    images = (_image(item) for item in items if isinstance(item, dict))
    return tuple(dict.fromkeys(image for image in images if image.caption or image.credit))


def _image(item: Mapping[str, Any]) -> Image:
    return Image(
        _line(item.get("caption") or item.get("description")),
        _line(item.get("credit") or item.get("creditText") or _photographers(item)),
        _address(item.get("url") or item.get("contentUrl") or item.get("src")),
    )


def _photographers(item: Mapping[str, Any]) -> Any:
    """As ANS names them."""
    credits_ = item.get("credits")
    return credits_.get("by") if isinstance(credits_, dict) else None
