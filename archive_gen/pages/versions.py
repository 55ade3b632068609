"""The versions of one story side by side, below the address of the oldest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.catalogue.entry import Entry, oldest_first
from archive_gen.pages.base import Archive, Page
from archive_gen.pages.values import VersionsData

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive_gen.catalogue.catalogue import Catalogue


def versions_url(entry: Entry, versions: Iterable[Entry]) -> str:
    """Where the versions of ``entry``'s story are compared."""
    return f"{oldest_first([entry, *versions])[0].url}versions/"


def names(archive: Archive) -> Iterable[str]:
    """A group an article that names or is named: its story's page, if it is the oldest of it."""
    return archive.catalogue.in_versions()


def touched(entry: Entry, archive: Archive) -> Iterable[str]:
    """It and all versions of it: each of them could be, or have been, the oldest."""
    yield entry.path
    yield from (version.path for version in archive.catalogue.versions(entry))


def plan(name: str, archive: Archive) -> Iterator[Page]:
    """One page, if ``name`` is the oldest of several versions."""
    entry = archive.catalogue.by_path.get(name)
    versions = _story(entry, archive.catalogue) if entry else []
    if len(versions) > 1 and versions[0] is entry:
        data = VersionsData(tuple(versions))
        yield Page(versions_url(entry, versions[1:]), "versions.html", data, compared=data.entries)


def _story(entry: Entry, catalogue: Catalogue) -> list[Entry]:
    return oldest_first([entry, *catalogue.versions(entry)])
