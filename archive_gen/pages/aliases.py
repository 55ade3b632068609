"""Pages at the addresses of a tag's other names: they lead to the tag.

``site.yaml`` says which names mean the same (``tags: {Syria: [Syrian, Damascus]}``).
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

_TAXONOMY = "tags"


def names(archive: Archive) -> Iterable[str]:
    """A group an address."""
    return archive.other_names


def touched(entry: Entry, archive: Archive) -> Iterable[str]:
    """The addresses that lead to its tags, and those that one of its tags takes."""
    keys = set(map(term_key, entry.terms.get(_TAXONOMY, ())))
    taken = set(map(slugify, keys))
    for slug, tag in archive.other_names.items():
        if slug in taken or term_key(tag) in keys:
            yield slug


def plan(name: str, archive: Archive) -> Iterator[Page]:
    """One page, if the tag has articles and no tag is called as its other name is."""
    tag = archive.other_names.get(name)
    term = archive.catalogue.term(_TAXONOMY, tag) if tag else None
    taken = archive.catalogue.term_slugs.get(_TAXONOMY, {}).values()
    if term and name not in taken:
        yield Page(
            term_url(_TAXONOMY, name), "redirect.html", RedirectData(Link(term.name, term.url))
        )
