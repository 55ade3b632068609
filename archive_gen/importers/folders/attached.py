"""PDFs that lie beside web pages and posts: one to which these lead is no article of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

PDF = "pdf"
_LEADING = frozenset(
    "feed html json_lines mail mailbox markdown mhtml sql_dump sqlite_file warc".split()
)
"""Pages and posts, and what holds them."""


def pdfs_are_articles(kinds: Collection[str]) -> bool:
    """Whether PDFs in a folder with files of these kinds, as ``importers.kind_of`` names them,
    are articles."""
    return _LEADING.isdisjoint(kinds)
