"""Long lists in pages whose addresses stay true: numbered from the oldest article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.pages.base import Listing
from archive_gen.urls import numbered_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive_gen.catalogue import Entry, Row


def listings(url: str, entries: Sequence[Entry], size: int) -> Iterator[tuple[str, Listing]]:
    """The landing page at ``url`` and, for more than ``size`` entries, the numbered pages.

    ``entries`` are oldest first. Numbered page *n* holds entries (n-1)·size to n·size: full, it
    changes no more but for its link to the next, so a citation of it stays true.
    """
    count = -(-len(entries) // size) if len(entries) > size else 0
    numbered = tuple(numbered_url(url, number) for number in range(1, count + 1))
    before_landing = numbered[(len(entries) - size - 1) // size] if numbered else ""
    newest = _rows(entries[-size:])
    yield url, Listing(newest, 0, url, older=before_landing, newer="", pages=numbered)
    for index, page_url in enumerate(numbered):
        yield (
            page_url,
            Listing(
                entries=_rows(entries[index * size : (index + 1) * size]),
                number=index + 1,
                url=url,
                older=numbered[index - 1] if index else "",
                newer=numbered[index + 1] if index + 1 < count else url,
                pages=(),
            ),
        )


def _rows(entries: Sequence[Entry]) -> tuple[Row, ...]:
    return tuple(entry.row() for entry in reversed(entries))
