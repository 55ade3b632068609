"""Which pages exist: a table of kinds. A new kind of page is a module here and a line below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from archive_gen.pages import (
    aliases,
    article,
    fixed,
    former,
    home,
    own,
    periods,
    pictures,
    sitemap,
    term_indexes,
    term_months,
    term_years,
    terms,
    undated,
    versions,
    whole,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from archive_gen.catalogue.changes import EntryChange
    from archive_gen.pages.base import Archive, Page, PageKind

OWN = "own"
"""The kind of pages that are no articles."""
KINDS: Mapping[str, PageKind] = {
    "article": article,
    "period": periods,
    "undated": undated,
    "term": terms,
    "term-year": term_years,
    "term-month": term_months,
    "term-index": term_indexes,
    "home": home,
    "whole": whole,
    "sitemap": sitemap,
    "fixed": fixed,
    OWN: own,
    "alias": aliases,
    "former": former,
    "versions": versions,
    "picture": pictures,
}

Group = tuple[str, str]
"""A kind and a name: the pages that are planned together."""


def all_groups(archive: Archive) -> Iterator[Group]:
    """Every group of pages of an archive."""
    for kind in KINDS:
        yield from groups_of(kind, archive)


def groups_of(kind: str, archive: Archive) -> Iterator[Group]:
    """Those of one kind."""
    for name in KINDS[kind].names(archive):
        yield kind, name


def touched_groups(changes: Collection[EntryChange], archive: Archive) -> set[Group]:
    """The groups that may look different because of what became of articles."""
    archive = replace(archive, changed=len(changes))
    touched: set[Group] = set()
    for change in changes:
        # Feeds show pictures, and a picture's file may have changed along with the text.
        if change.is_text_only and not (change.new and change.new.pictures):
            touched.add(("article", change.path))
            if change.new:
                touched.update(("versions", name) for name in versions.touched(change.new, archive))
            continue
        for entry in filter(None, (change.old, change.new)):
            for kind, pages in KINDS.items():
                touched.update((kind, name) for name in pages.touched(entry, archive))
    return touched


def plan(group: Group, archive: Archive) -> Iterator[Page]:
    """The pages of a group."""
    kind, name = group
    for page in KINDS[kind].plan(name, archive):
        yield replace(page, navigation=archive.navigation, own_pages=archive.own_links)
