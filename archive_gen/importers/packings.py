"""How one compressed file begins inside, without reading more of it."""

from __future__ import annotations

import bz2
import lzma
import zlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

BZIP2 = b"BZh"
BLOCK = 1 << 20
"""Bytes of it, of which nothing can be unpacked before they are whole."""
_MOST = 256 << 20
"""Bytes of memory for unpacking."""
_PACKED: dict[bytes, tuple[str, Callable[[], Any]]] = {
    b"\x1f\x8b": (".gz", lambda: zlib.decompressobj(16 + zlib.MAX_WBITS)),
    BZIP2: (".bz2", bz2.BZ2Decompressor),
    b"\xfd7zXZ": (".xz", lambda: lzma.LZMADecompressor(memlimit=_MOST)),
}
"""How one compressed file begins → its ending, and what unpacks its beginning."""
_ENOUGH = 8192


def unpacked(head: bytes) -> tuple[str, bytes]:
    """The ending of the packing of a file that begins with ``head``, empty for none, and how it
    begins without; nothing if that can't be told."""
    for mark, (packing, opened) in _PACKED.items():
        if head.startswith(mark):
            try:
                return packing, opened().decompress(head, _ENOUGH)
            except (zlib.error, OSError, EOFError, lzma.LZMAError):
                return packing, b""
    return "", head
