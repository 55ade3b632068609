"""A zip or tar archive (a WACZ is a zip): each member that an importer knows.

Nothing is unpacked to the disk; the names of members are for messages only. An archive inside
an archive is left closed.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO, cast

from archive_gen import importers
from archive_gen.importers.base import bounded, size_of
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.article import RawDocument

MAX_MEMBERS = 500_000
_COMPRESSED: dict[bytes, Callable[[BinaryIO], object]] = {
    b"\x1f\x8b": gzip.open,
    b"BZh": bz2.open,
    b"\xfd7z": lzma.open,
}
_WACZ_PAGES = "archive/"


_DAMAGE = (
    EOFError,
    NotImplementedError,
    OverflowError,
    ValueError,
    lzma.LZMAError,
    struct.error,
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What the readers of the standard library raise for a file that is not as it should be."""


def read(name: str, stream: BinaryIO) -> Iterator[RawDocument | Problem]:
    """The documents in all members, in the order of the archive."""
    members = _zip if zipfile.is_zipfile(stream) else _tar
    stream.seek(0)
    try:
        yield from members(name, stream)
    except _DAMAGE as error:
        yield Problem(name, 0, f"can't be read further: {error}", "the file may be damaged")


def _zip(name: str, stream: BinaryIO) -> Iterator[RawDocument | Problem]:
    with zipfile.ZipFile(stream) as packed:
        wacz = name.lower().endswith(".wacz")
        for number, member in enumerate(packed.infolist()):
            if number >= MAX_MEMBERS:
                yield _too_many(name)
                return
            shown = f"{name}#{member.filename}"
            if member.is_dir() or (wacz and not member.filename.startswith(_WACZ_PAGES)):
                continue
            try:
                with packed.open(member) as content:
                    inner = bounded(cast("BinaryIO", content), member.compress_size)
                    yield from _member(shown, inner)
            except (RuntimeError, NotImplementedError) as error:
                yield Problem(shown, 0, f"can't be unpacked: {error}", "unpack it by hand")


def _tar(name: str, stream: BinaryIO) -> Iterator[RawDocument | Problem]:
    # Read as a stream, from front to back, so that what was unpacked can be counted.
    unpacked = bounded(_unpacked(stream), size_of(stream))
    with tarfile.open(fileobj=unpacked, mode="r|") as packed:
        for number, member in enumerate(packed):
            if number >= MAX_MEMBERS:
                yield _too_many(name)
                return
            content = packed.extractfile(member) if member.isreg() else None
            if content is not None:
                yield from _member(f"{name}#{member.name}", cast("BinaryIO", content))


def _unpacked(stream: BinaryIO) -> BinaryIO:
    head = stream.read(3)
    stream.seek(0)
    opener = next((opener for mark, opener in _COMPRESSED.items() if head.startswith(mark)), None)
    return cast("BinaryIO", opener(stream)) if opener else stream


def _member(shown: str, content: BinaryIO) -> Iterator[RawDocument | Problem]:
    last = shown.replace("\\", "/").rpartition("/")[2]
    importer = None if last.startswith(".") else importers.importer_for(last)
    if importer is read:
        yield Problem(shown, 0, "an archive inside an archive is left closed", "unpack it first")
    elif importer is not None:
        yield from importers.read_stream(shown, content, importer)


def _too_many(name: str) -> Problem:
    return Problem(name, 0, f"was left after {MAX_MEMBERS} members", "unpack it by hand")
