"""The contract of an importer: it opens a container and yields what lies in it.

What a container holds may be hostile: it is read in bounded pieces, names in it are for
messages only, and whatever can't be read becomes a ``Problem`` while the rest goes on.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from archive_gen.article import RawDocument
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

Importer: TypeAlias = Callable[[str, BinaryIO], Iterator[RawDocument | Problem]]
"""``importer(name, stream)``: the documents in ``stream`` in their order, and a ``Problem`` for
each part that can't be read. A document's ``name`` begins with ``name``. May raise ``OSError``."""

MAX_DOCUMENT = 64 << 20
"""Bytes; no single page, mail or record is larger."""
_FREE = 16 << 20
_MAX_RATIO = 250
_TOO_LARGE = "leave it out; no article is as large as that"


class TooLargeError(OSError):
    """More came out of a compressed stream than can be meant well."""


class Bounded(io.RawIOBase):
    """A decompressed stream that ends with ``TooLargeError`` when it grows out of proportion.

    The bound is 250 times ``compressed`` bytes; the first 16 MiB are free.
    """

    def __init__(self, stream: BinaryIO, compressed: int) -> None:
        super().__init__()
        self._stream = stream
        self._left = _FREE + _MAX_RATIO * compressed

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Read into ``buffer``; raises ``TooLargeError``."""
        view = memoryview(buffer).cast("B")
        data = self._stream.read(len(view))
        self._left -= len(data)
        if self._left < 0:
            raise TooLargeError(0, "it unpacks to far more than an archive of articles would")
        view[: len(data)] = data
        return len(data)


def bounded(stream: BinaryIO, compressed: int) -> BinaryIO:
    """``stream``, buffered, with the bound of ``Bounded``."""
    return io.BufferedReader(Bounded(stream, compressed))


def read_whole(name: str, stream: BinaryIO) -> bytes | Problem:
    """All bytes of one document."""
    data = stream.read(MAX_DOCUMENT + 1)
    if len(data) > MAX_DOCUMENT:
        return Problem(name, 0, f"is larger than {MAX_DOCUMENT >> 20} MiB", _TOO_LARGE)
    return data


def size_of(stream: BinaryIO) -> int:
    """How many bytes ``stream`` has; 0 if it can't say."""
    try:
        here = stream.tell()
        size = stream.seek(0, io.SEEK_END)
        stream.seek(here)
    except (OSError, ValueError):
        return 0
    return size
