"""Exports of newsletters and blogs that are folders, packed or not: which files are posts, and
what the others say of them.

Substack: ``posts.csv`` tells title, day and audience of each ``posts/ID.html``; what else there is
are lists of its readers. Medium: each page of ``posts/`` says all of itself (``medium``).

All files of an export lie in its folder or one below. What else lies there is read as anywhere.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import os
import posixpath
import re
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from archive_gen.importers.base import MAX_DOCUMENT, Found, LeftOut, read_whole
from archive_gen.importers.cms_exports import DRAFTS, FOR_SUBSCRIBERS, PAGES, SETTINGS
from archive_gen.importers.encodings import decode
from archive_gen.importers.records.record import document
from archive_gen.importers.web_pages.substack import as_story
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.importers.base import Importer

MemberImporter: TypeAlias = "Callable[[str], Importer | None]"
"""Name of a file → what reads it; None where it is read as any other file."""
_Read: TypeAlias = "Callable[[str], bytes | None]"
"""Name of a file → its bytes; None if there is none."""
_TABLE = "posts.csv"
_OF_MEDIUM = ("README.html", "profile/profile.html")
_TELLING = (_TABLE, *_OF_MEDIUM)
"""Files that tell of an export, by their paths in its folder."""
_MEDIUM = (b"medium.com", b"Medium user ID")
"""What its profile says. Other sites have files of these names, too."""
_POST = re.compile(r"posts/([^/]+)\.html")
_NUMBERED = re.compile(r"\d+(?:\..*)?")
"""How Substack names a post."""
_SUBSTACK_OWN = re.compile(
    r"posts\.csv|(?:email_list|subscriber)[^/]*\.csv|posts/[^/]+\.(?:opens|delivers)\.csv"
)
_MEDIUM_OWN = re.compile(
    r"README\.html|(?:blocks|bookmarks|claps|highlights|interests|ips|lists|partner-program|profile"
    r"|pubs-following|sessions|social|topics-following|twitter|users-following)/[^/]+\.html"
)
_OWN = (_SUBSTACK_OWN, _MEDIUM_OWN)
"""What an export holds beside posts: settings, and lists of readers."""
_OF_SUBSTACK = frozenset(("post_id", "post_date", "is_published", "title"))


_AT_ONCE = 4
"""So many exports are remembered at a time: the files of one come together."""


def tells_of_export(name: str) -> bool:
    """Whether a file of that name tells how others are read."""
    return f"/{name}".endswith(tuple(f"/{telling}" for telling in _TELLING))


def may_be_of_export(name: str) -> bool:
    """Whether a file of that name is read in its own way if such an export lies around it."""
    folder, _, last = name.rpartition("/")
    inside = f"{posixpath.basename(folder)}/{last}"
    return any(own.fullmatch(part) for own in (_POST, *_OWN) for part in (inside, last))


def importers_of(names: Collection[str], read: _Read) -> MemberImporter | None:
    """How the members of such exports are read; None if an archive holds none.

    ``read`` has the bytes of the member of a name.
    """
    tops = frozenset(
        name.removesuffix(telling).rstrip("/")
        for name in filter(tells_of_export, names)
        for telling in _TELLING
        if name.endswith(telling)
    )

    @lru_cache(_AT_ONCE)
    def export_in(top: str) -> MemberImporter | None:
        def told(file: str) -> bytes | None:
            member = f"{top}/{file}" if top else file
            # One that can't be read is another thing than none.
            return (read(member) or b"") if member in names else None

        return _export(told)

    def importer(member: str) -> Importer | None:
        parent = posixpath.dirname(member)
        for top in (parent, posixpath.dirname(parent)):
            export = export_in(top) if top in tops else None
            own = export(member.removeprefix(top).lstrip("/")) if export else None
            if own:
                return own
        return None

    return importer if tops else None


def importer_beside(path: Path) -> Importer | None:
    """How a file is read that lies in such an export, unpacked; None if it is any other.

    Raises ``OSError`` if what tells can't be read.
    """
    place = path.absolute()
    # A link may lie elsewhere than what it means.
    for file in dict.fromkeys((place, _meant(place))):
        tops = (file.parent, file.parent.parent) if may_be_of_export(file.as_posix()) else ()
        for top in tops:
            export = _export_in(top, tuple(_stamp(top / telling) for telling in _TELLING))
            own = export(file.relative_to(top).as_posix()) if export else None
            if own:
                return own
    return None


def _meant(file: Path) -> Path:
    if file.is_symlink():
        return Path(os.path.realpath(file))
    folder = _folder_meant(file.parent)
    return file if folder == file.parent else folder / file.name


@lru_cache(_AT_ONCE)
def _folder_meant(folder: Path) -> Path:
    return Path(os.path.realpath(folder))


def _stamp(file: Path) -> tuple[int, int] | None:
    if not file.is_file():
        return None
    status = file.stat()
    return status.st_mtime_ns, status.st_size


@lru_cache(_AT_ONCE)
def _export_in(top: Path, stamps: tuple[tuple[int, int] | None, ...]) -> MemberImporter | None:
    there = {telling for telling, stamp in zip(_TELLING, stamps, strict=True) if stamp}

    def read(name: str) -> bytes | None:
        if name not in there:
            return None
        with (top / name).open("rb") as stream:
            return stream.read(MAX_DOCUMENT)

    return _export(read) if there else None


def _export(read: _Read) -> MemberImporter | None:
    """How the files of a folder are read; None if no export lies there."""
    table, readme, profile = map(read, _TELLING)
    rows = _posts(table) if table is not None else None
    is_lost = table is not None and rows is None and _is_damaged(table)
    is_medium = readme is not None and any(mark in (profile or b"") for mark in _MEDIUM)
    if rows is None and not is_lost and not is_medium:
        return None

    def importer(file: str) -> Importer | None:
        own = _of_lost(file) if is_lost else None if rows is None else _of_substack(rows, file)
        return own or (_leave_out if is_medium and _MEDIUM_OWN.fullmatch(file) else None)

    return importer


def _is_damaged(table: bytes) -> bool:
    """Whether it is no table of anything."""
    text = decode(table) or ""
    return "," not in text.partition("\n")[0] or "\0" in text


def _posts(table: bytes) -> dict[str, dict[str, str]] | None:
    """Id → row of Substack's table, as far as it can be read; None if it is another."""
    rows = csv.DictReader(io.StringIO(decode(table) or "", newline=""))
    found: dict[str, dict[str, str]] = {}
    try:
        if not _OF_SUBSTACK.issubset(rows.fieldnames or ()):
            return None
        found.update((row["post_id"], row) for row in rows if row["post_id"])
    except csv.Error:
        return found if rows.fieldnames else None
    return found


def _of_substack(rows: Mapping[str, dict[str, str]], file: str) -> Importer | None:
    post = _POST.fullmatch(file)
    if post and post[1] in rows:
        return partial(_read_post, rows[post[1]])
    if post and _NUMBERED.fullmatch(post[1]):
        return _refuse
    return _leave_out if _SUBSTACK_OWN.fullmatch(file) else None


def _of_lost(file: str) -> Importer | None:
    """How a file is read where the table can't be: nothing tells drafts from posts."""
    post = _POST.fullmatch(file)
    if post and _NUMBERED.fullmatch(post[1]):
        return _refuse_all
    return _leave_out if _SUBSTACK_OWN.fullmatch(file) and file != _TABLE else None


def _refuse_all(name: str, _stream: BinaryIO) -> Iterator[Found]:
    message = "nothing tells whether readers saw it: posts.csv can't be read"
    yield Problem(name, 0, message, "export it again; or import it from another folder")


def _refuse(name: str, _stream: BinaryIO) -> Iterator[Found]:
    message = "nothing tells whether readers saw it: posts.csv does not list it"
    yield Problem(name, 0, message, "if they did, import it from another folder")


def _leave_out(name: str, _stream: BinaryIO) -> Iterator[Found]:
    yield LeftOut(SETTINGS, name)


def _read_post(row: Mapping[str, str], name: str, stream: BinaryIO) -> Iterator[Found]:
    if hidden := _hidden(row):
        yield LeftOut(hidden, name)
        return
    data = read_whole(name, stream)
    yield data if isinstance(data, Problem) else _post(row, name, data)


def _post(row: Mapping[str, str], name: str, data: bytes) -> Found:
    text = decode(data) or ""
    if not text.strip():
        return Problem(name, 0, "the post holds no text", "it may be a recording alone")
    told = {"title": row["title"], "summary": row.get("subtitle"), "date": row["post_date"]}
    found = document(name, {**told, "content_html": as_story(text)})
    return found if isinstance(found, Problem) else dataclasses.replace(found, data=data)


def _hidden(row: Mapping[str, str]) -> str:
    if row["is_published"] != "true":
        return DRAFTS
    if row.get("audience") not in ("everyone", "", None):
        return FOR_SUBSCRIBERS
    return PAGES if row.get("type") == "page" else ""
