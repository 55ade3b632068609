"""The list of articles whose date nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.pages.base import Archive, Page
from archive_gen.pages.data import data_pages, data_url
from archive_gen.pages.feeds import atom, feed_of, feed_url
from archive_gen.pages.listing import listings
from archive_gen.pages.values import UndatedData

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive_gen.catalogue.entry import Entry

ADDRESS = "undated/"


def names(archive: Archive) -> Iterable[str]:  # noqa: ARG001 (the contract)
    """One group; its page exists even when it is empty, since others link to it."""
    return ("",)


def touched(entry: Entry, archive: Archive) -> Iterable[str]:  # noqa: ARG001
    """Only by articles without a date."""
    return () if entry.date else ("",)


def plan(name: str, archive: Archive) -> Iterator[Page]:  # noqa: ARG001
    """The list in alphabetical order."""
    entries = archive.catalogue.undated[::-1]
    for url, listing in listings(ADDRESS, entries, archive.config.page_size):
        count = 0 if listing.number else len(entries)
        data = UndatedData(count, listing, data_url(ADDRESS), f"{feed_url(ADDRESS)}.xml")
        yield Page(url, "undated.html", data)
    if archive.config.list_files:
        yield atom(feed_of(ADDRESS, entries, archive))
    yield from data_pages(ADDRESS, "", entries, archive)
