"""What the archive knows of an article without opening it, and what it shows of a term."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping

from msgspec import Struct

from archive_gen.dates import ArchiveDate
from archive_gen.urls import article_url, short_digest, slugify


class Row(Struct, frozen=True, array_like=True):
    """What a list shows of an article.

    Encoded without the names of its fields, which are as long as what they hold: the state keeps
    each article so, and each page's fingerprint is of many rows.
    """

    url: str
    """Its address; the catalogue settles it when two articles claim the same."""
    title: str
    summary: str
    """The standfirst, or the beginning of the text."""
    date: ArchiveDate | None
    source: str
    place: str
    language: str
    """BCP 47, never empty."""


class Entry(Row, frozen=True, array_like=True):
    """All that the rest of the archive knows of an article."""

    path: str
    """Its file, below ``content/``."""
    terms: Mapping[str, tuple[str, ...]]
    """Taxonomy → the terms as this article spells them."""
    versions: tuple[str, ...]
    digest: str
    """Of everything the article says: equal digest, equal page."""
    pictures: tuple[str, ...] = ()
    """Pictures and documents beside the article's file, as it names them; see
    ``pictures.path_meant``."""
    found_at: str = ""
    """Where readers found it, as ``urls.address_key`` writes it."""
    links: tuple[str, ...] = ()
    """Where its text leads on the web, written so, too."""
    aliases: tuple[str, ...] = ()
    """Addresses that its page had."""
    original_url: str = ""
    """``found_at`` as its file has it."""
    rights: str = ""
    """Those that its own file states."""

    def row(self) -> Row:
        """The part that lists show: the rest may change without touching them."""
        return Row(
            self.url,
            self.title,
            self.summary,
            self.date,
            self.source,
            self.place,
            self.language,
        )

    def mention(self) -> Row:
        """A row for a list that shows no summaries."""
        return Row(self.url, self.title, "", self.date, self.source, self.place, self.language)

    @property
    def search_digest(self) -> str:
        """Of everything that the search index holds of it.

        Address, language and terms may be others while the article says the same: when a second one
        claims the address, and when the site's language, a taxonomy or a story is set.
        """
        terms = " ".join(itertools.chain.from_iterable((n, *t) for n, t in self.terms.items()))
        return f"{self.digest}{short_digest(f'{self.url} {self.language} {terms}')}"


class Term(Struct, frozen=True):
    """One term of a taxonomy, with all its spellings."""

    taxonomy: str
    slug: str
    name: str
    """The commonest spelling."""
    count: int
    url: str


def oldest_first(entries: Iterable[Entry]) -> list[Entry]:
    """By date; those without one last."""
    return sorted(
        entries, key=lambda e: (e.date is None, e.date.sort_key if e.date else (), e.path)
    )


def claimed_url(slug: str, path: str, date: ArchiveDate | None) -> str:
    """The address that an article's own file asks for: its ``slug`` or its file's name."""
    stem = path.rpartition("/")[2].removesuffix(".md")
    return article_url(slugify(slug or stem), date)
