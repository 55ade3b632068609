"""The newest articles of a list as Atom and as JSON Feed, beside its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.pages.base import Page
from archive_gen.pages.values import FeedData, FeedItem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive_gen.catalogue.entry import Entry
    from archive_gen.pages.base import Archive


def feed_url(url: str) -> str:
    """Where the feeds of the list at ``url`` are, without the ending."""
    return f"{url}feed"


def feed_of(
    url: str, entries: Sequence[Entry], archive: Archive, *, term: str = "", period: str = ""
) -> FeedData:
    """What the feeds of the list at ``url`` show.

    ``entries`` are undated first, then oldest first: so undated ones come last, if there is room.
    ``term`` or ``period`` is what the list is of.
    """
    newest = entries[: -archive.config.feed_size - 1 : -1]
    return FeedData(term, period, url, tuple(_item(entry, archive) for entry in newest))


def atom(feed: FeedData) -> Page:
    """A feed as Atom."""
    return Page(f"{feed_url(feed.url)}.xml", "feed.xml", feed)


def json_feed(feed: FeedData) -> Page:
    """The same as JSON Feed."""
    return Page(f"{feed_url(feed.url)}.json", "feed.json", feed)


def _item(entry: Entry, archive: Archive) -> FeedItem:
    return FeedItem(
        url=entry.url,
        title=entry.title,
        summary=entry.summary,
        date=entry.date,
        source=entry.source,
        place=entry.place,
        language=entry.language,
        path=entry.path,
        authors=entry.terms.get("authors", ()),
        tags=entry.terms.get("tags", ()),
        pictures=archive.album.shown_by(entry),
        rights=entry.rights,
    )
