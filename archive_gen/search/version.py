"""Which program wrote an index, without loading all of Whoosh to know it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import whoosh

import archive_gen
from archive_gen.search.values import IndexMissingError

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = 23
"""Raised by whoever changes what an index or the page's files hold, how text is analysed,
or where a class is whose objects Whoosh's files hold.

``files.js`` has the same number.
"""
VERSION = f"{FORMAT} archive-gen {archive_gen.__version__} whoosh {whoosh.versionstring()}"
STAMP = "stamp"
"""The file that says who wrote an index."""


def stamp_of(folder: Path) -> str:
    """What tells this index from one that is made anew. Raises ``IndexMissingError``."""
    try:
        version, _, name = (folder / STAMP).read_text("utf-8").partition("\n")
    except (OSError, UnicodeDecodeError):
        raise IndexMissingError("there is no search index") from None
    if version != VERSION:
        raise IndexMissingError("the search index is of another version")
    return name.strip()
