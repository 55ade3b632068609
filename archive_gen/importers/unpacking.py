"""An archive whose files tell of one another → the folder that it was, for a while.

A table beside pictures or texts, an export, the folder of ArchiveBox or of a site generator are
read by what lies beside each file, so such an archive is unpacked into the system's folder for
temporary files. Names in it may be hostile: nothing is written but plain files below that folder.
"""

from __future__ import annotations

import posixpath
import shutil
import tempfile
import zipfile
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from archive_gen.importers import holds_one, is_asset, is_hidden, kind_of
from archive_gen.importers.base import Room, lacks_room, room_for, within
from archive_gen.importers.beside import own_folders
from archive_gen.importers.folders.attached import PDF, pdfs_are_articles
from archive_gen.importers.folders.saved_pages import is_of_page, stems_of_pages
from archive_gen.importers.packed import DAMAGE, LOCKED, MAX_MEMBERS, is_zip, tar_members
from archive_gen.problems import Problem
from archive_gen.urls import is_folder_of_host

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_ARCHIVE, _WEB_ARCHIVE = "packed", ".wacz"
_LISTS = frozenset("csv_table feed json_lines sql_dump sqlite_file".split())
"""Kinds of files that hold many articles, or tell of others."""
_MOST = 16 << 30
"""Bytes; of a larger one each file is read as it comes."""
_AT_ONCE = 8
"""So many archives are remembered at a time: each is asked for twice."""
_BY_HAND = "unpack it by hand"


def is_of_folder(path: Path) -> bool:
    """Whether the file at ``path`` is an archive that has to be read as a folder."""
    is_archive = kind_of(path.name) == _ARCHIVE and path.suffix.lower() != _WEB_ARCHIVE
    if not is_archive or not path.is_file():
        return False
    status = path.stat()
    return _is_of_folder(path, status.st_mtime_ns, status.st_size)


@lru_cache(_AT_ONCE)
def _is_of_folder(path: Path, _changed: int, _size: int) -> bool:
    try:
        with path.open("rb") as stream:
            sizes = _sizes(stream)
    except (OSError, *DAMAGE):
        return False  # what is wrong is told when it is read, up to where it breaks off
    is_too_much = len(sizes) >= MAX_MEMBERS or sum(sizes.values()) > _MOST
    return not is_too_much and _may_tell_of_one_another(sizes)


def _may_tell_of_one_another(paths: Collection[str]) -> bool:
    """Whether a folder with files at these paths is more than the files: lists beside what they
    may tell of, a site's folder, pages with what a browser saved beside them, PDFs without pages,
    more archives."""
    files = [posixpath.split(path) for path in paths]
    of_hosts = {folder for folder, _ in files if any(map(is_folder_of_host, folder.split("/")))}
    kinds = {kind_of(name) for folder, name in files if folder not in of_hosts}
    if PDF in kinds and pdfs_are_articles(kinds):
        return True
    if _ARCHIVE in kinds or own_folders(name for _, name in files) != own_folders(()):
        return True
    if not _LISTS.isdisjoint(kinds):
        return any(holds_one(name) or is_asset(name) for _, name in files)
    stems = stems_of_pages(name for _, name in files)
    folders = {posixpath.basename(folder) for folder, _ in files}
    return any(is_of_page(folder, stems) for folder in folders)


def _sizes(stream: BinaryIO) -> dict[str, int]:
    """The files in an archive, and how large they say to be; no hidden ones."""
    if is_zip(stream):
        with zipfile.ZipFile(stream) as packed:
            told = [(one.filename, one.file_size) for one in packed.infolist()[:MAX_MEMBERS]]
    else:
        members = tar_members(stream, Room(_MOST))
        told = [(member.name, member.size) for _, member, content in members if content]
    plain = ((_plain(name), size) for name, size in told)
    return {name: size for name, size in plain if name and not any(map(is_hidden, name.split("/")))}


def _plain(member: str) -> str:
    """The path of a member below the folder, which no name leads out of; empty for a folder."""
    name = member.replace("\\", "/")
    return "" if name.endswith("/") else posixpath.normpath(f"/{name}").lstrip("/")


@contextmanager
def unpacked(path: Path, room: Room | None = None) -> Iterator[tuple[Path, Room, list[Problem]]]:
    """The folder that the archive at ``path`` was, how much may still come out of archives in it,
    and what could not be unpacked. It is gone afterwards.

    Raises ``OSError`` if it can't be made.
    """
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made).resolve()
        left = Room(_MOST, room)
        with path.open("rb") as stream:
            problems = list(_unpack(str(path), stream, folder, left))
        yield folder, left, problems


def _unpack(name: str, stream: BinaryIO, folder: Path, room: Room) -> Iterator[Problem]:
    members = _of_zip if is_zip(stream) else _of_tar
    try:
        yield from members(name, stream, folder, room)
    except DAMAGE as error:
        yield Problem(name, 0, f"can't be unpacked further: {error}"[:300], "copy it again")


def _of_zip(name: str, stream: BinaryIO, folder: Path, room: Room) -> Iterator[Problem]:
    with zipfile.ZipFile(stream) as packed:
        for member in packed.infolist():
            shown, path = f"{name}#{member.filename}", _plain(member.filename)
            if not path:
                continue
            if member.flag_bits & LOCKED:
                yield Problem(shown, 0, "is locked with a password", _BY_HAND)
                continue
            try:
                with packed.open(member) as content:
                    inner = room_for(member.compress_size, room)
                    _write(folder / path, within(inner, cast("BinaryIO", content)))
            except (RuntimeError, OSError, *DAMAGE) as error:
                if room.left < 0 or lacks_room(error):
                    raise
                yield _not_unpacked(shown, error)


def _of_tar(name: str, stream: BinaryIO, folder: Path, room: Room) -> Iterator[Problem]:
    for _, member, content in tar_members(stream, room):
        path = _plain(member.name)
        if content is None or not path:
            continue
        try:
            _write(folder / path, content)
        except FileExistsError as error:
            yield _not_unpacked(f"{name}#{member.name}", error)


def _not_unpacked(name: str, error: Exception) -> Problem:
    reason = getattr(error, "strerror", None) or error  # without the path of the folder
    return Problem(name, 0, f"can't be unpacked: {reason}"[:300], _BY_HAND)


def _write(path: Path, content: BinaryIO) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as out:
        try:
            shutil.copyfileobj(content, out)
        except BaseException:
            # A part would be read as the whole; and what can't be read is another thing than none.
            out.truncate(0)
            raise
