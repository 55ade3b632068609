"""A web archive (WARC): each page that a server sent with status 200."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from archive_gen.importers import html
from archive_gen.importers.base import read_whole
from archive_gen.importers.records import known_values
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.article import RawDocument

_PAGES = ("text/html", "application/xhtml+xml")


def read(name: str, stream: BinaryIO) -> Iterator[RawDocument | Problem]:
    """The pages in ``stream``, compressed or not, read record by record."""
    revisits = 0
    try:
        for record in ArchiveIterator(stream):
            if record.rec_type == "revisit":
                revisits += 1
            elif _is_page(record):
                yield _document(name, record)
    except (ArchiveLoadFailed, AttributeError, KeyError, TypeError) as error:
        # The last three are what broken record headers raise inside the library.
        yield Problem(name, 0, f"can't be read further: {error}", "the file may be damaged")
    if revisits:
        hint = "they point at pages that were saved before; import the file that holds these"
        yield Problem(name, 0, f"{revisits} revisit records hold no page", hint)


def _is_page(record: Any) -> bool:
    if record.rec_type != "response" or record.http_headers is None:
        return False
    kind = record.http_headers.get_header("Content-Type") or ""
    status = record.http_headers.get_statuscode()
    return status == "200" and kind.partition(";")[0].strip().lower() in _PAGES


def _document(name: str, record: Any) -> RawDocument | Problem:
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    shown = f"{name}#{address}"
    data = read_whole(shown, record.content_stream())
    if isinstance(data, Problem):
        return data
    kind = record.http_headers.get_header("Content-Type")
    declared = kind.lower().partition("charset=")[2].partition(";")[0].strip(" \"'")
    return html.page(shown, data, declared, known_values({"url": address.strip("<>")}))
