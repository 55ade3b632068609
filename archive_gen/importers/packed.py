"""A zip or tar archive (a WACZ is a zip): each member that an importer knows.

Nothing is unpacked but into memory or a temporary file; the names of members are for messages
only. An archive inside an archive is opened; one inside that is left closed. What comes out of a
member counts, too, for the archive around it, so that nesting makes no bomb.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import shutil
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, cast

from archive_gen import importers
from archive_gen.importers.base import Room, rejoined, room_for, size_of, within
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.article import RawDocument
    from archive_gen.importers.base import Importer

MAX_MEMBERS = 500_000
_FREE = 4 << 30
"""Bytes that all members together may hold at least, however small the archive."""
_IN_MEMORY = 8 << 20
"""A larger archive inside an archive is put into a temporary file."""
_COMPRESSED: dict[bytes, Callable[[BinaryIO], object]] = {
    b"\x1f\x8b": gzip.open,
    b"BZh": bz2.open,
    b"\xfd7z": lzma.open,
}
_WACZ_PAGES = "archive/"
_WACZ_MARKS = {"datapackage.json", "pages/pages.jsonl"}
_OF_A_MAC = "__MACOSX/"
"""Beside each file, what only one system understands."""


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
    room = room_for(size_of(stream))
    yield from _read(name, stream, Room(max(_FREE, room.left)), _inner)


def _read(
    name: str, stream: BinaryIO, room: Room, opened: _Opener
) -> Iterator[RawDocument | Problem]:
    members = _zip if zipfile.is_zipfile(stream) else _tar
    stream.seek(0)
    try:
        yield from members(name, stream, room, opened)
    except _DAMAGE as error:
        yield Problem(name, 0, f"can't be read further: {error}", "the file may be damaged")


def _inner(name: str, stream: BinaryIO, room: Room) -> Iterator[RawDocument | Problem]:
    """An archive inside an archive, which must be sought in."""
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as kept:
        shutil.copyfileobj(stream, kept)
        kept.seek(0)
        yield from _read(name, cast("BinaryIO", kept), room, _innermost)


def _innermost(name: str, _stream: BinaryIO, _room: Room) -> Iterator[RawDocument | Problem]:
    message = "an archive inside an archive inside an archive is left closed"
    yield Problem(name, 0, message, "unpack it first")


_Opener = Callable[[str, BinaryIO, Room], "Iterator[RawDocument | Problem]"]
"""What opens an archive that is a member."""


def _zip(
    name: str, stream: BinaryIO, room: Room, opened: _Opener
) -> Iterator[RawDocument | Problem]:
    with zipfile.ZipFile(stream) as packed:
        wacz = name.lower().endswith(".wacz") or set(packed.namelist()) >= _WACZ_MARKS
        for number, member in enumerate(packed.infolist()):
            if number >= MAX_MEMBERS:
                yield _too_many(name)
                return
            shown = f"{name}#{member.filename}"
            if member.is_dir() or (wacz and not member.filename.startswith(_WACZ_PAGES)):
                continue
            try:
                with packed.open(member) as content:
                    inner_room = room_for(member.compress_size, room)
                    inner = within(inner_room, cast("BinaryIO", content))
                    yield from _member(shown, inner, room, opened)
            except (RuntimeError, NotImplementedError) as error:
                yield Problem(shown, 0, f"can't be unpacked: {error}", "unpack it by hand")


def _tar(
    name: str, stream: BinaryIO, room: Room, opened: _Opener
) -> Iterator[RawDocument | Problem]:
    # Read as a stream, from front to back, so that what was unpacked can be counted.
    unpacked = within(room_for(size_of(stream), room), _unpacked(stream))
    with tarfile.open(fileobj=unpacked, mode="r|") as packed:
        for number, member in enumerate(packed):
            if number >= MAX_MEMBERS:
                yield _too_many(name)
                return
            content = packed.extractfile(member) if member.isreg() else None
            if content is not None:
                shown = f"{name}#{member.name}"
                # A member of a stream can't even be asked whether it can be sought in.
                plain = rejoined(b"", cast("BinaryIO", content))
                yield from _member(shown, plain, room, opened)


def _unpacked(stream: BinaryIO) -> BinaryIO:
    head = stream.read(3)
    stream.seek(0)
    opener = next((opener for mark, opener in _COMPRESSED.items() if head.startswith(mark)), None)
    return cast("BinaryIO", opener(stream)) if opener else stream


def _member(
    shown: str, content: BinaryIO, room: Room, opened: _Opener
) -> Iterator[RawDocument | Problem]:
    member = shown.rpartition("#")[2].replace("\\", "/")
    last = member.rpartition("/")[2]
    if last.startswith(".") or member.startswith(_OF_A_MAC):
        return
    importer = importers.importer_for(last)
    if importer is read:
        importer = partial(_with_room, opened, room)
    elif importer is None:
        content, importer = _as_page(last, content)
    if importer is not None:
        yield from importers.read_stream(shown, content, importer)


def _with_room(
    opened: _Opener, room: Room, name: str, stream: BinaryIO
) -> Iterator[RawDocument | Problem]:
    yield from opened(name, stream, room)


def _as_page(name: str, content: BinaryIO) -> tuple[BinaryIO, Importer | None]:
    """A member whose ending nobody knows, which may be a web page."""
    if importers.is_other(name):
        return content, None
    head = content.read(importers.ENOUGH)
    page = importers.importer_for("x.html") if importers.is_page(head) else None
    return rejoined(head, content), page


def _too_many(name: str) -> Problem:
    return Problem(name, 0, f"was left after {MAX_MEMBERS} members", "unpack it by hand")
