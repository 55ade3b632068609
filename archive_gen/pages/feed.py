"""The feeds of the newest articles: Atom and JSON Feed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archive_gen.pages.base import Archive, FeedData, Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive_gen.entry import Entry


def names(archive: Archive) -> Iterable[str]:  # noqa: ARG001 (the contract)
    """One group."""
    return ("",)


def touched(entry: Entry, archive: Archive) -> Iterable[str]:  # noqa: ARG001
    """By every article with a date: it may be among the newest."""
    return ("",) if entry.date else ()


def plan(name: str, archive: Archive) -> Iterator[Page]:  # noqa: ARG001
    """Two files that say the same."""
    newest = archive.catalogue.dated[: -archive.config.feed_size - 1 : -1]
    shown = tuple(replace(entry, digest="", versions=(), pictures=()) for entry in newest)
    yield Page("feed.xml", "feed.xml", FeedData(shown))
    yield Page("feed.json", "feed.json", FeedData(shown))
