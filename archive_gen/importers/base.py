"""The contract of an importer: it opens a container and yields what lies in it.

What a container holds may be hostile: it is read in bounded pieces, names in it are for
messages only, and whatever can't be read becomes a ``Problem`` while the rest goes on.
"""

from __future__ import annotations

import bz2
import codecs
import dataclasses
import errno
import functools
import gzip
import io
import lzma
import posixpath
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias, TypeVar

from archive_gen.article import RawDocument, SourceFile
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An entry of an export that is no article, or that readers could not see: no fault."""

    kind: str
    """In the plural: ``drafts``, ``pages``."""
    name: str = ""


OF_CRAWLERS = "notes of crawlers"
ADDRESSES = "lists of addresses"
FOR_PROGRAMS = "what a site has for programs"
"""Feeds that are called web pages, answers in JSON, lists of its pages, and the like."""

Found: TypeAlias = RawDocument | Problem | LeftOut
Importer: TypeAlias = Callable[[str, BinaryIO], Iterator[Found]]
"""``importer(name, stream)``: the documents in ``stream`` in their order, a ``Problem`` for
each part that can't be read, and what is left out. A document's ``name`` begins with ``name``. May
raise ``OSError``."""
_Item = TypeVar("_Item")

PACKINGS: dict[str, Callable[[BinaryIO], object]] = {
    ".gz": gzip.open,
    ".bz2": bz2.open,
    ".xz": lzma.open,
}
"""Ending of one compressed file → what opens it."""
MAX_DOCUMENT = 64 << 20
"""Bytes; no single page, mail or record is larger."""
_FREE = 16 << 20
_MAX_RATIO = 250
WIDE_XML = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    ("<?".encode("utf-16-le"), "utf-16-le"),
    ("<?".encode("utf-16-be"), "utf-16-be"),
)
"""How XML begins → the encoding of more than a byte that it is in."""
_SAID_WIDE = re.compile(
    rb"""(?:\xef\xbb\xbf)?\s*<\?xml\b[^>]*?\bencoding\s*=\s*["'](?:utf|ucs)-?(?:16|32|[24]["'])[^>]*>""",
    re.IGNORECASE,
)
"""A declaration in UTF-8 that names such an encoding. Programs write it that have a text so in
memory."""
_HEAD = 8192
_MISMATCH = "Opening and ending tag mismatch: "
_STOPPING = frozenset(
    f"ERR_{name}"
    for name in "DOCUMENT_END RESOURCE_LIMIT CDATA_NOT_FINISHED COMMENT_NOT_FINISHED "
    "PI_NOT_FINISHED".split()
)
"""Faults of XML at which its parser stops."""
_UNFINISHED = frozenset(
    f"ERR_{name}"
    for name in "TAG_NOT_FINISHED ATTRIBUTE_NOT_FINISHED GT_REQUIRED LTSLASH_REQUIRED "
    "NAME_REQUIRED INVALID_CHAR".split()
)
"""Faults at which it stops at the end of what is given."""
_LONGEST = 300
"""Characters of a message."""
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_TOO_LARGE = "leave it out; no article is as large as that"


class TooLargeError(OSError):
    """More came out of a compressed stream than can be meant well."""


@dataclass(slots=True)
class Room:
    """How many bytes may still come out of a compressed file, whatever is nested in it."""

    left: int
    around: Room | None = None
    """That of the archive in which it lies."""

    def take(self, size: int) -> None:
        """Use up ``size`` bytes; raises ``TooLargeError`` if there is no room for them."""
        self.left -= size
        if self.left < 0:
            raise TooLargeError(0, "it unpacks to far more than an archive of articles would")
        if self.around:
            self.around.take(size)

    def grow(self, size: int) -> None:
        """Make room for what ``size`` more compressed bytes may hold."""
        self.left += _MAX_RATIO * size


def without_packing(name: str) -> str:
    """The name of what is in one compressed file: ``pages.jsonl`` of ``pages.jsonl.gz``."""
    plain, ending = posixpath.splitext(name)
    return plain if ending.lower() in PACKINGS else name


def room_for(compressed: int, around: Room | None = None) -> Room:
    """Room for 250 times as many bytes as are compressed, and 16 MiB."""
    return Room(_FREE + _MAX_RATIO * compressed, around)


class _ReadBy(io.RawIOBase):
    """A stream of what a function reads: at most so many bytes, none at the end."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        super().__init__()
        self._read = read

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        data = self._read(len(view))
        view[: len(data)] = data
        return len(data)


def within(room: Room, stream: BinaryIO) -> BinaryIO:
    """``stream``, buffered, which ends with ``TooLargeError`` when there is no room any more."""
    return _counted(stream, room.take)


def credited(room: Room, stream: BinaryIO) -> BinaryIO:
    """A compressed ``stream``, buffered, that makes room as it is read: its size need not be
    known."""
    return _counted(stream, room.grow)


def _counted(stream: BinaryIO, count: Callable[[int], None]) -> BinaryIO:
    """``stream``, buffered; ``count`` hears how many bytes are read of it."""

    def read(size: int) -> bytes:
        data = stream.read(size)
        count(len(data))
        return data

    return stream_of(read)


def stream_of(read: Callable[[int], bytes]) -> BinaryIO:
    """A buffered stream of what ``read(size)`` gives: at most so many bytes, none at the end."""
    return io.BufferedReader(_ReadBy(read))


def rejoined(head: bytes, stream: BinaryIO) -> BinaryIO:
    """What was read of ``stream`` for a look at it, and then the rest."""
    looked_at = io.BytesIO(head)
    return stream_of(lambda size: looked_at.read(size) or stream.read(size))


def read_whole(name: str, stream: BinaryIO) -> bytes | Problem:
    """All bytes of one document."""
    data = stream.read(MAX_DOCUMENT + 1)
    if len(data) > MAX_DOCUMENT:
        return Problem(name, 0, f"is larger than {MAX_DOCUMENT >> 20} MiB", _TOO_LARGE)
    return data


def of_one_document(read: Callable[[str, bytes], Iterator[Found]]) -> Importer:
    """An importer of files that are one document each: ``read`` is given all bytes of it."""

    @functools.wraps(read)
    def importer(name: str, stream: BinaryIO) -> Iterator[Found]:
        data = read_whole(name, stream)
        yield from (data,) if isinstance(data, Problem) else read(name, data)

    return importer


def with_document(found: Iterator[Found], name: str, data: bytes, ending: str) -> Iterator[Found]:
    """What was ``found`` as the text of a file; if that is one article, with the file itself. One
    that holds many is a container."""
    items = list(found)
    documents = [item for item in items if isinstance(item, RawDocument)]
    if len(documents) != 1:
        yield from items
        return
    stem = PurePath(name.rpartition("#")[2].replace("\\", "/")).stem
    document = SourceFile(f"{stem or 'document'}{ending}", data)
    for item in items:
        if isinstance(item, RawDocument):
            yield dataclasses.replace(item, document=document)
        else:
            yield item


def in_utf8(data: bytes) -> bytes:
    """XML of any wide encoding as UTF-8, and without a declaration that is not true."""
    encoding = next((name for mark, name in WIDE_XML if data.startswith(mark)), "")
    if encoding:
        data = data.decode(encoding, "replace").encode("utf-8", "replace")
    untrue = _SAID_WIDE.match(data)
    return data[untrue.end() :] if untrue else data


def head_of_xml(data: bytes) -> bytes:
    """How XML begins, in UTF-8."""
    return in_utf8(data[:_HEAD]).removeprefix(codecs.BOM_UTF8).lstrip()


def parse_xml(data: bytes) -> tuple[Any | None, str]:
    """The root element of XML, mended where it can be, None where nothing is left of it; and why
    it ends before its end, empty where all of it was read.

    Nothing that it refers to is loaded.
    """
    from lxml import etree  # takes long to load, and few files are XML

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    data = in_utf8(data)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None, ""
    return root, "" if root is None else _early_end(root, data, parser.error_log)


def _early_end(root: Any, data: bytes, faults: Any) -> str:
    """The fault at which a parser stopped; after others it goes on."""
    name = root.tag.rpartition("}")[2]
    whole = f"{root.prefix}:{name}" if root.prefix else name
    closed = f"{_MISMATCH}{whole} line "
    is_closed = _without_remark(data).endswith(f"</{whole}>".encode())
    # Where an element is not closed, its end may be all that is missing.
    stopping = _STOPPING if is_closed else _STOPPING | _UNFINISHED
    fault = next((one for one in faults if one.type_name in stopping), None)
    if fault is None:  # the whole may have been closed by the end of another element
        last = [one for one in faults if one.message.startswith(closed)][-1:]
        fault = next((one for one in last if _behind(data, one)), None)
    return f"line {fault.line}: {fault.message}" if fault else ""


def _without_remark(data: bytes) -> bytes:
    """XML without the remark that a program puts at its end."""
    data = data.rstrip()
    return data[: data.rfind(b"<!--")].rstrip() if data.endswith(b"-->") else data


def _behind(data: bytes, fault: Any) -> bytes:
    """What stands behind a fault."""
    stream = io.BytesIO(data)
    for _ in range(fault.line - 1):
        stream.readline()
    stream.seek(max(0, fault.column - 1), io.SEEK_CUR)
    return stream.read().strip()


def numbered(name: str, items: Sequence[_Item]) -> Iterator[tuple[str, _Item]]:
    """Each of the items of a file with its name: the file's, and a number if there are several."""
    for number, item in enumerate(items, start=1):
        yield name if len(items) == 1 else f"{name}#{number}", item


def damaged(name: str, reason: object) -> Problem:
    """The problem of a container that breaks off; ``reason``, a text or what was raised, is cut,
    for it may quote all of it."""
    if lacks_room(reason):
        message = f"takes more room than there is in {tempfile.gettempdir()} for a while"
        return Problem(name, 0, message, "name a folder on a larger disk in TMPDIR, do it again")
    message = f"can't be read further: {getattr(reason, 'strerror', None) or reason}"[:_LONGEST]
    return Problem(name, 0, message, "the file may be damaged")


def lacks_room(error: object) -> bool:
    """Whether that was raised as a disk is full: of importers, the one with temporary files."""
    in_database = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return in_database or getattr(error, "errno", None) in _FULL


def no_print(name: str) -> Problem:
    """The problem of a page of print on which a machine has read nothing."""
    return Problem(name, 0, "holds no text", "let a machine read the page again")


def no_text(name: str) -> Problem:
    """The problem of a file of random bytes."""
    return Problem(name, 0, "can't be read as text", "leave it out if it is no text at all")


def size_of(stream: BinaryIO) -> int:
    """How many bytes ``stream`` has; 0 if it can't say."""
    try:
        here = stream.tell()
        size = stream.seek(0, io.SEEK_END)
        stream.seek(here)
    except (OSError, ValueError):
        return 0
    return size
