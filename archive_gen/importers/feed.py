"""RSS and Atom, which WordPress and Blogger export too: an article for each entry that carries
its text."""

from __future__ import annotations

import html
import io
import itertools
import re
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import unquote

import feedparser

from archive_gen.article import ARTICLE, HTML, RawDocument
from archive_gen.importers import sgml
from archive_gen.importers.base import (
    FOR_PROGRAMS,
    MAX_DOCUMENT,
    Found,
    LeftOut,
    damaged,
    in_utf8,
    rejoined,
)
from archive_gen.importers.cms_exports import CO_AUTHORS, SETTINGS, as_page, hidden_kind, is_keyword
from archive_gen.importers.feeds import blogger, squarespace
from archive_gen.importers.feeds.parts import Part, divided, is_cut
from archive_gen.importers.feeds.wordpress import Export, read_export
from archive_gen.importers.record_dates import read_date
from archive_gen.importers.records.record import known_values
from archive_gen.importers.records.values import line_of
from archive_gen.importers.xml import alto, nitf
from archive_gen.importers.xml import articles as xml_articles
from archive_gen.importers.xml import extracted as extracted_xml
from archive_gen.importers.xml import records as xml_records
from archive_gen.pictures import is_document
from archive_gen.problems import Problem
from archive_gen.urls import resolved

if TYPE_CHECKING:
    from collections.abc import Iterator

_OTHERS = (
    alto.documents,
    xml_articles.documents,
    extracted_xml.documents,
    nitf.documents,
    xml_records.documents,
)
"""XML that is no feed."""
_TOO_LARGE = f"the entry is larger than {MAX_DOCUMENT >> 20} MiB"
_KNOWN = "RSS, Atom, NITF, NewsML, TEI, ALTO and lists of records are known"
_WIKI, _HEAD = b"<mediawiki", 1 << 10
_OF_WIKI = "only the wiki understands its markup: let WikiExtractor make texts of it first"
_FOR_PROGRAMS = re.compile(
    rb"<(?:\w{1,20}:)?(?:urlset|sitemapindex|rsd|OpenSearchDescription|browserconfig|manifest"
    rb"|cross-domain-policy)[\s>]"
)
"""Lists of the pages of a site, and what it tells programs to write, search and show it with."""
_THEME = b"http://www.google.com/2005/gml/b"
"""What the pages of a blog of Blogger are made with."""
_CUT = "it ends too early"
_PART = 8 << 20
"""Bytes of a large feed that are parsed at once, which takes many times as much memory."""
_ADDRESS_ALONE = re.compile(r"[^\s@<>()]+@[^\s@<>()]+")
_OF_ANOTHER_CLOCK = re.compile(r"[+-](?!00:00)\d\d:\d\d$")
_FAILURES = (LookupError, AttributeError, TypeError, AssertionError)
"""What the library fails with on some broken markup."""


def read(name: str, stream: BinaryIO) -> Iterator[Found]:
    """A document for each entry, in the order of the file."""
    data = stream.read(MAX_DOCUMENT + 1)
    if sgml.begins(data[:_HEAD]):  # some name it so
        yield from sgml.read(name, rejoined(data, stream))
    else:
        yield from _read(name, data, stream)


def _read(name: str, data: bytes, stream: BinaryIO) -> Iterator[Found]:
    if other := _none_of_ours(name, data[:_HEAD]):
        yield other
        return
    if len(data) > MAX_DOCUMENT:
        yield from _read_large(name, rejoined(data, stream))
        return
    for kind in _OTHERS:
        if found := list(kind(name, data)):
            yield from found
            return
    data = in_utf8(data)
    # From a stream: a string could be taken for an address to fetch.
    try:
        feed = feedparser.parse(io.BytesIO(data))
    except _FAILURES:
        yield Problem(name, 0, "can't be read as a feed", "the file may be damaged")
        return
    if not feed.get("version") and not feed.entries:
        yield Problem(name, 0, "is no feed", _KNOWN)
        return
    yield from _entries(name, feed, read_export(data), itertools.count(1))
    if is_cut(data):
        yield damaged(name, _CUT)


def _none_of_ours(name: str, head: bytes) -> Problem | LeftOut | None:
    """What a file is in which no article stands as readers saw it."""
    if _WIKI in head:
        return Problem(name, 0, "is the export of a wiki", _OF_WIKI)
    if _FOR_PROGRAMS.search(head):
        return LeftOut(FOR_PROGRAMS, name)
    return LeftOut(SETTINGS, name) if _THEME in head else None


def _entries(name: str, feed: Any, export: Export, numbers: Iterator[int]) -> Iterator[Found]:
    for entry in feed.entries:
        hidden = hidden_kind(entry)
        member = f"{name}#{next(numbers)}"
        yield LeftOut(hidden, member) if hidden else _document(member, entry, feed.feed, export)


def _read_large(name: str, stream: BinaryIO) -> Iterator[Found]:
    """A feed that is too large to be read at once: the backup of a content system. It is read
    twice, for its posts name pictures that may stand behind them."""
    with divided(name, stream, MAX_DOCUMENT // 2) as feed:
        if isinstance(feed, Problem):
            yield feed
            return
        export = Export()
        for part in feed.parts(_PART, MAX_DOCUMENT):
            export = export.joined(read_export(part.data))
        for part in feed.parts(_PART, MAX_DOCUMENT):
            yield from _of_part(name, part, export)
        for number, (begin, end) in enumerate(feed.spans(), start=1):
            if end - begin > MAX_DOCUMENT:
                yield Problem(f"{name}#{number}", 0, _TOO_LARGE, "no article is as large as that")
        if feed.is_cut:
            yield damaged(name, _CUT)


def _of_part(name: str, part: Part, export: Export) -> Iterator[Found]:
    last = part.first + part.count - 1
    try:
        feed = feedparser.parse(io.BytesIO(in_utf8(part.data)))
    except _FAILURES:
        message = f"entries {part.first} to {last} can't be read as a feed"
        yield Problem(name, 0, message, "the file may be damaged")
        return
    yield from _entries(name, feed, export, itertools.count(part.first))
    lost = part.count - len(feed.entries)
    if lost > 0:
        message = f"of entries {part.first} to {last}, {lost} can't be read as a feed"
        yield Problem(name, 0, message, "the file may be damaged")


def _document(name: str, entry: Any, feed: Any, export: Export) -> RawDocument | Problem:
    contents = [part.get("value") or "" for part in entry.get("content", ())]
    text = max([*contents, entry.get("summary") or ""], key=len)
    tags = [tag for tag in entry.get("tags", ()) if is_keyword(tag)]
    known = known_values(
        {
            "title": entry.get("title"),
            "date": _date(entry),
            "authors": _authors(entry, export),
            "summary": _excerpt(entry, text) or entry.get("blogger_metadescription"),
            "place": entry.get("blogger_name"),
            "tags": [tag.get("label") or tag.get("term") for tag in tags],
            "url": _address(entry, feed),
            "source": (entry.get("source") or {}).get("title") or feed.get("title"),
            "language": feed.get("language"),
        }
    )
    if not text.strip():
        return Problem(name, 0, "the entry holds no text", "feeds often carry the headline alone")
    data = text.replace("\r\n", "\n").replace("\0", "").encode("utf-8", "replace")
    page = data.decode("utf-8")
    if "wp_post_type" in entry:
        whole = export.completed(str(entry.get("wp_post_id") or ""), page)
        page = squarespace.as_page(whole) if squarespace.is_of_it(page) else as_page(whole)
    page = _with_enclosures(blogger.with_figures(page), entry)
    # It is that of the whole site; a site of two languages has entries in another one.
    origins = {"language": "the feed"} if "language" in known else {}
    return RawDocument(name, data, page, HTML + ARTICLE, known, origins=origins)


def _with_enclosures(page: str, entry: Any) -> str:
    """``page`` with links to the sound, film or document that goes with it, where it has none."""
    stated = dict.fromkeys(str(one.get("href") or "") for one in entry.get("enclosures", ()))
    links = [
        f'\n<p><a href="{html.escape(address)}">{html.escape(_file_name(address))}</a></p>'
        for address in filter(is_document, stated)
        if address not in page and html.escape(address) not in page
    ]
    return page + "".join(links)


def _file_name(address: str) -> str:
    return unquote(re.split("[?#]", address)[0]).rpartition("/")[2]


def _authors(entry: Any, export: Export) -> list[str]:
    """The names that readers saw; an address is none."""
    stated = [author.get("name") for author in entry.get("authors", ())]
    login = str(entry.get("author") or "").strip()
    if _ADDRESS_ALONE.fullmatch(login):  # in which feedparser looks for a name
        stated = [login]
    terms = entry.get("tags", ()) if "wp_post_type" in entry else ()
    together = [tag.get("term") or "" for tag in terms if tag.get("scheme") == CO_AUTHORS]
    named = export.authors(stated, together)
    return [name for name in named if not _ADDRESS_ALONE.fullmatch(name)]


def _address(entry: Any, feed: Any) -> str:
    """Its address, also where an export has the path alone."""
    link = str(entry.get("link") or "")
    whole = resolved(str(feed.get("link") or ""), link) if link.startswith("/") else ""
    return whole or link


def _excerpt(entry: Any, text: str) -> str:
    """What the writer of a post of WordPress put above it in lists; empty if it only begins it."""
    excerpt = line_of(entry.get("excerpt_encoded"))
    begins = excerpt.rstrip(" .…[]")
    return "" if line_of(text).startswith(begins) else excerpt


def _date(entry: Any) -> str:
    """When readers saw it: by the clock of the newsroom where it is told, else in UTC, as
    feedparser has all moments."""
    local = str(entry.get("wp_post_date") or "").replace(" ", "T")
    if read_date(local):
        return local
    stated = read_date(entry.get("published"))
    if stated and _OF_ANOTHER_CLOCK.search(stated.text):
        return stated.text
    moment = entry.get("published_parsed")
    if not moment:
        return ""
    return "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*moment[:6])
