"""The order of an archive: articles by date, by term and by neighbour.

Built from ``Entry`` values alone, so that it can be made without opening an article.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archive_gen.dates import ArchiveDate


@dataclass(frozen=True, slots=True)
class Entry:
    """What the rest of the archive knows of an article: enough for every list, link and feed."""

    path: str
    """Its file, below ``content/``."""
    url: str
    title: str
    summary: str
    """The standfirst, or the beginning of the text."""
    date: ArchiveDate | None
    source: str
    place: str
    language: str
    """BCP 47, never empty."""
    terms: Mapping[str, tuple[str, ...]]
    """Taxonomy → the terms as this article spells them."""
    versions: tuple[str, ...]
    digest: str
    """Of everything the article says: equal digest, equal page."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a taxonomy, with all its spellings."""

    taxonomy: str
    slug: str
    name: str
    """The commonest spelling."""
    count: int
    url: str
