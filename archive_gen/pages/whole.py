"""All articles for programs: their feeds, and the articles as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.pages.base import Archive, Page
from archive_gen.pages.data import data_of_parts, data_pages, in_parts
from archive_gen.pages.feeds import atom, feed_of, json_feed
from archive_gen.pages.periods import period_of
from archive_gen.pages.undated import ADDRESS as UNDATED
from archive_gen.pages.values import Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive_gen.catalogue.catalogue import Catalogue
    from archive_gen.catalogue.entry import Entry

_ADDRESS = ""


def names(archive: Archive) -> Iterable[str]:  # noqa: ARG001 (the contract)
    """One group."""
    return ("",)


def touched(entry: Entry, archive: Archive) -> Iterable[str]:  # noqa: ARG001
    """By every article."""
    return ("",)


def plan(name: str, archive: Archive) -> Iterator[Page]:  # noqa: ARG001
    """Two feeds that say the same; and all articles, or of a long archive its years."""
    catalogue = archive.catalogue
    everything = catalogue.everything
    feed = feed_of(_ADDRESS, everything, archive)
    yield atom(feed)
    yield json_feed(feed)
    if in_parts(everything):
        yield from data_of_parts(_ADDRESS, "", _parts(catalogue), archive)
    else:
        yield from data_pages(_ADDRESS, "", everything, archive)


def _parts(catalogue: Catalogue) -> Iterator[Part]:
    if catalogue.undated:
        yield Part("", UNDATED, len(catalogue.undated))
    for year in catalogue.timeline.years():
        period = period_of(year, catalogue)
        yield Part(period.period, period.url, period.count)
