"""Pages at the addresses of a term's other names: they lead to the term.

``site.yaml`` says which names mean the same (``names: {places: {Mumbai: [Bombay]}}``, and for tags
``tags: {Syria: [Syrian, Damascus]}``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.catalogue.order import term_key
from archive_gen.pages.base import Archive, Page
from archive_gen.pages.values import Link, RedirectData
from archive_gen.urls import slugify, term_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive_gen.catalogue.entry import Entry


def names(archive: Archive) -> Iterable[str]:
    """A group an address."""
    return archive.other_names


def touched(entry: Entry, archive: Archive) -> Iterable[str]:
    """The addresses that lead to its terms, and those that one of its terms takes."""
    of = {taxonomy: set(map(term_key, terms)) for taxonomy, terms in entry.terms.items() if terms}
    taken = {term_url(taxonomy, slugify(key)) for taxonomy, keys in of.items() for key in keys}
    for url, (taxonomy, term) in archive.other_names.items():
        if url in taken or term_key(term) in of.get(taxonomy, ()):
            yield url


def plan(name: str, archive: Archive) -> Iterator[Page]:
    """One page, if the term has articles and no term is called as its other name is."""
    taxonomy, other = archive.other_names.get(name, ("", ""))
    term = archive.catalogue.terms.named(taxonomy, other)
    taken = archive.catalogue.terms.slugs.get(taxonomy, {}).values()
    if term and name.split("/")[1] not in taken:
        yield Page(name, "redirect.html", RedirectData(Link(term.name, term.url)))
