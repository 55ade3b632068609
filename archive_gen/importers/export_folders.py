"""Exports of newsletters and blogs that are folders, packed or not: which files are posts, and
what the others say of them.

Substack: ``posts.csv`` tells title, day and audience of each ``posts/ID.html``; what else there is
are lists of its readers. Medium: each page of ``posts/`` says all of itself (``medium``).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from archive_gen.importers.base import Found, LeftOut, read_whole
from archive_gen.importers.cms_exports import DRAFTS, FOR_SUBSCRIBERS, PAGES, SETTINGS
from archive_gen.importers.encodings import decode
from archive_gen.importers.records import document
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archive_gen.importers.base import Importer

MemberImporter: TypeAlias = "Callable[[str], Importer | None]"
"""Name of a member → what reads it; None where it is read as any other file."""
_TABLE = "posts.csv"
_POSTS = "posts/"
_OF_MEDIUM = ("README.html", "profile/profile.html")
_OF_SUBSTACK = frozenset(("post_id", "post_date", "is_published", "title"))
_NO_LETTERS = frozenset("podcast thread page".split())


def importers_of(names: Collection[str], read: Callable[[str], bytes]) -> MemberImporter | None:
    """How the members of such an export are read; None if an archive is none.

    ``read`` has the bytes of the member of a name.
    """
    tables = [name for name in names if name == _TABLE or name.endswith(f"/{_TABLE}")]
    if len(tables) == 1:
        rows = _posts(read(tables[0]))
        if rows:
            return partial(_of_substack, tables[0].removesuffix(_TABLE), rows)
    tops = [name.removesuffix(_OF_MEDIUM[0]) for name in names if name.endswith(_OF_MEDIUM[0])]
    top = min(tops, key=len, default=None)
    if top is not None and all(top + name in names for name in _OF_MEDIUM):
        return partial(_of_medium, top)
    return None


def importer_beside(path: Path) -> Importer | None:
    """How a file is read that lies in such an export, unpacked; None if it is any other.

    Raises ``OSError`` if what tells can't be read.
    """
    for top in (path.parent, path.parent.parent):
        member = path.relative_to(top).as_posix()
        table = top / _TABLE
        if table.is_file():
            status = table.stat()
            rows = _posts_in(table, status.st_mtime_ns, status.st_size)
            if rows:
                return _of_substack("", rows, member)
        if all((top / name).is_file() for name in _OF_MEDIUM):
            return _of_medium("", member)
    return None


@lru_cache(maxsize=1)
def _posts_in(table: Path, _changed: int, _size: int) -> dict[str, dict[str, str]]:
    return _posts(table.read_bytes())


def _posts(table: bytes) -> dict[str, dict[str, str]]:
    """Id → row of Substack's table; empty if it is another."""
    rows = csv.DictReader(io.StringIO(decode(table) or "", newline=""))
    try:
        if not _OF_SUBSTACK.issubset(rows.fieldnames or ()):
            return {}
        return {row["post_id"]: row for row in rows if row["post_id"]}
    except csv.Error:
        return {}


def _of_substack(top: str, rows: Mapping[str, dict[str, str]], member: str) -> Importer:
    inside = member.removeprefix(f"{top}{_POSTS}").removesuffix(".html")
    is_post = member == f"{top}{_POSTS}{inside}.html"
    return partial(_read_post, rows[inside]) if is_post and inside in rows else _leave_out


def _of_medium(top: str, member: str) -> Importer | None:
    return None if member.startswith(f"{top}{_POSTS}") else _leave_out


def _leave_out(name: str, _stream: BinaryIO) -> Iterator[Found]:
    yield LeftOut(SETTINGS, name)


def _read_post(row: Mapping[str, str], name: str, stream: BinaryIO) -> Iterator[Found]:
    hidden = _hidden(row)
    data = b"" if hidden else read_whole(name, stream)
    if hidden:
        yield LeftOut(hidden, name)
    elif isinstance(data, Problem):
        yield data
    else:
        yield document(
            name,
            {
                "title": row["title"],
                "summary": row.get("subtitle"),
                "date": row["post_date"],
                "content_html": decode(data),
            },
        )


def _hidden(row: Mapping[str, str]) -> str:
    if row["is_published"] != "true":
        return DRAFTS
    if row.get("audience") not in ("everyone", "", None):
        return FOR_SUBSCRIBERS
    return PAGES if row.get("type") == "page" else ""
