"""The search of an archive: its index, opened when it is first asked, in its latest state.

Whoosh is not loaded for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from archive_gen.search.derived import repair
from archive_gen.search.flat.file import DamagedError
from archive_gen.search.open_index import OpenIndex
from archive_gen.search.query import parse_query
from archive_gen.search.snapshot import open_joined
from archive_gen.search.values import IndexMissingError, QueryError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from archive_gen.search.flat.joined import JoinedSegment
    from archive_gen.search.flat.segment import Segment
    from archive_gen.search.snapshot import Snapshot
    from archive_gen.search.values import Results, SortOrder

T = TypeVar("T")

_MAX_HITS = 100_000


class Searcher:
    """Searches the index in a folder, always in its latest state.

    A query sees one state from beginning to end.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opened: tuple[Snapshot[Segment | JoinedSegment], OpenIndex] | None = None

    def search(
        self, query: str, *, limit: int = 10, page: int = 1, sort: SortOrder = "relevance"
    ) -> Results:
        """Answer a query; raises ``QueryError`` and ``IndexMissingError``."""
        if limit < 0 or page < 1 or limit * page > _MAX_HITS:
            raise QueryError("Pages count from 1 and end after {value} hits.", str(_MAX_HITS))
        node = parse_query(query)
        return self._asked(lambda index: index.answer(query, node, limit, page, sort))

    def similar(self, path: str, *, limit: int = 10) -> Results | None:
        """The articles most like the one in ``content/`` at ``path``; None if there is none.

        Raises ``IndexMissingError``.
        """
        return self._asked(lambda index: index.similar(path, limit))

    def _asked(self, question: Callable[[OpenIndex], T]) -> T:
        try:
            return question(self._latest())
        except DamagedError as error:
            self.close()
            repair(self._folder, error)
        try:
            return question(self._latest())
        except DamagedError as again:
            raise IndexMissingError(f"the search index is broken ({again})") from None

    @property
    def build(self) -> str:
        """Names the state that answered last: answers of one name are parts of one answer."""
        return self._opened[0].build if self._opened else ""

    def close(self) -> None:
        """Release the files; the next search opens them again."""
        if self._opened:
            self._opened[0].close()
        self._opened = None

    def _latest(self) -> OpenIndex:
        if self._opened is None or not self._opened[0].is_latest(self._folder):
            self.close()
            snapshot = open_joined(self._folder)
            self._opened = snapshot, OpenIndex(snapshot.segments)
        return self._opened[1]
