"""RSS and Atom, which WordPress and Blogger export too: an article for each entry that carries
its text."""

from __future__ import annotations

import io
import itertools
import re
import shutil
import tempfile
from typing import IO, TYPE_CHECKING, Any, BinaryIO

import feedparser

from archive_gen.article import ARTICLE, HTML, RawDocument
from archive_gen.importers.base import MAX_DOCUMENT, Found, LeftOut
from archive_gen.importers.cms_exports import as_page, hidden_kind, is_keyword
from archive_gen.importers.record_dates import read_date
from archive_gen.importers.records.record import known_values
from archive_gen.importers.wordpress_media import Export, read_export
from archive_gen.importers.xml import articles as xml_articles
from archive_gen.importers.xml import extracted as extracted_xml
from archive_gen.importers.xml import nitf
from archive_gen.importers.xml import records as xml_records
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

_OTHERS = (
    xml_articles.documents,
    extracted_xml.documents,
    nitf.documents,
    xml_records.documents,
)
"""XML that is no feed."""
_ENTRY = re.compile(rb"<(item|entry)[\s>]")
_PART = 8 << 20
"""Bytes of a large feed that are parsed at once, which takes many times as much memory."""
_FAILURES = (LookupError, AttributeError, TypeError, AssertionError)
"""What the library fails with on some broken markup."""


def read(name: str, stream: BinaryIO) -> Iterator[Found]:
    """A document for each entry, in the order of the file."""
    data = stream.read(MAX_DOCUMENT + 1)
    if len(data) > MAX_DOCUMENT:
        yield from _read_large(name, data, stream)
        return
    for kind in _OTHERS:
        if found := list(kind(name, data)):
            yield from found
            return
    # From a stream: a string could be taken for an address to fetch.
    try:
        feed = feedparser.parse(io.BytesIO(data))
    except _FAILURES:
        yield Problem(name, 0, "can't be read as a feed", "the file may be damaged")
        return
    if not feed.get("version") and not feed.entries:
        yield Problem(name, 0, "is no feed", "RSS, Atom, NITF, NewsML and TEI are known")
        return
    yield from _entries(name, feed, read_export(data), itertools.count(1))


def _entries(name: str, feed: Any, export: Export, numbers: Iterator[int]) -> Iterator[Found]:
    for entry in feed.entries:
        hidden = hidden_kind(entry)
        member = f"{name}#{next(numbers)}"
        yield LeftOut(hidden, member) if hidden else _document(member, entry, feed.feed, export)


def _read_large(name: str, head: bytes, stream: BinaryIO) -> Iterator[Found]:
    """A feed that is too large to be read at once: the backup of a content system. It is read
    twice, for its posts name pictures that may stand behind them."""
    first = _ENTRY.search(head)
    if first is None:
        message = f"is larger than {MAX_DOCUMENT >> 20} MiB, and no feed"
        yield Problem(name, 0, message, "divide it into files of one document each")
        return
    with tempfile.TemporaryFile() as kept:
        kept.write(head)
        shutil.copyfileobj(stream, kept)
        export = Export()
        for part in _parts(kept, first):
            export = export.joined(read_export(part))
        numbers = itertools.count(1)
        for part in _parts(kept, first):
            try:
                feed = feedparser.parse(io.BytesIO(part))
            except _FAILURES:
                yield Problem(name, 0, "a part can't be read as a feed", "the file may be damaged")
                continue
            yield from _entries(name, feed, export, numbers)


def _parts(kept: IO[bytes], first: re.Match[bytes]) -> Iterator[bytes]:
    """The feed as feeds of some of its entries, each with what stands before the first of all."""
    kept.seek(0)
    beginning = kept.read(first.start())
    end = b"</%s>" % first[1]
    closing = b"</channel></rss>" if first[1] == b"item" else b"</feed>"
    buffer = b""
    while data := kept.read(_PART):
        buffer += data
        at = buffer.rfind(end) + len(end)
        if at >= len(end):
            yield beginning + buffer[:at] + closing
            buffer = buffer[at:]
        elif len(buffer) > MAX_DOCUMENT:  # no entry is as large as that
            buffer = b""
    if _ENTRY.search(buffer):
        yield beginning + buffer + closing


def _document(name: str, entry: Any, feed: Any, export: Export) -> RawDocument | Problem:
    authors = [author.get("name") for author in entry.get("authors", ())]
    tags = [tag for tag in entry.get("tags", ()) if is_keyword(tag)]
    known = known_values(
        {
            "title": entry.get("title"),
            "date": _date(entry),
            "authors": [export.people.get(author, author) for author in authors],
            "tags": [tag.get("label") or tag.get("term") for tag in tags],
            "url": entry.get("link"),
            "source": (entry.get("source") or {}).get("title") or feed.get("title"),
            "language": feed.get("language"),
        }
    )
    contents = [part.get("value") or "" for part in entry.get("content", ())]
    text = max([*contents, entry.get("summary") or ""], key=len)
    if not text.strip():
        return Problem(name, 0, "the entry holds no text", "feeds often carry the headline alone")
    data = text.replace("\r\n", "\n").replace("\0", "").encode("utf-8", "replace")
    page = data.decode("utf-8")
    if "wp_post_type" in entry:
        page = as_page(export.with_pictures(str(entry.get("wp_post_id") or ""), page))
    # It is that of the whole site; a site of two languages has entries in another one.
    origins = {"language": "the feed"} if "language" in known else {}
    return RawDocument(name, data, page, HTML + ARTICLE, known, origins=origins)


def _date(entry: Any) -> str:
    """When readers saw it: the clock of the newsroom where it is told, else in UTC, as
    feedparser has all moments."""
    local = str(entry.get("wp_post_date") or "").replace(" ", "T")
    if read_date(local):
        return local
    moment = entry.get("published_parsed")
    if not moment:
        return ""
    return "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*moment[:6])
