"""Lists for programs: the articles of a list as JSON and as CSV, beside its page.

A file never holds more than a long list's worth. A list that is longer is told in parts, as its
page is: its file names those of its years, months or days. So an edit makes little of them new.
Where the setting ``list_files`` is off there is none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive_gen.pages.base import Page
from archive_gen.pages.values import DataData

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archive_gen.catalogue.entry import Entry
    from archive_gen.pages.base import Archive
    from archive_gen.pages.values import Part

WHOLE = 2_000
"""Of a longer list the data are in the files of its parts."""
_NAME = "articles"
_ENDINGS = ("json", "csv")
_COLUMNS = (
    "date", "title", "source", "authors", "place", "language", "tags", "url", "original_url",
    "rights",
)  # fmt: skip
_OF_COLUMNS = ("sources", "places", *_COLUMNS)
"""Taxonomies whose terms have a column of those, and names that no other can have."""
_PART_COLUMNS = ("part", "articles", "url")


def data_url(url: str) -> str:
    """Where the data of the list at ``url`` is, without the ending."""
    return url + _NAME


def in_parts(entries: Sequence[Entry]) -> bool:
    """Whether a list is too long for one file."""
    return len(entries) > WHOLE


def data_pages(url: str, title: str, entries: Iterable[Entry], archive: Archive) -> Iterator[Page]:
    """The articles of the list at ``url`` as JSON and as CSV, in the order of ``entries``."""
    more = [name for name in archive.config.taxonomies if name not in _OF_COLUMNS]
    rows = (_record(entry, more, archive.config.rights) for entry in entries)
    yield from table(data_url(url), title, url, (*_COLUMNS, *more), rows, archive)


def data_of_parts(url: str, title: str, parts: Iterable[Part], archive: Archive) -> Iterator[Page]:
    """The parts of the list at ``url`` as JSON and as CSV, each with where its own data are."""
    if not archive.config.list_files:
        return
    parts = tuple(parts)
    for ending in _ENDINGS:
        rows = tuple((part.name, part.count, f"{data_url(part.url)}.{ending}") for part in parts)
        yield _page(data_url(url), ending, DataData(title, url, _PART_COLUMNS, rows))


def table(
    url: str,
    title: str,
    page: str,
    columns: Sequence[str],
    rows: Iterable[tuple[Any, ...]],
    archive: Archive,
) -> Iterator[Page]:
    """Rows as JSON and as CSV at ``url`` with its endings; a column called url holds urls."""
    if not archive.config.list_files:
        return
    data = DataData(title, page, tuple(columns), tuple(rows))
    for ending in _ENDINGS:
        yield _page(url, ending, data)


def _page(url: str, ending: str, data: DataData) -> Page:
    return Page(f"{url}.{ending}", f"data.{ending}", data)


def _record(entry: Entry, more: Iterable[str], rights: str) -> tuple[Any, ...]:
    """Its row. ``rights``: those in all that state none of their own."""
    terms = entry.terms
    return (
        entry.date.text if entry.date else "",
        entry.title,
        entry.source,
        terms.get("authors", ()),
        entry.place,
        entry.language,
        terms.get("tags", ()),
        entry.url,
        entry.original_url,
        entry.rights or rights,
        *(terms.get(taxonomy, ()) for taxonomy in more),
    )
