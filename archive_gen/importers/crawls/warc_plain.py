"""A web archive (WARC) that is not compressed: where its records end, also those that are damaged.

A record says how long it is. Where a crawler was stopped and its files were joined, there is less
of one, and a reader that believes it takes the next records for its end.
"""

from __future__ import annotations

import re
from typing import BinaryIO

from archive_gen.importers.base import MAX_DOCUMENT

_PIECE = 1 << 16
"""Bytes that are read at once, and most of a head."""
_RECORD = b"WARC/"
_MARK = re.compile(rb"WARC/1\.[0-9]\r?\n[A-Z][A-Za-z-]{1,40}:")
"""How a record begins."""
_LONGEST_MARK = 60
_BLANK = b"\r\n"
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"^Content-Length:[ \t]{0,99}([0-9]{1,18})", re.MULTILINE | re.IGNORECASE)


class Plain:
    """Reads such a file. Behind a record of which there is less, or more, than it says, it ends,
    and knows that there was more."""

    def __init__(self, stream: BinaryIO) -> None:
        self.breaks_off = False
        self._stream = stream
        self._waiting = bytearray()
        """What was read and not given yet."""
        self._left = 0
        """Bytes to the end of the record."""
        self._head = 0
        """Those of its head among them."""
        self._unseen = 0
        """Those in which no mark of another record is looked for."""
        self._is_known = False
        """Whether the file has begun as a WARC; older archives are given as they are."""

    def __call__(self, size: int) -> bytes:
        """So many bytes or fewer; none at the end."""
        if self.breaks_off or not (self._left or self._begins()):
            return b""
        length = min(size, self._left)
        self._fill(length + _LONGEST_MARK)
        mark = _MARK.search(self._waiting, self._unseen, self._left) if self._is_known else None
        if mark and mark.start() < length and self._is_cut(mark.start()):
            self.breaks_off, length = True, mark.start()
        data = bytes(self._waiting[:length])
        del self._waiting[:length]
        self._left -= len(data)
        self._head = max(0, self._head - len(data))
        self._unseen = max(0, self._unseen - len(data))
        return data

    def goes_on(self) -> bool:
        """Seek the next record behind a damage; False if there is none."""
        self._left = 0
        while (mark := _MARK.search(self._waiting)) is None:
            del self._waiting[:-_LONGEST_MARK]
            if not self._read_on():
                return False

        del self._waiting[: mark.start()]
        self.breaks_off = False
        return True

    def _begins(self) -> bool:
        """Read the head of the next record; False if there is none."""
        self._fill(_PIECE)
        start = bytes(self._waiting[:_PIECE])
        begun = start.lstrip(_BLANK)
        is_record = begun.startswith(_RECORD)
        if begun and self._is_known and not is_record:
            self.breaks_off = True
            return False
        self._is_known = self._is_known or is_record
        blank = len(start) - len(begun)
        head = _END_OF_HEAD.search(begun)
        stated = _LENGTH.search(begun, 0, head.end()) if head else None
        self._unseen = blank + len(_RECORD)
        self._head = blank + (head.end() if head else len(begun))
        self._left = self._head + (int(stated[1]) if stated else 0)
        return bool(start)

    def _is_cut(self, at: int) -> bool:
        """Whether the record ends where another seems to begin: then none begins where it should
        end. A page may tell of web archives."""
        if at < self._head or self._left > MAX_DOCUMENT:
            return True
        self._fill(self._left + _PIECE)
        behind = bytes(self._waiting[self._left : self._left + _PIECE])
        is_whole = len(self._waiting) >= self._left and behind[:1] in (b"", b"\r", b"\n")
        is_followed = behind.lstrip(_BLANK)[: len(_RECORD)] in (b"", _RECORD)
        self._unseen = self._left
        return not (is_whole and is_followed)

    def _fill(self, length: int) -> None:
        while len(self._waiting) < length and self._read_on():
            pass

    def _read_on(self) -> bool:
        more = self._stream.read(_PIECE)
        self._waiting += more
        return bool(more)
