"""Pages that show nothing of any article: search, and "not found"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.pages.base import Archive, Page
from archive_gen.pages.values import NotFoundData, SearchData

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive_gen.catalogue.entry import Entry


def names(archive: Archive) -> Iterable[str]:  # noqa: ARG001 (the contract)
    """One group."""
    return ("",)


def touched(entry: Entry, archive: Archive) -> Iterable[str]:  # noqa: ARG001
    """By none."""
    return ()


def plan(name: str, archive: Archive) -> Iterator[Page]:  # noqa: ARG001
    """The search page without a query, and the page for addresses that lead nowhere."""
    yield Page("search/", "search.html", SearchData(query="", results=None, error=""))
    yield Page("404.html", "404.html", NotFoundData())
