"""What a reader is told of an article's import: a few facts of the record beside its original.

A build asks for them where it reads an article, so it takes next to no time: the whole of a record
is for cleaning (``intake.provenance``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from archive_gen.content import store
from archive_gen.dates import parse_date

if TYPE_CHECKING:
    from pathlib import Path


class Import(msgspec.Struct, frozen=True):
    """How an article came into the archive."""

    input: str
    """The file's name and its folder's, and the member of a container."""
    media_type: str
    """Of the original: ``text/plain``, ``text/html``, ``text/markdown``; perhaps a parameter."""
    crawled: str = ""
    """The day on which it was fetched, as EDTF; empty if nobody knows."""
    kept: int = 0
    """Lines of the original that the text is made of."""
    dropped: int = 0
    """Lines that were left behind as furniture or teasers."""


_DECODER = msgspec.json.Decoder(Import)


def read_import(content: Path, original: str) -> Import | None:
    """How the article with that original came; None if there is no record that can be read."""
    if not original:
        return None
    try:
        found = _DECODER.decode((content / store.record_path(original)).read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return found if _is_date(found.crawled) else replace(found, crawled="")


def _is_date(text: str) -> bool:
    try:
        return bool(text and parse_date(text))
    except ValueError:
        return False
