"""RSS and Atom: an article for each entry that carries its text."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, BinaryIO

import feedparser

from archive_gen.article import ARTICLE, HTML, RawDocument
from archive_gen.importers.base import read_whole
from archive_gen.importers.records import known_values
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

_FAILURES = (LookupError, AttributeError, TypeError, AssertionError)
"""What the library fails with on some broken markup."""


def read(name: str, stream: BinaryIO) -> Iterator[RawDocument | Problem]:
    """A document for each entry, in the order of the file."""
    data = read_whole(name, stream)
    if isinstance(data, Problem):
        yield data
        return
    # From a stream: a string could be taken for an address to fetch.
    try:
        feed = feedparser.parse(io.BytesIO(data))
    except _FAILURES:
        yield Problem(name, 0, "can't be read as a feed", "the file may be damaged")
        return
    if not feed.get("version") and not feed.entries:
        yield Problem(name, 0, "is no feed", "RSS and Atom are known")
        return
    for number, entry in enumerate(feed.entries, start=1):
        yield _document(f"{name}#{number}", entry, feed.feed)


def _document(name: str, entry: Any, feed: Any) -> RawDocument | Problem:
    known = known_values(
        {
            "title": entry.get("title"),
            "date": _date(entry.get("published_parsed")),
            "authors": [author.get("name") for author in entry.get("authors", ())],
            "tags": [tag.get("label") or tag.get("term") for tag in entry.get("tags", ())],
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
    return RawDocument(name, data, data.decode("utf-8"), HTML + ARTICLE, known)


def _date(moment: Any) -> str:
    """feedparser's moments are in UTC."""
    if not moment:
        return ""
    return "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*moment[:6])
