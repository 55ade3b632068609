"""The index of each taxonomy: all its terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.pages.base import Archive, Page, TermIndexData

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive_gen.catalogue import Entry


def names(archive: Archive) -> Iterable[str]:
    """A group a taxonomy."""
    return archive.config.taxonomies


def touched(entry: Entry, archive: Archive) -> Iterable[str]:  # noqa: ARG001 (the contract)
    """The taxonomies in which it has a term: they count it."""
    return (taxonomy for taxonomy, names in entry.terms.items() if names)


def plan(name: str, archive: Archive) -> Iterator[Page]:
    """One page; it exists even when it is empty, since every page links to it."""
    title = archive.config.taxonomies[name].title
    data = TermIndexData(name, title, tuple(archive.catalogue.terms(name)))
    yield Page(f"{name}/", "terms.html", data)
