"""What has no name to go by (standard input, a file without an ending): what it looks like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO

from archive_gen import importers
from archive_gen.importers import csv_table, importer_for, rtf, sgml
from archive_gen.importers.base import rejoined
from archive_gen.importers.mailbox import BEGINS
from archive_gen.importers.packings import BLOCK, BZIP2, unpacked
from archive_gen.importers.posts import begins_with_front_matter
from archive_gen.importers.records.column_names import in_english
from archive_gen.importers.records.record import knows_fields
from archive_gen.importers.xml.extracted import is_of_wiki
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.importers.base import Found

_ENOUGH = 8192
_BY_MARK = {
    b"PK\x03\x04": ".zip",
    b"WARC/": ".warc",
    b"SQLite format 3\0": ".sqlite",
    b"PGDMP": ".sql",
    b"%PDF-": ".pdf",
    rtf.BEGINS: ".rtf",
}
_IN_ZIP = {
    b"word/document.xml": ".docx",
    b"mimetypeapplication/vnd.oasis.opendocument.textPK": ".odt",
}
"""What the beginning of a document has that is a zip archive."""
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")
_MAIL = re.compile(rb"(?:[A-Za-z-]+: [^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){3,}\r?\n")
_OF_MAIL = re.compile(rb"^(?:From|Subject|MIME-Version): ", re.MULTILINE | re.IGNORECASE)

_SQL = re.compile(rb"^(?:CREATE TABLE |INSERT (?:INTO |\[))", re.MULTILINE)
_OF_SQL = (b"--", b"/*", b"SET ", b"PRAGMA ", b"BEGIN", b"USE ", b"CREATE ", b"INSERT ", b"DROP ")
"""With any of these a dump begins."""

_OF_PAGE = re.compile(rb"^(?:Snapshot-Content-Location:|From: <Saved by )", re.MULTILINE)


def read(name: str, stream: BinaryIO) -> Iterator[Found]:
    """The documents of a stream of any of the forms that the importers know."""
    head = stream.read(_ENOUGH)
    if head.startswith(BZIP2):
        head += stream.read(BLOCK)
    ending = _ending_if_packed(head) or ending_of(head)
    importer = importer_for("x" + ending)
    if importer is None:  # pragma: no cover - each ending is one of the table
        yield Problem(name, 0, "can't import this kind of file")
        return
    if stream.seekable():
        stream.seek(0)
        yield from importer(name, stream)
    else:
        yield from importer(name, rejoined(head, stream))


def ending_of(head: bytes) -> str:
    """The ending that a file which begins with ``head`` should have."""
    for mark, ending in _BY_MARK.items():
        if head.startswith(mark):
            inside = _IN_ZIP.items() if ending == ".zip" else ()
            return next((known for told, known in inside if told in head), ending)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if importers.is_page(head):
        return ".html"
    if sgml.begins(head):
        return ".sgml"
    if is_of_wiki(start) or (start.startswith(b"<") and _FEED.search(start)):
        return ".xml"
    if re.match(rb"\{|\[\s*[{\[]", start):
        return ".jsonl"
    if _is_tar(head):
        return ".tar"
    return _of_text(start)


def _of_text(start: bytes) -> str:
    if start.startswith(b"<"):
        return ".html"
    if BEGINS.match(start) and _MAIL.match(start.partition(b"\n")[2]):
        return ".mbox"
    if _MAIL.match(start) and _OF_MAIL.search(start):
        return ".mhtml" if _OF_PAGE.search(start) else ".eml"
    if start.startswith(_OF_SQL) and _SQL.search(start):
        return ".sql"
    if begins_with_front_matter(start.decode("utf-8", "replace")):
        return ".md"
    header = start.partition(b"\n")[0].decode("utf-8", "replace").strip()
    names = header.replace('"', "").split(csv_table.delimiter_of(header))
    return ".csv" if len(names) > 1 and knows_fields(in_english(names)) else ".txt"


def _is_tar(head: bytes) -> bool:
    return head[257:262] == b"ustar"


def _ending_if_packed(head: bytes) -> str:
    """The ending of a compressed file: a WARC and a tar are read as they are. Empty for others."""
    packing, inside = unpacked(head)
    if not packing:
        return ""
    ending = ending_of(inside) if inside else ".txt"
    return ".warc.gz" if (ending, packing) == (".warc", ".gz") else ending + packing
