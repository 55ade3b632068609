"""What shows nothing of any article: search, "not found", and what programs read of a site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.pages.base import Archive, Page
from archive_gen.pages.values import NotFoundData, NothingData, SearchData

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive_gen.catalogue.entry import Entry


def names(archive: Archive) -> Iterable[str]:  # noqa: ARG001 (the contract)
    """One group."""
    return ("",)


def touched(entry: Entry, archive: Archive) -> Iterable[str]:  # noqa: ARG001
    """By none: it shows settings only."""
    return ()


def plan(name: str, archive: Archive) -> Iterator[Page]:  # noqa: ARG001
    """The search page without a query, and the page for addresses that lead nowhere.

    For programs: rules for crawlers, a web manifest; and, where the public address is known, how
    to search.
    """
    yield Page("search/", "search.html", SearchData(query="", results=None, error=""))
    yield Page("404.html", "404.html", NotFoundData())
    yield Page("robots.txt", "robots.txt", NothingData())
    yield Page("manifest.json", "manifest.json", NothingData())
    if archive.config.base_url:
        yield Page("opensearch.xml", "opensearch.xml", NothingData())
