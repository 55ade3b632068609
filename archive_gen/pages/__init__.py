"""Which pages exist: a table of kinds. A new kind of page is a module here and a line below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.pages import (
    article,
    feed,
    fixed,
    home,
    periods,
    sitemap,
    term_indexes,
    terms,
    undated,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from archive_gen.catalogue import Entry
    from archive_gen.pages.base import Archive, Page, PageKind

KINDS: Mapping[str, PageKind] = {
    "article": article,
    "period": periods,
    "undated": undated,
    "term": terms,
    "term-index": term_indexes,
    "home": home,
    "feed": feed,
    "sitemap": sitemap,
    "fixed": fixed,
}

Group = tuple[str, str]
"""A kind and a name: the pages that are planned together."""


def all_groups(archive: Archive) -> Iterator[Group]:
    """Every group of pages of an archive."""
    for kind, pages in KINDS.items():
        for name in pages.names(archive):
            yield kind, name


def touched_groups(entries: Iterable[Entry], archive: Archive) -> set[Group]:
    """The groups that may look different because of ``entries``, old and new."""
    return {
        (kind, name)
        for entry in entries
        for kind, pages in KINDS.items()
        for name in pages.touched(entry, archive)
    }


def plan(group: Group, archive: Archive) -> Iterator[Page]:
    """The pages of a group."""
    kind, name = group
    return KINDS[kind].plan(name, archive)
