"""The sitemap for search engines: only where the archive's public address is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.pages.base import Archive, Page, SitemapData
from archive_gen.pages.versions import plan as plan_versions
from archive_gen.urls import period_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive_gen.catalogue import Entry


def names(archive: Archive) -> Iterable[str]:  # noqa: ARG001 (the contract)
    """One group."""
    return ("",)


def touched(entry: Entry, archive: Archive) -> Iterable[str]:  # noqa: ARG001
    """By every article."""
    return ("",)


def plan(name: str, archive: Archive) -> Iterator[Page]:  # noqa: ARG001
    """One file, or none without ``base_url``: the format knows only absolute addresses."""
    if archive.config.base_url:
        yield Page("sitemap.xml", "sitemap.xml", SitemapData(tuple(_urls(archive))))


def _urls(archive: Archive) -> Iterator[str]:
    catalogue = archive.catalogue
    yield from ("", "dates/", "undated/")
    for taxonomy in archive.config.taxonomies:
        yield f"{taxonomy}/"
        yield from (term.url for term in catalogue.terms(taxonomy))
    yield from map(period_url, sorted(catalogue.all_periods()))
    yield from sorted(
        page.url for name in catalogue.in_versions() for page in plan_versions(name, archive)
    )
    yield from (entry.url for entry in (*catalogue.dated, *catalogue.undated))
