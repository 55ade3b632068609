"""Which importer opens a file: by the ending of its name, else by how it begins.

A container (JSON lines, a WARC, a zip file …) and the media type of what lies in it are
separate: an importer yields ``RawDocument``s, and cleaning goes by their ``media_type``.
"""

from __future__ import annotations

import importlib
import lzma
import re
import sys
import zlib
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from archive_gen.article import RawDocument
from archive_gen.importers.base import (
    PACKINGS,
    Found,
    Importer,
    LeftOut,
    TooLargeError,
    credited,
    damaged,
    room_for,
    within,
    without_packing,
)
from archive_gen.importers.beside import with_export_folder, with_folder
from archive_gen.importers.bounds import within_bounds
from archive_gen.importers.packings import unpacked
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator


_MODULES = {
    "text": ".text .txt",
    "html": ".html .htm .xhtml .hocr .shtml .php .asp .aspx .jsp .cfm",
    "markdown": ".md .markdown",
    "json_lines": ".jsonl .ndjson .jl .json",
    "csv_table": ".csv .tsv",
    "sql_dump": ".sql",
    "sqlite_file": ".sqlite .sqlite3",
    "feed": ".rss .atom .xml .enex",
    "sgml": ".sgm .sgml",
    "warc": ".warc .warc.gz",
    "pdf": ".pdf",
    "word": ".docx",
    "odt": ".odt",
    "rtf": ".rtf",
    "mail": ".eml",
    "mailbox": ".mbox",
    "mhtml": ".mhtml .mht",
    "packed": ".zip .wacz .tar .tar.gz .tgz .tar.bz2 .tbz2 .tar.xz .txz",
}
IMPORTERS: dict[str, str] = {
    ending: module for module, endings in _MODULES.items() for ending in endings.split()
}
"""Ending → module of this package, which is loaded when a file asks for it. Each has
``read(name, stream)``, an ``Importer``."""
_SINGLE = ("text", "html", "markdown", "mail", "mhtml", "odt", "pdf", "rtf", "word")
_ASSETS = tuple(
    ".jpg .jpeg .png .gif .webp .avif .svg .ico .bmp .tif .tiff .mp3 .mp4 .m4a .webm .ogg .wav "
    ".mov .avi .css .js .mjs .map .woff .woff2 .ttf .otf .eot .swf .cdx .cdxj".split()
)
_DOCUMENTS = tuple(
    ".doc .epub .ppt .pptx .xls .xlsx .ods .7z .rar .zst .exe .bin .db "
    ".py .log .ris .bib .pages .indd .icml .idml .wpress .parquet "
    ".arrow .feather".split()
)
"""Endings of what is no page for sure; other files are looked into."""
_PART_OF_PAGE = re.compile(
    rb"\s*<(?:article|body|center|div|font|h[1-6]|head|main|meta|p|section|span|table|title)[\s>]",
    re.IGNORECASE,
)
"""No dump of what readers saw begins so."""
_OF_CRAWLERS = frozenset(
    "hts-cache hts-log.txt hts-in_progress.lock cookies.txt robots.txt ads.txt wget-log "
    "archive_browser.html crawl-report.txt frontier-nonempty-report.txt "
    "frontier-summary-report.txt hosts-report.txt mimetype-report.txt processors-report.txt "
    "responsecode-report.txt seeds-report.txt source-report.txt threads-report.txt".split()
)
_OF_SYSTEMS = frozenset(
    "$recycle.bin|#recycle|@recycle|lost+found|system volume information|@eadir|__macosx".split("|")
)
"""Folders in which systems keep what was deleted on a disk, and what they note of it."""
_WAYS = {
    ".doc": "save it as a document of a newer Word: soffice --convert-to docx FILE",
    ".pdf": "pages may lead to those that lie beside them: name the ones that are articles",
    ".epub": "save it as HTML: pandoc -s -o FILE.html FILE",
    ".xls .xlsx .ods": "save it as a table: soffice --convert-to csv FILE",
    ".parquet": "make a table of it: duckdb -c \"COPY (FROM 'FILE') TO 'FILE.csv'\"",
    ".arrow .feather": "let what wrote it make JSON lines of it: "
    "datasets.load_from_disk('FOLDER').to_json('FILE.jsonl')",
    ".7z .rar .zst": "unpack it first",
    ".db": "name it .sqlite if it is a database of SQLite, else export the table of articles: .csv",
}
"""Endings of what was passed over → what to do."""
STANDARD_INPUT = "-"
_UNREADABLE = (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError)
_EMPTY = "files without an article"
_PAGE_MARKS = (b"<!doctype html", b"<html")
ENOUGH = 1024
"""Bytes that show whether a file is a web page."""


def importer_for(path: Path | str) -> Importer | None:
    """The importer for a file by its name; None if no importer knows its ending."""
    name = _folded(path)
    if name == STANDARD_INPUT:
        return _load("sniffed")
    ending = _ending(name)
    if ending:
        return _load(IMPORTERS[ending])
    plain = without_packing(name)
    inner = _ending(plain)
    return partial(_read_packed, _load(IMPORTERS[inner]), name[len(plain) :]) if inner else None


def is_page(head: bytes) -> bool:
    """Whether a file that begins with ``head`` is a web page, whatever its name."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:ENOUGH].lower()
    return start.startswith(_PAGE_MARKS) or (
        start.startswith((b"<!--", b"<?xml")) and any(mark in start for mark in _PAGE_MARKS)
    )


def is_html(data: bytes) -> bool:
    """Whether ``data`` is a web page or a part of one, whatever its name."""
    return is_page(data) or _PART_OF_PAGE.match(data) is not None


def is_hidden(name: str) -> bool:
    """Whether a file or folder of that name is hidden, is a lock that Word keeps beside an open
    document, or is a system's own: what lies in its bin was deleted."""
    if name in (".", ".."):
        return False
    return name.startswith((".", "~$")) or name.lower() in _OF_SYSTEMS


def is_of_crawler(name: str) -> bool:
    """Whether what mirrors or exports a site keeps its own notes in a file or folder of that name;
    some hold what nobody else should see, such as cookies."""
    return name.lower() in _OF_CRAWLERS


def is_asset(name: str) -> bool:
    """Whether the ending of ``name`` tells of a picture, a style, a script: a part of a page."""
    return _folded(name).endswith(_ASSETS)


def is_other(name: str) -> bool:
    """Whether the ending of ``name`` tells that no importer can read the file."""
    return _folded(name).endswith((*_ASSETS, *_DOCUMENTS))


def cannot_read(path: Path) -> Problem:
    """The problem of a file that no importer can read."""
    hint = way_for(path.name) or "turn it into text or HTML first"
    return Problem(str(path), 0, "can't import this kind of file", hint)


def way_for(name: str) -> str:
    """What to do with a file of that name, which no importer can read; empty if nobody knows."""
    name = _folded(name)
    fitting = (way for endings, way in _WAYS.items() if name.endswith(tuple(endings.split())))
    return next(fitting, "")


def looks_like_page(path: Path) -> bool:
    """Whether the file at ``path``, whose ending nobody knows, holds a web page.

    Raises ``OSError`` if it can't be opened.
    """
    return is_page(_head(path))


def looks_known(path: Path) -> bool:
    """Whether the file at ``path``, whose ending nobody knows, holds for sure what some importer
    reads.

    Raises ``OSError`` if it can't be opened.
    """
    return begins_known(_head(path))


def begins_known(head: bytes) -> bool:
    """Whether a file that begins with ``head`` is a web page or newswire, packed or not: both have
    files without a known ending."""
    from archive_gen.importers import sgml

    _, inside = unpacked(head)
    return is_page(inside) or sgml.begins(inside)


def _head(path: Path) -> bytes:
    """How the file at ``path`` begins; nothing of what no importer can read."""
    if is_other(path.name):
        return b""
    with path.open("rb") as stream:
        return stream.read(ENOUGH)


def holds_one(path: Path | str) -> bool:
    """Whether the file is one document, not a container of any number."""
    name = _folded(path)
    ending = _ending(name)
    if ending:
        return IMPORTERS[ending] in _SINGLE
    return not name.endswith((STANDARD_INPUT, *PACKINGS))


def kind_of(name: str) -> str:
    """The module that opens a file of that name, by its ending; empty if none does."""
    return IMPORTERS.get(_ending(_folded(name)), "")


def read(path: Path) -> Iterator[Found]:
    """What lies in the file at ``path`` (``-``: standard input); without a known ending it is
    what it looks like.

    A container that breaks off gives what stood before the break, and a ``Problem``; one that
    holds nothing is left out. Raises ``OSError`` if the file can't be opened.
    """
    by_others = _by_others(path)
    found = _read(path, by_others)
    first = next(found, None)
    if first is not None:
        yield first
        yield from found
    elif by_others is None:  # which may hold what only tells of others
        yield LeftOut(_EMPTY, str(path))


def _read(path: Path, by_others: Importer | None) -> Iterator[Found]:
    from archive_gen.importers.folders.described import as_told

    importer = by_others or importer_for(path)
    if importer is None and is_other(path.name):
        yield cannot_read(path)
        return
    if str(path) == STANDARD_INPUT:
        yield from read_stream("standard input", sys.stdin.buffer, _load("sniffed"))
        return
    is_saved_page = (
        looks_like_page(path)
        if importer is None
        else importer
        in (
            _load("html"),
            _load("markdown"),
        )
    )
    with path.open("rb") as stream:
        found = read_stream(str(path), stream, importer or _load("sniffed"))
        if is_saved_page:
            found = (with_folder(item, path) for item in found)
        else:
            found = with_export_folder(found, path)
        if holds_one(path):
            found = (_lying_at(path, item) for item in as_told(found, path))
        yield from found


def _lying_at(path: Path, item: Found) -> Found:
    """``item``; if it is the text of the file at ``path``, without the bytes of that."""
    if not isinstance(item, RawDocument) or item.document is None:
        return item
    return replace(item, document=replace(item.document, data=path))


def _by_others(path: Path) -> Importer | None:
    """How the file is read by what files beside it tell."""
    if str(path) == STANDARD_INPUT or is_other(path.name):
        return None
    from archive_gen.importers.folders import importer_beside

    return importer_beside(path)


def read_stream(name: str, stream: BinaryIO, importer: Importer) -> Iterator[Found]:
    """What ``importer`` finds in ``stream``; what breaks it becomes a ``Problem``."""
    try:
        yield from map(within_bounds, importer(name, stream))
    except TooLargeError as error:
        yield Problem(name, 0, f"was left at this point: {error.strerror}", "unpack it by hand")
    except RecursionError:
        yield Problem(name, 0, "is nested too deeply to be read", "leave it out")
    except _UNREADABLE as error:
        yield damaged(name, error if str(error) else "it ends too early")


def _folded(name: Path | str) -> str:
    """A file's name as its ending is looked for: a blank at its end is a slip."""
    return str(name).lower().rstrip()


def _ending(name: str) -> str:
    """The longest known ending of ``name``; empty if there is none."""
    fitting = (ending for ending in IMPORTERS if name.endswith(ending))
    return max(fitting, key=len, default="")


def _load(module: str) -> Importer:
    read: Importer = importlib.import_module(f"{__name__}.{module}").read
    return read


def _read_packed(importer: Importer, packing: str, name: str, stream: BinaryIO) -> Iterator[Found]:
    """One compressed file."""
    room = room_for(0)
    opened = PACKINGS[packing](credited(room, stream))
    with cast("BinaryIO", opened) as unpacked:
        yield from importer(name, within(room, unpacked))
