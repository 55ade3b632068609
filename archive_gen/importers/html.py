"""A saved web page. What saved it may have noted from where and when."""

from __future__ import annotations

import dataclasses
import re
from html import unescape
from typing import TYPE_CHECKING

from archive_gen.article import ARTICLE, HTML, PLAIN, RawDocument
from archive_gen.importers.base import (
    ADDRESSES,
    FOR_PROGRAMS,
    OF_CRAWLERS,
    LeftOut,
    no_print,
    of_one_document,
)
from archive_gen.importers.encodings import decode_html
from archive_gen.importers.own_html import as_lines
from archive_gen.importers.posts import begins_with_front_matter, post
from archive_gen.importers.press_databases.documents import of_press
from archive_gen.importers.record_dates import iso_of_mail, read_date
from archive_gen.importers.records.record import known_values
from archive_gen.importers.web_pages import press as press_pages
from archive_gen.importers.web_pages.hocr import text_of_print
from archive_gen.importers.web_pages.medium import with_foot
from archive_gen.importers.web_pages.telegram import is_chat, posts
from archive_gen.importers.web_pages.web_copies import as_before_copying, day_of_copy
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archive_gen.dates import ArchiveDate
    from archive_gen.importers.base import Found

_HEAD = 4096
"""Bytes in which a note of the saving program stands."""
_NOTES = (
    # Browsers, "web page, complete".
    re.compile(r"<!--\s*saved from url=\(\d+\)(?P<url>https?://\S+)\s*-->"),
    # SingleFile.
    re.compile(
        r"Page saved with SingleFile\s+url: (?P<url>https?://\S+)(?:\s+saved date: "
        r"\w{3} (?P<month>\w{3}) (?P<day>\d\d) (?P<year>\d{4}))?"
    ),
    # HTTrack.
    re.compile(
        r"<!-- Mirrored from (?P<bare>[^\s/]+\.[^\s]+) by HTTrack [^,>]{0,100},"
        r"(?: \w{3}, (?P<day>\d\d) (?P<month>\w{3}) (?P<year>\d{4}))?"
    ),
    # monolith.
    re.compile(r"<!-- Saved from (?P<url>https?://\S+) at (?P<iso>\d{4}-\d\d-\d\d)T"),
    # WebScrapBook.
    re.compile(
        r"<html\b(?=[^<>]*?\bdata-scrapbook-create=\"(?P<digits>\d{8}))?"
        r"[^<>]*?\bdata-scrapbook-source=\"(?P<written>https?://[^\s\"<>]+)"
    ),
)
_SAVE_PAGE_WE = '<meta name="savepage-url" content="'
_NOTE_OF_SAVE_PAGE_WE = re.compile(
    re.escape(_SAVE_PAGE_WE) + r"(?P<written>https?://[^\s\"<>]+)\"[^<>]*>"
    r"(?:(?:\s*<meta name=\"savepage-(?!date)[^<>]*>)*"
    r"\s*<meta name=\"savepage-date\" content=\""
    r"\w{3} (?P<month>\w{3}) (?P<day>\d\d) (?P<year>\d{4}))?"
)
"""It stands below all styles and scripts of the page."""

_CANONICAL = re.compile(r"""<link\s[^<>]*?rel\s*=\s*["']?canonical\b""", re.IGNORECASE)
"""A page that states its address itself knows better."""


_DOCUMENT = re.compile(
    r"<meta\s[^<>]{0,99}\bgenerator\b[^<>]{0,99}"
    r"(?:LibreOffice|OpenOffice|Microsoft Word|pandoc|Cocoa HTML Writer)"
    r"|@import url\(\"?https://themes\.googleusercontent\.com/fonts",
    re.IGNORECASE,
)
"""What word processors and Google Docs make of a document: all of it is the article."""
_OF_SITE = re.compile(
    r"<(?:nav|article|aside|footer|main|form)[\s>]|<meta\s[^<>]{0,99}=\s?[\"']?og:"
    r"|<link\s[^<>]{0,99}\bcanonical\b"
    r"|<(?:div|ul|ol|table|td|section|header|p)\s[^<>]{0,99}\b(?:id|class)\s?=\s?[\"']?"
    r"(?:[\w -]{0,60}[ _-])?(?:nav|navbar|navigation|menu|sidebar|footer|breadcrumbs?|masthead"
    r"|related|teasers?|comments)\b",
    re.IGNORECASE,
)
"""What a document has not that was put into a page of a site: of such a page not all is article."""
_REMARK = '<a href="#cmnt_ref'
_MARK_OF_REMARK = re.compile(r'<a href="#cmnt\d[^<>]{0,99}>\[[a-z]{1,4}\]</a>')
_NO_PAGE = re.compile(
    r"\s*(?:\[?\{\s?\"|(?:<[?!][^<>]{0,999}>\s*){0,9}<(?:rss|feed|rdf:RDF|rsd)[\s>])"
)
"""How an answer for programs begins: what mirrors a site calls it ``feed/index.html``."""
_OF_MIRROR = "<!-- Mirror and index made by HTTrack"
_BOOKMARKS = re.compile(r"\s*<!DOCTYPE NETSCAPE-Bookmark", re.IGNORECASE)
"""So begins what browsers and services make of bookmarks."""
_FRAMES = re.compile(r"<frameset\b[^<>]*>\s*<(?:frame|frameset)\b", re.IGNORECASE)
_TAGS = re.compile(r"<[^<>]*>")
_SHORTEST = 500
"""Characters of a story."""


@of_one_document
def read(name: str, data: bytes) -> Iterator[Found]:
    """The one document of an HTML file."""
    found = page(name, data)
    if isinstance(found, Problem):
        yield found
    elif kind := _kind_of_other(found.text):
        yield LeftOut(kind, name)
    elif _is_frame(found.text):
        yield Problem(name, 0, "is a frame around other pages", "give the pages that it shows")
    elif (text := text_of_print(found.text)) is not None:
        printed = dataclasses.replace(found, text=text, media_type=PLAIN)
        yield printed if text else no_print(name)
    elif is_chat(found.text):
        yield from posts(name, found.text)
    elif begins_with_front_matter(found.text):
        yield post(name, data, found.text, HTML + ARTICLE)
    elif _is_document(found.text):
        yield from _in_document(found)
    else:
        yield from list(press_pages.articles(name, found.text)) or [with_foot(_with_note(found))]


def _kind_of_other(text: str) -> str:
    """What a page is that no reader of the site saw; empty for any other."""
    if _NO_PAGE.match(text):
        return FOR_PROGRAMS
    if _OF_MIRROR in text[:_HEAD]:
        return OF_CRAWLERS
    return ADDRESSES if _BOOKMARKS.match(text) else ""


def _in_document(found: RawDocument) -> Iterator[Found]:
    """The article that a document is, or all that a press database put into it."""
    if several := list(of_press(found.name, as_lines(found.text))):
        yield from several
    else:
        text = _without_remarks(found.text)
        yield dataclasses.replace(found, text=text, media_type=HTML + ARTICLE)


def page(
    name: str, data: bytes, declared: str = "", known: Mapping[str, object] | None = None
) -> RawDocument | Problem:
    """The document that ``data`` is; ``declared`` is the encoding that came with it."""
    text = decode_html(data, declared)
    if text is None:
        hint = "save the page again as UTF-8"
        return Problem(name, 0, "can't be read as a web page", hint)
    return as_before_copying(RawDocument(name, data, text.replace("\0", ""), HTML, known or {}))


def fetched(document: RawDocument, when: ArchiveDate | None) -> RawDocument:
    """``document``, fetched on a day that is known."""
    return dataclasses.replace(document, crawled=when) if when else document


def _is_frame(text: str) -> bool:
    """Whether a page only says which pages to show; some say their story to browsers without."""
    return bool(_FRAMES.search(text)) and len(_TAGS.sub("", text)) < _SHORTEST


def _is_document(text: str) -> bool:
    return bool(_DOCUMENT.search(text, 0, _HEAD)) and not _OF_SITE.search(text)


def _without_remarks(text: str) -> str:
    """A document of Google Docs without what its editors said of it, which stands at its end."""
    first = text.find(_REMARK)
    end = text.rfind("<div", 0, first) if first >= 0 else len(text)
    return _MARK_OF_REMARK.sub("", text[:end])


def _with_note(document: RawDocument) -> RawDocument:
    """``document`` with the address and the day that the saving program noted."""
    match = _note(document.text)
    if match is None:
        return document
    parts = match.groupdict()
    canonical = _CANONICAL.search(document.text)
    written = unescape(parts.get("written") or "")
    noted = parts.get("url") or written or f"http://{parts['bare']}"
    known = {} if canonical else known_values({"url": noted})
    document = dataclasses.replace(
        document,
        known={**document.known, **known},
        origins={**document.origins, **dict.fromkeys(known, "the note of what saved the page")},
    )
    # A copy was made before it was saved.
    return fetched(document, document.crawled or day_of_copy(noted) or _day(parts))


def _note(text: str) -> re.Match[str] | None:
    found = (note.search(text, 0, _HEAD) for note in _NOTES)
    match = next((match for match in found if match), None)
    at = text.find(_SAVE_PAGE_WE) if match is None else -1
    return match if at < 0 else _NOTE_OF_SAVE_PAGE_WE.match(text, at, at + _HEAD)


def _day(parts: Mapping[str, str | None]) -> ArchiveDate | None:
    if stated := parts.get("iso") or parts.get("digits"):
        return read_date(stated)
    day = f"{parts.get('day')} {parts.get('month')} {parts.get('year')}"
    return read_date(iso_of_mail(f"{day} 00:00:00")[:10])
