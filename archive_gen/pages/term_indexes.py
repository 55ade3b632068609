"""The index of each taxonomy: all its terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.alphabets import alphabet
from archive_gen.pages.base import Archive, Page
from archive_gen.pages.data import table
from archive_gen.pages.values import TermIndexData

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive_gen.catalogue.entry import Entry


def names(archive: Archive) -> Iterable[str]:
    """A group a taxonomy."""
    return archive.config.taxonomies


def touched(entry: Entry, archive: Archive) -> Iterable[str]:  # noqa: ARG001 (the contract)
    """The taxonomies in which it has a term: they count it."""
    return (taxonomy for taxonomy, names in entry.terms.items() if names)


def plan(name: str, archive: Archive) -> Iterator[Page]:
    """One page; none of a taxonomy without terms, or that the settings have no more."""
    if name not in dict(archive.navigation):
        return
    title = archive.config.taxonomies[name].title
    url = f"{name}/"
    key = alphabet(archive.config.language).key
    terms = tuple(
        sorted(archive.catalogue.terms.of(name), key=lambda term: (key(term.name), term.slug))
    )
    yield Page(url, "terms.html", TermIndexData(name, title, terms, f"{url}terms"))
    rows = ((term.name, term.count, term.url) for term in terms)
    yield from table(f"{url}terms", title, url, ("name", "articles", "url"), rows, archive)
