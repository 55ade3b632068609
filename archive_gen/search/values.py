"""What an index is given and what a search answers: documents, hits, and why there are none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from archive_gen.search.narrowing import narrowed, widened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archive_gen.dates import ArchiveDate

SortOrder = Literal["relevance", "newest", "oldest"]


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """What the index holds of an article. All text is plain: no markup."""

    path: str
    """Its file below ``content/``: the document's identity."""
    url: str
    title: str
    summary: str
    text: str
    date: str
    """EDTF, empty if unknown."""
    source: str
    authors: tuple[str, ...]
    place: str
    tags: tuple[str, ...]
    language: str
    digest: str
    """Equal for documents that say the same."""
    unshown_keywords: tuple[tuple[str, str], ...] = ()
    """The field and the value of what is found, too, and shown with no hit: stories, and names as
    the file has them, where the archive shows others."""
    terms: tuple[tuple[str, str], ...] = ()
    """The taxonomy and the name of what else it belongs to, as its page names it."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One article that matches."""

    title: str
    date: ArchiveDate | None
    source: str
    tags: tuple[str, ...]
    url: str
    path: str
    snippet: tuple[tuple[str, bool], ...]
    """Pieces of text in order; True marks one that matches the query."""
    score: float
    language: str
    heading: tuple[tuple[str, bool], ...]
    """The title, in pieces like the snippet."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """A query that finds something, offered for one that does not."""

    query: str
    total: int
    """How many articles it finds."""


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a query."""

    query: str
    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Mapping[str, int]]
    """``years``, ``tags``, ``sources``, ``places`` → value → count over all matches, most first."""
    suggestion: str | None
    """A better spelling of the query, when there are few matches and there is one."""
    page: int = 1
    limit: int = 10
    searched: str | None = None
    """The query that this answers, if it is not the one asked: that has no match."""
    least: int = 0
    """So many words of the query are in each hit, if no article has all; else 0."""
    missing: tuple[str, ...] = ()
    """Parts of the query that no article has, as typed, when nothing matches all of it."""
    alternatives: tuple[Alternative, ...] = ()
    """Other queries, when nothing matches the one asked: at least one if there are no hits."""

    def narrowed(self, field: str, value: str) -> str:
        """The query with one more condition, such as a value of a facet."""
        return narrowed(self.query, field, value)

    def widened(self, field: str, value: str) -> str | None:
        """The query without this condition; None if it does not end with it."""
        return widened(self.query, field, value)


class QueryError(ValueError):
    """The query can't be understood; the message is a sentence for a person."""

    def __init__(self, text: str, value: str = "") -> None:
        """``text``: the sentence, as it can be translated; ``value`` stands for its ``{value}``."""
        super().__init__(text.replace("{value}", value))
        self.text = text
        self.value = value


class IndexMissingError(Exception):
    """There is no index here, or none that this program can read: building makes a new one."""


class IndexBrokenError(IndexMissingError):
    """There was one, and its files are not what was written."""
