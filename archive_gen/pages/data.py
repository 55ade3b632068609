"""Lists for programs: the articles of a list as JSON and as CSV, beside its page.

A file never holds more than a long list's worth: one for each month, and for each year of a tag
that many articles have. So an edit makes little of them new.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive_gen.pages.base import DataData, Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archive_gen.entry import Entry

WHOLE = 2_000
"""A list of more articles has its data in the files of its parts."""
FROM = 5
"""Articles that a term must have for files of its own: else they would be most of all files."""
_NAME = "articles"
_COLUMNS = ("date", "title", "source", "authors", "place", "language", "tags", "url")


def data_url(url: str) -> str:
    """Where the data of the list at ``url`` is, without the ending."""
    return url + _NAME


def data_pages(url: str, title: str, entries: Iterable[Entry]) -> Iterator[Page]:
    """The articles of the list at ``url`` as JSON and as CSV, in the order of ``entries``."""
    yield from table(data_url(url), title, url, _COLUMNS, map(_record, entries))


def table(
    url: str, title: str, page: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]
) -> Iterator[Page]:
    """Rows as JSON and as CSV at ``url`` with its endings; a column called url holds urls."""
    data = DataData(title, page, tuple(columns), tuple(rows))
    yield Page(f"{url}.json", "data.json", data)
    yield Page(f"{url}.csv", "data.csv", data)


def _record(entry: Entry) -> tuple[Any, ...]:
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
    )
