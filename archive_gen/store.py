"""The layout of ``content/``: articles by date, originals by checksum.

Nothing here follows a symbolic link, and no path leaves the folder. A file is complete or not
there: it is written beside, flushed to the disk, and renamed.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive_gen.problems import OperationError, Problem
from archive_gen.urls import short_digest, slugify

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from archive_gen.article import Article

CONTENT_FOLDER = "content"
_ORIGINALS = "_originals"
_ENDINGS = {"text/plain": ".txt", "text/html": ".html"}
_ORIGINAL = re.compile(rb"^original:[ \t]*[\"']?(sha256:[0-9a-f]{64})\b", re.MULTILINE)
_HEAD = 1 << 14
"""Front matter longer than this has its ``original`` key looked for in vain."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """An article's file as the folder lists it."""

    path: str
    """Below ``content/``, with slashes."""
    size: int
    mtime_ns: int


def scan(content: Path) -> Iterator[FoundFile]:
    """Every Markdown file below ``content``, sorted by path.

    Names that begin with ``_`` or ``.`` are passed over, links too.
    """
    return _scan(str(content), "")


def _scan(folder: str, prefix: str) -> Iterator[FoundFile]:
    try:
        with os.scandir(folder) as listing:
            found = [
                (entry.name + "/" if entry.is_dir(follow_symlinks=False) else entry.name, entry)
                for entry in listing
                if entry.name[0] not in "_." and not entry.is_symlink()
            ]
    except FileNotFoundError:
        return
    # A folder sorts as its paths do: with the slash.
    for name, entry in sorted(found, key=lambda item: item[0]):
        if name.endswith("/"):
            yield from _scan(entry.path, prefix + name)
        elif name.endswith(".md") and entry.is_file(follow_symlinks=False):
            status = entry.stat(follow_symlinks=False)
            yield FoundFile(prefix + name, status.st_size, status.st_mtime_ns)


def checksum(data: bytes) -> str:
    """What names an original: ``sha256:…``."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def imported(content: Path) -> dict[str, str]:
    """Checksum → path of the article that was made from that original.

    Reads the beginning of each file and parses none. The first path wins.
    """
    found: dict[str, str] = {}
    for file in scan(content):
        with (content / file.path).open("rb") as stream:
            head = stream.read(_HEAD)
        front, _, _ = head.partition(b"\n---")
        match = _ORIGINAL.search(front)
        if match:
            found.setdefault(match[1].decode("ascii"), file.path)
    return found


def save_original(content: Path, data: bytes, media_type: str) -> str:
    """Keep ``data`` under ``_originals/`` unless it is there; its checksum."""
    name = checksum(data)
    digits = name.removeprefix("sha256:")
    ending = _ENDINGS.get(media_type.partition(";")[0], ".bin")
    path = f"{_ORIGINALS}/{digits[:2]}/{digits}{ending}"
    if not (content / path).exists():
        write(content, path, data)
    return name


def article_path(content: Path, article: Article) -> str:
    """Where a new article goes: below its year and month, or ``undated/``.

    A path that is taken gets a suffix that depends on the article alone.
    """
    folder = article.date.period[:7].replace("-", "/") if article.date else "undated"
    slug = article.slug or slugify(article.title)
    path = f"{folder}/{slug}.md"
    if not (content / path).exists():
        return path
    mark = short_digest(article.original or article.title + article.body)
    return f"{folder}/{slug}-{mark}.md"


def write(content: Path, path: str, data: bytes) -> None:
    """Write a file below ``content``, whole or not at all.

    Raises ``OperationError`` if ``path`` would lead outside, through a link or with ``..``.
    """
    target = content / path
    root = os.path.realpath(content)
    target.parent.mkdir(parents=True, exist_ok=True)
    inside = os.path.realpath(target.parent)
    if os.path.commonpath([root, inside]) != root or target.is_symlink():
        hint = "replace the symbolic link by a folder"
        raise OperationError(Problem(f"content/{path}", 0, "would be written elsewhere", hint))
    beside = target.with_name(f".{target.name[:60]}.{os.getpid()}")
    try:
        with beside.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
