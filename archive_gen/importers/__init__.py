"""Which importer opens a file, by the ending of its name.

A container (JSON lines, a WARC, a zip file …) and the media type of what lies in it are
separate: an importer yields ``RawDocument``s, and cleaning goes by their ``media_type``.
"""

from __future__ import annotations

import gzip
import importlib
import io
import lzma
import sys
import zlib
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

from archive_gen.importers.base import Importer, TooLargeError, bounded, size_of
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from archive_gen.article import RawDocument

_MODULES = {
    "text": ".text .txt",
    "html": ".html .htm .xhtml .shtml",
    "json_lines": ".jsonl .ndjson .jl .json",
    "csv_table": ".csv .tsv",
    "feed": ".rss .atom .xml",
    "warc": ".warc .warc.gz",
    "mail": ".eml",
    "packed": ".zip .wacz .tar .tar.gz .tgz .tar.bz2 .tbz2 .tar.xz .txz",
}
IMPORTERS: dict[str, str] = {
    ending: module for module, endings in _MODULES.items() for ending in endings.split()
}
"""Ending → module of this package, which is loaded when a file asks for it. Each has
``read(name, stream)``, an ``Importer``."""
STANDARD_INPUT = "-"
_UNREADABLE = (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError)


def importer_for(path: Path | str) -> Importer | None:
    """The importer for a file; None if no importer knows its ending."""
    name = str(path).lower()
    if name == STANDARD_INPUT:
        return _load("sniffed")
    ending = _ending(name)
    if ending:
        return _load(IMPORTERS[ending])
    inner = _ending(name.removesuffix(".gz")) if name.endswith(".gz") else ""
    return partial(_read_gzip, _load(IMPORTERS[inner])) if inner else None


def holds_one(path: Path | str) -> bool:
    """Whether the file is one document, not a container of any number."""
    return IMPORTERS.get(_ending(str(path).lower())) in ("text", "html", "mail")


def read(path: Path) -> Iterator[RawDocument | Problem]:
    """What lies in the file at ``path`` (``-``: standard input).

    A container that breaks off gives what stood before the break, and a ``Problem``.
    Raises ``OSError`` if the file can't be opened.
    """
    importer = importer_for(path)
    if importer is None:
        yield Problem(str(path), 0, "can't import this kind of file")
        return
    if str(path) == STANDARD_INPUT:
        yield from read_stream("standard input", sys.stdin.buffer, importer)
        return
    with path.open("rb") as stream:
        yield from read_stream(str(path), stream, importer)


def read_stream(name: str, stream: BinaryIO, importer: Importer) -> Iterator[RawDocument | Problem]:
    """What ``importer`` finds in ``stream``; what breaks it becomes a ``Problem``."""
    try:
        yield from importer(name, stream)
    except TooLargeError as error:
        yield Problem(name, 0, f"was left at this point: {error.strerror}", "unpack it by hand")
    except _UNREADABLE as error:
        reason = getattr(error, "strerror", None) or str(error) or "it ends too early"
        yield Problem(name, 0, f"can't be read further: {reason}", "the file may be damaged")


def _ending(name: str) -> str:
    """The longest known ending of ``name``; empty if there is none."""
    fitting = (ending for ending in IMPORTERS if name.endswith(ending))
    return max(fitting, key=len, default="")


def _load(module: str) -> Importer:
    read: Importer = importlib.import_module(f"{__name__}.{module}").read
    return read


def _read_gzip(importer: Importer, name: str, stream: BinaryIO) -> Iterator[RawDocument | Problem]:
    """One compressed file."""
    with gzip.open(stream, "rb") as unpacked:
        yield from importer(name, bounded(io.BufferedReader(unpacked), size_of(stream)))
