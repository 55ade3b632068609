"""The file ``view``: which commit it belongs to, its segments, what is deleted in each.

Whoosh's own table of contents is a pickle that only Whoosh can read. This says the same in a few
lines, with the sizes and checksums of Whoosh's files.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive_gen.search.flat.file import DamagedError, beside_name
from archive_gen.search.flat.joined import joined_name
from archive_gen.search.values import IndexBrokenError, IndexMissingError
from archive_gen.search.version import STAMP, stamp_of

if TYPE_CHECKING:
    from pathlib import Path

VIEW = "view"
_TABLE_OF_CONTENTS = re.compile(r"_MAIN_(\d+)\.toc")


@dataclass(frozen=True, slots=True)
class View:
    """What the file of that name says."""

    state: str
    segments: dict[str, str]
    """Name → deleted documents, as text."""
    files: dict[str, list[int]]
    """Whoosh's files: size and checksum."""
    chains: list[list[str]]
    """The names of segments that are joined, each chain in the order of time."""

    @property
    def build(self) -> str:
        """Another one for another state of the index, also of one that was begun anew."""
        return hashlib.blake2b(_text(self).encode(), digest_size=8).hexdigest()


def state_of(folder: Path) -> str:
    """Names the latest commit.

    Raises ``IndexMissingError``, which is an ``IndexBrokenError`` where an index has lost its stamp
    or its table of contents.
    """
    names = names_in(folder)
    numbers = [int(found[1]) for name in names if (found := _TABLE_OF_CONTENTS.fullmatch(name))]
    if VIEW in names and not (STAMP in names and numbers):
        raise IndexBrokenError("the search index is broken (a file of it is missing)")
    stamp = stamp_of(folder)
    if not numbers:
        raise IndexMissingError("there is no search index")
    return f"{stamp} {max(numbers)}"


def write_view(folder: Path, view: View) -> None:
    """Put ``view`` in place of the one before."""
    text = _text(view)
    beside = beside_name(folder / VIEW)
    try:
        beside.write_text(f"{zlib.crc32(text.encode()):08x} {text}", "utf-8")
        beside.replace(folder / VIEW)
    finally:
        beside.unlink(missing_ok=True)


def _text(view: View) -> str:
    return json.dumps([view.state, view.segments, view.files, view.chains])


def known_view(folder: Path) -> View | None:
    """What the file says; None if it is missing or damaged."""
    try:
        checksum, _, text = (folder / VIEW).read_bytes().partition(b" ")
    except OSError:
        return None
    if checksum != b"%08x" % zlib.crc32(text):
        return None
    return View(*json.loads(text))


def read_view(folder: Path, state: str) -> View:
    """The view of ``state``. Raises ``DamagedError`` where there is none."""
    view = known_view(folder)
    if view is None or view.state != state:
        raise DamagedError(VIEW)
    return view


def joined_files(folder: Path, view: View) -> list[Path]:
    """The files in which segments are to be joined."""
    return [folder / joined_name(names) for names in view.chains]


def names_in(folder: Path) -> list[str]:
    """The names of all files; none if there is no folder."""
    try:
        with os.scandir(folder) as entries:  # a search looks each time: no paths of 100 names
            return [entry.name for entry in entries]
    except OSError:
        return []
