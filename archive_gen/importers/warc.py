"""A web archive (WARC): each page that a server sent with status 200, and texts and mails in it.

Pages come with those of their pictures and of the documents they lead to that the crawl holds, as
far as it was read. Feeds and answers for programs are passed over: they repeat what the pages say.
"""

from __future__ import annotations

import contextlib
import dataclasses
import io
import zlib
from collections import Counter
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import urlsplit

import brotli
from warcio.bufferedreaders import BufferedReader
from warcio.exceptions import ArchiveLoadFailed

from archive_gen import importers
from archive_gen.article import HTML, RawDocument
from archive_gen.importers import html
from archive_gen.importers.base import LeftOut, damaged, read_whole, rejoined, stream_of
from archive_gen.importers.beside import with_parts
from archive_gen.importers.crawls.copies import as_copy
from archive_gen.importers.crawls.crawl import MOST, Crawl, crawl_of_file
from archive_gen.importers.crawls.list_pages import LISTS, is_list
from archive_gen.importers.crawls.warc_plain import Plain
from archive_gen.importers.crawls.warc_records import PIECE, Records, Unpacked, is_packed, quietly
from archive_gen.importers.record_dates import read_date
from archive_gen.importers.records.record import known_values
from archive_gen.pictures import HEAD, is_document, kind_of, most_bytes
from archive_gen.problems import Problem
from archive_gen.urls import resolved

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.importers.base import Found

_ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "message/rfc822": ".eml",
    "multipart/related": ".mhtml",
}
_NOT_SAID = ("", "application/octet-stream", "unk")
_UNPACKED = ("identity", "none", "utf-8")
"""What servers say of pages that are not packed."""
_RECORDS = ("response", "resource", "conversion")
_NOTES = ("metadata:", "urn:x-wpull:", "urn:text:", "urn:textfinal:")
"""How addresses begin that wget, wpull and Browsertrix give their logs and the texts of pages."""
_PAGE, _FILE = "page", "file"
_FOR_ROBOTS = frozenset(
    "robots.txt ads.txt app-ads.txt humans.txt security.txt llms.txt license.txt".split()
)


def read(name: str, stream: BinaryIO) -> Iterator[Found]:
    """The documents in ``stream``, compressed or not, read record by record."""
    with crawl_of_file() as crawl:
        yield from _read(name, stream, crawl)


def _read(name: str, stream: BinaryIO, crawl: Crawl) -> Iterator[Found]:
    head = stream.read(PIECE)
    whole = rejoined(head, stream)
    unpacked = Unpacked(whole) if is_packed(head) else Plain(whole)
    missed: Counter[str] = Counter()
    yield from _whole(name, unpacked, crawl, missed)
    passed_over = 0
    while unpacked.breaks_off and unpacked.goes_on():
        passed_over += 1
        yield from _whole(name, unpacked, crawl, missed)
    if passed_over:
        message = f"damaged places were passed over: {passed_over}"
        yield Problem(name, 0, message, "what stands there may be in another copy of the file")
    if unpacked.breaks_off:
        yield damaged(name, "it ends within a record")
    if number := missed[_PAGE]:
        hint = "they point at pages saved before: import the files that hold these along with it"
        yield Problem(name, 0, f"{number} revisit records hold no page", hint)
    if number := missed[_FILE]:
        message = f"pictures and documents left out: {number}; the crawl has over {MOST >> 30} GiB"
        yield Problem(name, 0, message, "import its files a few at a time")


def _whole(
    name: str, unpacked: Unpacked | Plain, crawl: Crawl, missed: Counter[str]
) -> Iterator[Found]:
    """The documents in all records up to the next damage."""
    records = Records(stream_of(unpacked))
    try:
        for record in quietly(records):
            yield from _found(name, record, crawl, missed)
            unpacked.breaks_off |= _breaks_off(record)
        unpacked.breaks_off |= records.ends_in_head
    except ArchiveLoadFailed as error:
        if not unpacked.breaks_off:
            yield damaged(name, " ".join(str(error).split()))
    except (AttributeError, KeyError, TypeError):  # inside the library
        if not unpacked.breaks_off:
            yield damaged(name, "a record has no head that can be read")


def _found(name: str, record: Any, crawl: Crawl, missed: Counter[str]) -> Iterator[Found]:
    """The documents in a record; what it holds besides goes to ``crawl``, or is ``missed``."""
    if record.rec_type == "revisit":
        missed[_PAGE] += _is_missing(record, crawl.pages)
    elif record.rec_type not in _RECORDS or not _is_sent(record) or _is_of_crawler(record):
        return
    elif _is_of_page(record):
        missed[_FILE] += not _keep(record, crawl)
    else:
        crawl.pages.update(_marks(record))
        yield from _documents(name, record, crawl)


def _breaks_off(record: Any) -> bool:
    """Whether there is less of a record than it says."""
    stream = record.raw_stream
    while stream.read(PIECE):
        pass
    return getattr(stream, "limit", 1) > 0


def _is_of_crawler(record: Any) -> bool:
    """Whether the record is what a crawler notes of its own work, or of a page that is there."""
    return record.rec_type == "resource" and _address(record).lower().startswith(_NOTES)


def _is_of_page(record: Any) -> bool:
    """Whether it is a picture that pages show, or a document that they lead to."""
    kind, _ = _kind(record)
    return kind.startswith("image/") or (kind not in _ENDINGS and is_document(_address(record)))


def _keep(record: Any, crawl: Crawl) -> bool:
    """Keep it for these pages; False only if there is no room for it."""
    address = _address(record)
    if crawl.has(address):
        return True
    # A damaged one takes no page with it.
    with contextlib.suppress(OSError, EOFError, ValueError, zlib.error, brotli.error):
        stream = record.content_stream()
        head = stream.read(HEAD)
        most = most_bytes(address)
        data = head + stream.read(most) if kind_of(head) or is_document(address) else b""
        if data and len(data) <= most:
            return crawl.keep(address, data)
    return True


def _illustrated(page: RawDocument, address: str, crawl: Crawl) -> RawDocument:
    """``page`` with what it shows and leads to, as far as the crawl holds it."""

    def find(written: str) -> bytes | None:
        return crawl.find(resolved(address, written))

    return with_parts(page, find) if page.media_type == HTML else page


def _is_sent(record: Any) -> bool:
    headers = record.http_headers
    return headers is None or headers.get_statuscode() == "200"


def _marks(record: Any) -> tuple[str, ...]:
    """What a revisit of the record names it by."""
    found = map(record.rec_headers.get_header, ("WARC-Payload-Digest", "WARC-Target-URI"))
    return tuple(value for value in found if value)


def _is_missing(revisit: Any, saved: set[str]) -> bool:
    """Whether a revisit speaks of a page that no file read so far holds."""
    kind, _ = _kind(revisit)
    page = kind in _ENDINGS or kind in _NOT_SAID
    refers = revisit.rec_headers.get_header("WARC-Refers-To-Target-URI")
    return page and saved.isdisjoint({*_marks(revisit), refers})


def _kind(record: Any) -> tuple[str, str]:
    """The media type of what a record holds, and the encoding that is declared with it."""
    headers = record.http_headers or record.rec_headers
    value = (headers.get_header("Content-Type") or "").lower()
    declared = value.partition("charset=")[2].partition(";")[0].strip(" \"'")
    return value.partition(";")[0].strip(), declared


def _address(record: Any) -> str:
    found: str = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    return found


def _documents(name: str, record: Any, crawl: Crawl) -> Iterator[Found]:
    address = _address(record)
    shown = f"{name}#{address}"
    kind, declared = _kind(record)
    if kind not in _ENDINGS and kind not in _NOT_SAID:
        return
    packed = record.http_headers and record.http_headers.get_header("Content-Encoding")
    if packed and packed.lower() not in (*BufferedReader.DECOMPRESSORS, *_UNPACKED):
        yield Problem(shown, 0, f"was sent packed as '{packed}'", "unpack it by hand")
        return
    with contextlib.redirect_stderr(io.StringIO()) as told:
        data = read_whole(shown, record.content_stream())
    if isinstance(data, Problem):
        yield data
        return
    if told.getvalue():
        yield damaged(shown, told.getvalue().strip())
        return
    if _breaks_off(record):
        return
    ending = _ENDINGS.get(kind) or (".html" if importers.is_page(data) else "")
    known = known_values({"url": address})
    when = read_date(record.rec_headers.get_header("WARC-Date") or "")
    for item in _opened(shown, ending, data, declared, known, address=address):
        if isinstance(item, RawDocument):
            item = html.fetched(as_copy(_illustrated(item, address, crawl), address), when)
        yield item


def _opened(
    shown: str, ending: str, data: bytes, declared: str, known: dict[str, Any], *, address: str
) -> Iterator[Found]:
    if ending == ".html":
        found = html.page(shown, data, declared, known)
        is_none = isinstance(found, RawDocument) and is_list(address, found.text)
        yield LeftOut(LISTS, shown) if is_none else found
        return
    importer = importers.importer_for("x" + ending) if ending else None
    if importer is None or (ending == ".txt" and _for_robots(address)):
        return
    for item in importers.read_stream(shown, io.BytesIO(data), importer):
        if isinstance(item, RawDocument):
            yield dataclasses.replace(item, known={**known, **item.known})
        elif data:
            yield item


def _for_robots(address: str) -> bool:
    """Whether a plain text is none for readers: scripts and styles are often sent as such."""
    try:
        last = urlsplit(address).path.rpartition("/")[2].casefold()
    except ValueError:
        return True
    return last in _FOR_ROBOTS or ("." in last and not last.endswith((".txt", ".text")))
