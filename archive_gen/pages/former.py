"""Pages at the addresses that an article's page had: they lead to the one it has.

Its front matter says which these are (``aliases: [/2015/10/flood/]``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.pages.base import Archive, Page
from archive_gen.pages.values import Link, RedirectData

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive_gen.catalogue.entry import Entry


def names(archive: Archive) -> Iterable[str]:
    """A group an address."""
    return archive.catalogue.former_urls


def touched(entry: Entry, archive: Archive) -> Iterable[str]:
    """Its own, and that which it takes from another, or leaves to it."""
    yield from entry.aliases
    if archive.catalogue.order.aliases:
        yield entry.url


def plan(name: str, archive: Archive) -> Iterator[Page]:
    """One page, unless an article has the address now."""
    catalogue = archive.catalogue
    entry = catalogue.by_path.get(catalogue.former_urls.get(name, ""))
    if entry:
        target = Link(entry.title, entry.url)
        yield Page(name, "redirect.html", RedirectData(target, is_article=True))
