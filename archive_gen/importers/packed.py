"""A zip or tar archive (a WACZ is a zip): each member that an importer knows, as it comes.

Nothing is unpacked but into memory or a temporary file; the names of members are for messages
only. (``unpacking`` is for archives whose members tell of one another.) An archive inside an
archive is opened; one inside that is left closed. What comes out of a member counts, too, for the
archive around it, so that nesting makes no bomb.
"""

from __future__ import annotations

import bz2
import contextlib
import gzip
import lzma
import posixpath
import shutil
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, BinaryIO, TypeGuard, cast

from archive_gen import importers
from archive_gen.article import HTML, RawDocument
from archive_gen.importers.base import (
    OF_CRAWLERS,
    LeftOut,
    Room,
    damaged,
    rejoined,
    room_for,
    size_of,
    within,
)
from archive_gen.importers.beside import ARCHIVEBOX, addresses, documents, with_parts
from archive_gen.importers.crawls.mirrors import file_meant, folder_of_host
from archive_gen.importers.folders.attached import PDF
from archive_gen.importers.folders.exports import (
    importers_of,
    may_be_of_export,
    tells_of_export,
)
from archive_gen.pictures import (
    HEAD,
    is_beside,
    is_document,
    kind_of,
    most_bytes,
    same_name,
)
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from archive_gen.importers.base import Found, Importer
    from archive_gen.importers.folders.exports import MemberImporter

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
_ZIP_MARK = b"PK\x03\x04"
_TAR_MARK = b"ustar"
_TAR_MARK_ENDS = 262
"""Where it ends in the head of the first member."""
_WACZ_PAGES = "archive/"
_WACZ_MARKS = {"datapackage.json", "pages/pages.jsonl"}
LOCKED = 1
_OF_ARCHIVEBOX = "holds what ArchiveBox saved, which has each page in many ways"

DAMAGE = (
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


def read(name: str, stream: BinaryIO) -> Iterator[Found]:
    """The documents in all members, in the order of the archive."""
    room = room_for(size_of(stream))
    yield from _read(name, stream, Room(max(_FREE, room.left)), _inner)


def _read(name: str, stream: BinaryIO, room: Room, opened: _Opener) -> Iterator[Found]:
    members = _zip if is_zip(stream) else _tar
    if members is _tar and _begins_as_zip(stream):
        hint = "copy it again, or mend it: zip -FF FILE --out WHOLE.zip"
        yield Problem(name, 0, "breaks off: its end, which lists what is in it, is missing", hint)
        return
    try:
        yield from members(name, stream, room, opened)
    except DAMAGE as error:
        yield damaged(name, error)


def _begins_as_zip(stream: BinaryIO) -> bool:
    head = stream.read(len(_ZIP_MARK))
    stream.seek(0)
    return head == _ZIP_MARK


def is_zip(stream: BinaryIO) -> bool:
    """Whether it is a zip archive, and no tar archive that ends with one."""
    is_tar = stream.read(_TAR_MARK_ENDS).endswith(_TAR_MARK)
    found = not is_tar and zipfile.is_zipfile(stream)
    stream.seek(0)
    return found


def _inner(name: str, stream: BinaryIO, room: Room) -> Iterator[Found]:
    """An archive inside an archive, which must be sought in."""
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as kept:
        shutil.copyfileobj(stream, kept)
        kept.seek(0)
        yield from _read(name, cast("BinaryIO", kept), room, _innermost)


def _innermost(name: str, _stream: BinaryIO, _room: Room) -> Iterator[Found]:
    message = "an archive inside an archive inside an archive is left closed"
    yield Problem(name, 0, message, "unpack it first")


_Opener = Callable[[str, BinaryIO, Room], "Iterator[Found]"]
"""What opens an archive that is a member."""


def _zip(name: str, stream: BinaryIO, room: Room, opened: _Opener) -> Iterator[Found]:
    with zipfile.ZipFile(stream) as packed:
        if any(member.endswith(ARCHIVEBOX) for member in packed.namelist()):
            yield Problem(name, 0, _OF_ARCHIVEBOX, "unpack it first")
            return
        pictures = _InZip(packed, room)
        special = importers_of(list(map(_plain_name, packed.namelist())), pictures)
        wacz = name.lower().endswith(".wacz") or set(packed.namelist()) >= _WACZ_MARKS
        for number, member in enumerate(packed.infolist()):
            if number >= MAX_MEMBERS:
                yield _too_many(name)
                return
            shown = f"{name}#{member.filename}"
            if _is_no_file(member) or (wacz and not member.filename.startswith(_WACZ_PAGES)):
                continue
            if member.flag_bits & LOCKED:
                yield Problem(shown, 0, "is locked with a password", "unpack it by hand")
                continue
            try:
                with packed.open(member) as content:
                    inner_room = room_for(member.compress_size, room)
                    inner = within(inner_room, cast("BinaryIO", content))
                    own = special(_plain_name(member.filename)) if special else None
                    for item in _member(shown, member.filename, inner, room, opened, own):
                        yield _illustrated(item, member.filename, pictures)
            except (RuntimeError, *DAMAGE) as error:
                yield Problem(shown, 0, f"can't be unpacked: {error}"[:300], "unpack it by hand")


def _is_no_file(member: zipfile.ZipInfo) -> bool:
    """Whether it is a folder, or has no name: the library asks for its last letter."""
    return not member.filename or member.is_dir()


def _tar(name: str, stream: BinaryIO, room: Room, opened: _Opener) -> Iterator[Found]:
    """Read from front to back, so that what was unpacked can be counted.

    What a page shows or leads to, and what tells of an export, may stand before it or behind. So
    the first item that asks for such has them all put into a temporary file; then reading begins
    again where it stands.
    """
    at = yield from _tar_from((0, 0), name, stream, room, opened, None)
    if at is not None:
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as kept:
            others = _others_of_tar(stream, room, cast("BinaryIO", kept))
            yield from _tar_from(at, name, stream, room, opened, others)


@dataclass(frozen=True, slots=True)
class _Others:
    """What the other members of a tar archive are to one of them."""

    pictures: _Pictures
    special: MemberImporter | None


def _tar_from(
    start: tuple[int, int],
    name: str,
    stream: BinaryIO,
    room: Room,
    opened: _Opener,
    others: _Others | None,
) -> Generator[Found, None, tuple[int, int] | None]:
    """What is in the members from ``start`` on, a member's number and an item's in it; without
    ``others``, up to the item that asks for some, of which the place is returned."""
    for number, member, content in tar_members(stream, room):
        if number >= MAX_MEMBERS:
            yield _too_many(name)
            return None
        if number < start[0] or content is None:
            continue
        plain = _plain_name(member.name)
        if others is None and may_be_of_export(plain):
            return number, 0
        own = others.special(plain) if others and others.special else None
        found = _member(f"{name}#{member.name}", member.name, content, room, opened, own)
        for place, item in enumerate(found):
            if (number, place) < start:
                continue
            if others is None and _names_pictures(item, plain):
                return number, place
            yield _illustrated(item, member.name, others.pictures) if others else item
    return None


def tar_members(
    stream: BinaryIO, room: Room
) -> Iterator[tuple[int, tarfile.TarInfo, BinaryIO | None]]:
    """Number, member, and what is in it if it is a file; raises one of ``DAMAGE``."""
    stream.seek(0)
    unpacked = within(room_for(size_of(stream), room), _unpacked(stream))
    try:
        packed = tarfile.open(fileobj=unpacked, mode="r|")  # noqa: SIM115 (closed below)
    except tarfile.ReadError as error:
        raise tarfile.ReadError("it begins as no zip or tar archive does") from error
    with packed:
        for number, member in enumerate(packed):
            content = packed.extractfile(member) if member.isreg() else None
            # A member of a stream can't even be asked whether it can be sought in.
            yield number, member, rejoined(b"", cast("BinaryIO", content)) if content else None


def _names_pictures(item: Found, member: str) -> TypeGuard[RawDocument]:
    if not isinstance(item, RawDocument) or item.media_type != HTML or item.beside:
        return False
    named = [*addresses(item.text), *documents(item.text)]
    return any(map(is_beside, named)) or bool(named and folder_of_host(member, item.text))


def _illustrated(item: Found, member: str, pictures: _Pictures) -> Found:
    """``item``; if it is a page, with its pictures among the other members."""
    page = _plain_name(member)
    if not _names_pictures(item, page):
        return item
    of_host = folder_of_host(page, item.text)

    def find(address: str) -> bytes | None:
        is_known = of_host or is_beside(address)
        path = file_meant(address, page, of_host) if is_known else ""
        return pictures(path) if path else None

    return with_parts(item, find)


_Pictures = Callable[[str], "bytes | None"]
"""The bytes of the member of that name, as ``_plain_name`` has it; None if there is none."""


def _plain_name(member: str) -> str:
    return same_name(posixpath.normpath(member.replace("\\", "/")))


class _InZip:
    """The members of a zip file, found by name when the first page asks."""

    def __init__(self, packed: zipfile.ZipFile, room: Room) -> None:
        self._packed = packed
        self._room = room

    def __call__(self, path: str) -> bytes | None:
        member = self._members.get(path)
        if member is None or member.file_size > most_bytes(path):
            return None
        # One that is damaged, locked or a bomb takes no page with it.
        try:
            with self._packed.open(member) as content:
                room = room_for(member.compress_size, self._room)
                return within(room, cast("BinaryIO", content)).read(most_bytes(path) + 1)
        except (*DAMAGE, RuntimeError, OSError):
            return None

    @cached_property
    def _members(self) -> dict[str, zipfile.ZipInfo]:
        members = self._packed.infolist()[:MAX_MEMBERS]
        files = (member for member in members if not _is_no_file(member))
        return {_plain_name(member.filename): member for member in files}


def _others_of_tar(stream: BinaryIO, room: Room, kept: BinaryIO) -> _Others:
    """The pictures of a tar archive and what tells of exports in it, put into ``kept``."""
    places: dict[str, tuple[int, int]] = {}
    # What is wrong with the archive is told when its pages are read.
    with contextlib.suppress(*DAMAGE, OSError):
        for number, member, content in tar_members(stream, room):
            if number >= MAX_MEMBERS:
                break
            plain = _plain_name(member.name)
            head = content.read(HEAD) if content and member.size <= most_bytes(plain) else b""
            is_beside_page = head and (kind_of(head) or is_document(plain))
            # An empty list of posts tells, too: that it is damaged.
            if content and (tells_of_export(plain) or is_beside_page):
                start = kept.tell()
                kept.write(head)
                shutil.copyfileobj(content, kept)
                places[plain] = (start, kept.tell() - start)

    def read_back(path: str) -> bytes | None:
        start, size = places.get(path, (0, 0))
        kept.seek(start)
        return kept.read(size) or None

    return _Others(read_back, importers_of(places, read_back))


def _unpacked(stream: BinaryIO) -> BinaryIO:
    head = stream.read(3)
    stream.seek(0)
    opener = next((opener for mark, opener in _COMPRESSED.items() if head.startswith(mark)), None)
    return cast("BinaryIO", opener(stream)) if opener else stream


def _member(
    shown: str,
    member: str,
    content: BinaryIO,
    room: Room,
    opened: _Opener,
    own: Importer | None,
) -> Iterator[Found]:
    """What is in a member; ``own`` reads it if it is one of an export that is known."""
    parts = member.replace("\\", "/").split("/")
    last = parts[-1]
    if any(map(importers.is_hidden, parts)):
        return
    if any(map(importers.is_of_crawler, parts)):
        yield LeftOut(OF_CRAWLERS, shown)
        return
    importer = own or importers.importer_for(last)
    if importers.kind_of(last) == PDF:
        importer = None  # those that are articles are read in the folder that the archive was
    if importer is read:
        importer = partial(_with_room, opened, room)
    elif importer is None:
        content, importer = _as_it_begins(last, content)
    if importer is not None:
        yield from importers.read_stream(shown, content, importer)
    elif not importers.is_asset(last):
        ending = posixpath.splitext(last)[1].lower()
        yield LeftOut(f"{ending} files" if ending else "files without an ending", shown)


def _with_room(opened: _Opener, room: Room, name: str, stream: BinaryIO) -> Iterator[Found]:
    yield from opened(name, stream, room)


def _as_it_begins(name: str, content: BinaryIO) -> tuple[BinaryIO, Importer | None]:
    """A member whose ending nobody knows, and what reads it if its beginning tells."""
    if importers.is_other(name):
        return content, None
    head = content.read(importers.ENOUGH)
    sniffed = importers.importer_for(importers.STANDARD_INPUT)
    return rejoined(head, content), sniffed if importers.begins_known(head) else None


def _too_many(name: str) -> Problem:
    return Problem(name, 0, f"was left after {MAX_MEMBERS} members", "unpack it by hand")
