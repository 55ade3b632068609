"""The records of a web archive (WARC), behind its compression and behind its damages."""

from __future__ import annotations

import contextlib
import io
import zlib
from typing import TYPE_CHECKING, Any, BinaryIO

import brotli
from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import BufferedReader

from archive_gen.importers.base import MAX_DOCUMENT

if TYPE_CHECKING:
    from collections.abc import Iterator

PIECE = 1 << 16
"""Bytes that are read at once."""
_GZIP = b"\x1f\x8b"
_GZIP_MEMBER = _GZIP + b"\x08"
_HEAD_OF_RECORD = 1 << 10
"""So many packed bytes show whether a record begins."""
_RECORD = b"WARC/"


class _Brotli:
    """As warcio wants a decompressor; its own works with another package of that name."""

    unused_data = b""

    def __init__(self) -> None:
        self._decompressor = brotli.Decompressor()

    def decompress(self, data: bytes) -> bytes:
        found: bytes = self._decompressor.process(data, output_buffer_limit=MAX_DOCUMENT + 1)
        if len(found) > MAX_DOCUMENT:
            raise ValueError(f"it unpacks to more than {MAX_DOCUMENT >> 20} MiB")
        return found

    def flush(self) -> bytes:
        return b""


BufferedReader.DECOMPRESSORS["br"] = _Brotli


def is_packed(head: bytes) -> bool:
    """Whether a file that begins with ``head`` is compressed."""
    return head.startswith(_GZIP)


class Unpacked:
    """Reads a file without its compression, be it of each record or of all as one.

    Where it breaks off or is damaged it ends, and knows that there was more.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.breaks_off = False
        self._stream = stream
        self._waiting = b""
        """What was read and not unpacked yet."""
        self._behind = b""
        """What was unpacked of the record so far, its end if it is long."""
        self._inflater: Any = None

    def __call__(self, size: int) -> bytes:
        """So many bytes or fewer; none at the end."""
        while not self.breaks_off and (self._waiting or self._read_on()):
            data = self._inflated(size)
            if data:
                return data
        self.breaks_off = self.breaks_off or self._inflater is not None
        return b""

    def goes_on(self) -> bool:
        """Seek the next record that is packed by itself behind a damage; False if there is none."""
        self._waiting, self._behind, self._inflater = self._behind + self._waiting, b"", None
        at = 1  # behind the damaged one
        while True:
            at = self._waiting.find(_GZIP_MEMBER, at)
            if at < 0:
                at, self._waiting = 0, self._waiting[-len(_GZIP) :]
                if not self._read_on():
                    return False
                continue
            if at + _HEAD_OF_RECORD > len(self._waiting):
                at, self._waiting = 0, self._waiting[at:]
                if self._read_on():
                    continue
            if _begins_record(self._waiting[at : at + _HEAD_OF_RECORD]):
                self._waiting, self.breaks_off = self._waiting[at:], False
                return True
            at += 1

    def _inflated(self, size: int) -> bytes:
        """The next bytes; none at the ends of a record, and where it is damaged."""
        if self._inflater is None:
            # Zeros may fill the space between.
            self._waiting, self._behind = self._waiting.lstrip(b"\0"), b""
            if not self._waiting:
                return b""
            self._inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
        try:
            data: bytes = self._inflater.decompress(self._waiting, size)
        except zlib.error:
            self.breaks_off = True
            return b""
        left = self._inflater.unconsumed_tail or self._inflater.unused_data
        read = self._waiting[: len(self._waiting) - len(left)]
        self._behind, self._waiting = (self._behind + read)[-PIECE:], left
        if self._inflater.eof:
            self._inflater = None
        return data

    def _read_on(self) -> bool:
        more = self._stream.read(PIECE)
        self._waiting += more
        return bool(more)


def _begins_record(packed: bytes) -> bool:
    try:
        found = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(packed, len(_RECORD))
    except zlib.error:
        return False
    return found.startswith(_RECORD)


class Records(ArchiveIterator):  # type: ignore[misc]
    """All records. The library takes a head in which a file ends for the end of the records."""

    ends_in_head = False

    def _next_record(self, next_line: Any) -> Any:
        try:
            return super()._next_record(next_line)
        except EOFError:
            self.ends_in_head = bool(next_line) or (self.record is None and self.fh.tell() > 0)
            raise


def quietly(records: ArchiveIterator) -> Iterator[Any]:
    """What the library writes of damage on standard error, with no name of a file, is told in
    other ways."""
    while True:
        with contextlib.redirect_stderr(io.StringIO()):
            record = next(records, None)
        if record is None:
            return
        yield record
