"""The pictures of each article, and the documents that it leads to, beside its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.pages.base import Archive, Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive_gen.catalogue.entry import Entry


def names(archive: Archive) -> Iterable[str]:
    """A group an article that names pictures."""
    return sorted(archive.catalogue.order.pictures)


def touched(entry: Entry, archive: Archive) -> Iterable[str]:  # noqa: ARG001 (the contract)
    """Those of the article."""
    return (entry.path,) if entry.pictures else ()


def plan(name: str, archive: Archive) -> Iterator[Page]:
    """A file for each that there is."""
    entry = archive.catalogue.by_path.get(name)
    if entry:
        for picture in archive.album.beside(entry):
            yield Page(entry.url + picture.name, "", picture)
