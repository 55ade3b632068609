"""The files of the page's index as a build made them, read again for an update."""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from archive_gen.search.page.best import Best, best_name
from archive_gen.search.page.files import MANIFEST, entries_in, value_in
from archive_gen.search.page.manifest import Manifest
from archive_gen.search.page.pairs import COUNTS, Columns, root_of
from archive_gen.search.page.shards import shard_name
from archive_gen.search.page.vocabulary import page_order
from archive_gen.search.page.words import Marks, read_words, words_name

if TYPE_CHECKING:
    from archive_gen.search.page.vocabulary import Root

Read = Callable[[str], "bytes | None"]
"""Name below ``search/`` → the bytes that the last build wrote, None if they are not there."""


class UnknownError(Exception):
    """A file is not as the last build wrote it."""


class Made:
    """The files as the last build wrote them. Raises ``UnknownError`` for one that is not."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self.best = functools.cache(self._best)
        self.entries = functools.cache(self._entries)

    @functools.cached_property
    def manifest(self) -> Manifest:
        """What the page knows of all documents."""
        return Manifest.read(value_in(self._file(MANIFEST)))

    def _entries(self, group: str, first: str) -> dict[str, Any]:
        """The keys of a shard with what the page knows of each."""
        return entries_in(self._file(f"{group}/{shard_name(first)}"))

    def entry(self, firsts: list[str], key: str) -> str:
        """What the page knows of a key of terms; empty if it is none. ``firsts``: of all shards."""
        place = bisect_right(firsts, page_order(key), key=page_order) - 1
        return self.entries("terms", firsts[place]).get(key, "") if place >= 0 else ""

    def places(self, first: str) -> Any:
        """The places of the words of a shard."""
        return value_in(self._file(f"places/{shard_name(first)}"))

    def _best(self, root: Root) -> Best | None:
        """The best of a family; None if there is no such file."""
        data = self._read(f"{best_name(root)}.js")
        return Best(*value_in(data)) if data else None

    def columns(self, name: str) -> Columns:
        """What other families weigh in the best documents of one; none if there is no such file."""
        data = self._read(f"{name}.js")
        return entries_in(data) if data else {}

    @functools.cached_property
    def counts(self) -> dict[Root, int]:
        """How many documents the families have whose best are known."""
        counts = entries_in(self._file(COUNTS))
        return {root_of(key): count for key, count in counts.items()}

    def words(self, length: int) -> Marks:
        """The words of a length."""
        if length not in self.manifest.lengths:
            return {}
        return read_words(length, value_in(self._file(words_name(length))))

    def _file(self, name: str) -> bytes:
        data = self._read(f"{name}.js")
        if data is None:
            raise UnknownError
        return data
